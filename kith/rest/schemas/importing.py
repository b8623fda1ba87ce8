"""Imports: files that wait, reports, how far they are."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext
from ninja import Schema
from pydantic import Field

from kith.bring import api as bring
from kith.rest.schemas.callers import Refused


class ImportFile(Schema):
    """A file that was uploaded."""

    file: str = Field(description="What to call it from now on.")
    format: str
    name: str
    size: int
    until_at: datetime = Field(description="Until when it is kept, unless an import waits for it.")


class SkippedLine(Schema):
    """A line that is not taken."""

    line: int
    reason: str
    why: str = Field(description="The reason in words.")
    detail: str

    @staticmethod
    def resolve_why(bad: bring.BadLine) -> str:
        return gettext(bring.REASONS[bad.reason])


class ImportNote(Schema):
    """Something about the file as a whole."""

    code: str
    sentence: str

    @staticmethod
    def resolve_sentence(note: bring.Note) -> str:
        return gettext(bring.NOTES[note.code]) % note.facts


class ImportRow(Schema):
    """A row of a table of people as it is read."""

    line: int
    known_by: str = Field(description="The identifier; of an address only what stands before the @.")
    name: str
    handle: str = Field(description="The one they have or get.")
    chapter: str
    headline: str
    joined_at: datetime | None
    reason: str = Field(description="Why it is skipped; empty where it is not.")
    detail: str


class ImportReport(Schema):
    """What an import does, or with `dry_run` would do."""

    format: str
    origin: str
    file_name: str
    dry_run: bool
    people_new: int
    people_known: int
    acts_new: int
    acts_known: int
    messages_new: int
    messages_known: int
    kinds: dict[str, int]
    unknown_kinds: dict[str, int] = Field(description="Kinds kept as `other`, by the word the file has.")
    bad_total: int
    bad_reasons: dict[str, int]
    bad: list[SkippedLine] = Field(description="The first hundred.")
    notes: list[ImportNote]
    first_at: datetime | None
    last_at: datetime | None
    described: int = Field(description="People whose chapter, headline or date of joining a list gave.")
    channels: dict[str, int] = Field(description="Messages by channel, also of those not taken.")


class ImportColumns(Schema):
    names: list[str] = Field(description="The columns as they stand in the file.")
    taken: dict[str, str] = Field(description="Which is taken for what; empty for none.")


class ImportPreview(Schema):
    """What an import would do; nothing has changed."""

    report: ImportReport
    rows: list[ImportRow] = Field(description="Of a table of people the first rows, as they are read.")
    columns: ImportColumns | None = Field(description="Of a table of people; else null.")


class ImportJob(Schema):
    """An import that a worker makes."""

    id: int
    state: str = Field(description="`waiting`, `running`, `done` or `failed`.")
    format: str
    name: str
    by: str
    asked_at: datetime
    ended_at: datetime | None
    read: int = Field(description="Entries read so far; a file is read two to four times.")
    import_id: int | None = Field(description="The import, once it is done.")
    file: str | None = Field(description="The file, as long as it is kept; one that failed can be tried again.")
    fault: Refused | None = Field(description="Why it failed; nothing has changed then.")

    @staticmethod
    def resolve_name(job: bring.JobValue) -> str:
        return bring.upload_name(job.path)

    @staticmethod
    def resolve_import_id(job: bring.JobValue) -> int | None:
        return job.batch_id

    @staticmethod
    def resolve_file(job: bring.JobValue) -> str | None:
        return job.path.name if job.path.is_file() else None

    @staticmethod
    def resolve_fault(job: bring.JobValue) -> Mapping[str, object] | None:
        if job.fault is None:
            return None
        sentence, facts = gettext(job.fault["sentence"]), job.fault["facts"]
        return {"error": job.fault["code"], "sentence": sentence % facts if facts else sentence, "facts": facts}


class Import(Schema):
    """An import that was made."""

    id: int
    format: str
    origin: str
    file_name: str
    by: str = Field(description="Empty: who runs the server.")
    started_at: datetime
    undone_at: datetime | None


class ImportWithReport(Import):
    report: ImportReport


class Imports(Schema):
    imports: list[Import] = Field(description="The newest hundred, newest first.")
    under_way: list[ImportJob] = Field(description="Those a worker has still to make, oldest first.")


class ImportUndone(Schema):
    """What was taken back."""

    acts: int = Field(description="Withdrawn by new lines.")
    messages: int
    people: int
