"""The door of bring."""

from kith.bring.actions import ask_for_import, preview, run, undo, work
from kith.bring.data import (
    NOTES,
    REASONS,
    BadLine,
    Columns,
    ColumnsUnclear,
    JobValue,
    NoSuchImport,
    NoSuchJob,
    Note,
    Options,
    Past,
    Report,
    Row,
    StaffOnly,
    Undone,
    UndoneAlready,
)
from kith.bring.formats import FORMATS
from kith.bring.queries import columns_of, community_of, imports, job, jobs_open, one_import, report_facts
from kith.bring.rules import CHANNELS_SHOWN

__all__ = [
    "CHANNELS_SHOWN", "FORMATS", "NOTES", "REASONS", "BadLine", "Columns", "ColumnsUnclear", "JobValue", "NoSuchImport", "NoSuchJob", "Note", "Options", "Past", "Report", "Row", "StaffOnly", "Undone",
    "UndoneAlready", "ask_for_import", "columns_of", "community_of", "imports", "job", "jobs_open", "one_import", "preview", "report_facts", "run", "undo", "work",
]  # fmt: skip
