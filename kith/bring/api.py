"""The door of bring."""

from kith.bring.actions import preview, run, undo
from kith.bring.data import (
    NOTES,
    REASONS,
    BadLine,
    NoSuchImport,
    Note,
    Options,
    Past,
    Report,
    StaffOnly,
    Undone,
    UndoneAlready,
)
from kith.bring.formats import READERS
from kith.bring.queries import community_of, imports, one_import, report_facts

FORMATS = tuple(READERS)

__all__ = [
    "FORMATS", "NOTES", "REASONS", "BadLine", "NoSuchImport", "Note", "Options", "Past", "Report", "StaffOnly", "Undone",
    "UndoneAlready", "community_of", "imports", "one_import", "preview", "report_facts", "run", "undo",
]  # fmt: skip
