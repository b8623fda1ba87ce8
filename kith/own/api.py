"""The door of own."""

from kith.own.actions import ask_for_bundle, leave, make_bundle, pack_community, pack_person, sweep_bundles
from kith.own.data import (
    KEPT_DAYS,
    TEXTS,
    BundleValue,
    LastFounderLeaves,
    MoneyOwed,
    NoAccount,
    NoSuchBundle,
    NotReady,
    Obstacles,
    OrdersOpen,
    UnknownChoice,
)
from kith.own.queries import bundle, bundles_of, obstacles
from kith.own.rules import PSEUDONYM

__all__ = [
    "KEPT_DAYS",
    "PSEUDONYM",
    "TEXTS",
    "BundleValue",
    "LastFounderLeaves",
    "MoneyOwed",
    "NoAccount",
    "NoSuchBundle",
    "NotReady",
    "Obstacles",
    "OrdersOpen",
    "UnknownChoice",
    "ask_for_bundle",
    "bundle",
    "bundles_of",
    "leave",
    "make_bundle",
    "obstacles",
    "pack_community",
    "pack_person",
    "sweep_bundles",
]
