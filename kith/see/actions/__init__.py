"""Writes of see."""

from kith.see.actions.errands import (
    drop,
    finish,
    judge_errands,
    propose_errands,
    propose_every_errand,
    take,
)
from kith.see.actions.picturing import (
    look,
    outdate,
    refresh,
    refresh_all,
)
from kith.see.actions.reporting import (
    due,
    make_report,
    report,
)

__all__ = [
    "drop", "due", "finish", "judge_errands", "look", "make_report", "outdate", "propose_errands",
    "propose_every_errand", "refresh", "refresh_all", "report", "take",
]  # fmt: skip
