"""Writes of own."""

from kith.own.actions.asking import ask_for_bundle, make_bundle, sweep_bundles
from kith.own.actions.leaving import leave, sweep_sessions
from kith.own.actions.packing import pack_community, pack_person

__all__ = [
    "ask_for_bundle",
    "leave",
    "make_bundle",
    "pack_community",
    "pack_person",
    "sweep_bundles",
    "sweep_sessions",
]
