"""Writes of bring."""

from kith.bring.actions.importing import preview, run
from kith.bring.actions.queueing import ask_for_import, work
from kith.bring.actions.undoing import undo

__all__ = ["ask_for_import", "preview", "run", "undo", "work"]
