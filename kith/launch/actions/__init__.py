"""Writes of launch."""

from kith.launch.actions.coupons import stop_coupon, write_coupon
from kith.launch.actions.dropping import drop_launches
from kith.launch.actions.finishing import erase_contacts, finish_due, ship
from kith.launch.actions.hearing import ask_provider, hear, poll
from kith.launch.actions.offering import retire_offer, write_offer
from kith.launch.actions.ordering import ask_refund, cancel, expire_due, place
from kith.launch.actions.paying import charge, confirm, prove
from kith.launch.actions.refunding import refund, refund_again
from kith.launch.actions.running import advance, restock, tick, write_campaign
from kith.launch.actions.sandboxing import sandbox_end, sandbox_payment, sandbox_tell

__all__ = [
    "advance",
    "ask_provider",
    "ask_refund",
    "cancel",
    "charge",
    "confirm",
    "drop_launches",
    "erase_contacts",
    "expire_due",
    "finish_due",
    "hear",
    "place",
    "poll",
    "prove",
    "refund",
    "refund_again",
    "restock",
    "retire_offer",
    "sandbox_end",
    "sandbox_payment",
    "sandbox_tell",
    "ship",
    "stop_coupon",
    "tick",
    "write_campaign",
    "write_coupon",
    "write_offer",
]  # fmt: skip
