"""Writes of share."""

from kith.share.actions.dropping import drop_shares
from kith.share.actions.forgetting import forget_payee
from kith.share.actions.paying import (
    approve_payout,
    ask_payout,
    cancel_payout,
    end_in_sandbox,
    poll_payouts,
    propose_payouts,
    prove_payout,
    set_pay_to,
    take_outcome,
)
from kith.share.actions.picturing import show_where
from kith.share.actions.pooling import give_out, make_pool, pour
from kith.share.actions.promising import adjust, expect, freeze, promise, release
from kith.share.actions.ruling import sign_second_tier, write_rule
from kith.share.actions.stating import close_month, close_statements

__all__ = [
    "adjust", "approve_payout", "ask_payout", "cancel_payout", "close_month", "close_statements", "drop_shares", "end_in_sandbox", "expect",
    "forget_payee", "freeze", "give_out", "make_pool", "poll_payouts", "pour", "promise", "propose_payouts", "prove_payout", "release",
    "set_pay_to", "show_where", "sign_second_tier", "take_outcome", "write_rule",
]  # fmt: skip
