"""Writes of bring."""

from kith.bring.actions.importing import preview, run
from kith.bring.actions.undoing import undo

__all__ = ["preview", "run", "undo"]
