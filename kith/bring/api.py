"""The door of bring."""

from kith.bring.actions import preview, run, undo
from kith.bring.data import (
    NOTES,
    REASONS,
    BadLine,
    Columns,
    ColumnsUnclear,
    NoSuchImport,
    Note,
    Options,
    Past,
    Report,
    StaffOnly,
    Undone,
    UndoneAlready,
)
from kith.bring.formats import FORMATS
from kith.bring.queries import columns_of, community_of, imports, one_import, report_facts
from kith.bring.rules import CHANNELS_SHOWN

__all__ = [
    "CHANNELS_SHOWN", "FORMATS", "NOTES", "REASONS", "BadLine", "Columns", "ColumnsUnclear", "NoSuchImport", "Note", "Options", "Past", "Report", "StaffOnly", "Undone",
    "UndoneAlready", "columns_of", "community_of", "imports", "one_import", "preview", "report_facts", "run", "undo",
]  # fmt: skip
