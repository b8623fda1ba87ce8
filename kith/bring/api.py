"""The door of bring."""

from kith.bring.actions import FILE_GIGABYTES, KEPT_SECONDS, ask_for_import, keep_upload, preview, run, undo, work
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
from kith.bring.queries import (
    columns_of,
    community_of,
    imports,
    job,
    jobs_open,
    kept_upload,
    one_import,
    report_facts,
    upload_name,
)
from kith.bring.rules import CHANNELS_SHOWN

__all__ = [
    "CHANNELS_SHOWN", "FILE_GIGABYTES", "FORMATS", "KEPT_SECONDS", "NOTES", "REASONS", "BadLine", "Columns", "ColumnsUnclear", "JobValue", "NoSuchImport", "NoSuchJob", "Note", "Options", "Past", "Report", "Row", "StaffOnly", "Undone",
    "UndoneAlready", "ask_for_import", "columns_of", "community_of", "imports", "job", "jobs_open", "keep_upload", "kept_upload", "one_import", "preview", "report_facts", "run", "undo", "upload_name", "work",
]  # fmt: skip
