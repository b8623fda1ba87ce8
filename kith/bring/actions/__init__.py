"""Writes of bring."""

from kith.bring.actions.importing import preview, run
from kith.bring.actions.keeping import FILE_GIGABYTES, KEPT_SECONDS, keep_upload
from kith.bring.actions.queueing import ask_for_import, work
from kith.bring.actions.undoing import undo

__all__ = ["FILE_GIGABYTES", "KEPT_SECONDS", "ask_for_import", "keep_upload", "preview", "run", "undo", "work"]
