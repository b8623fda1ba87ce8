"""Writes of see."""

from kith.see.actions.errands import drop, finish, judge_errands, propose_errands, propose_every_errand, take
from kith.see.actions.picturing import look, outdate, refresh, refresh_all

__all__ = [
    "drop",
    "finish",
    "judge_errands",
    "look",
    "outdate",
    "propose_errands",
    "propose_every_errand",
    "refresh",
    "refresh_all",
    "take",
]
