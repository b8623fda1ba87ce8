"""Reads of imports."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from kith.bring import formats
from kith.bring.data import BadLine, Columns, FileGone, JobValue, NoSuchImport, NoSuchJob, Note, Options, Past, Report
from kith.bring.models import Batch, Job
from kith.people.api import Community

SHOWN = 100
NAME_BYTES = 255


def report_facts(report: Report) -> dict[str, Any]:
    """Return a report as JSON can hold it."""
    facts = asdict(report)
    for key in ("first_at", "last_at"):
        facts[key] = facts[key].isoformat() if facts[key] else None
    for row in facts["rows"]:
        row["joined_at"] = row["joined_at"].isoformat() if row["joined_at"] else None
    return facts


def report_of(facts: dict[str, Any]) -> Report:
    """Return the report that `report_facts` took apart."""
    times = {k: datetime.fromisoformat(facts[k]) if facts[k] else None for k in ("first_at", "last_at")}
    bad = tuple(BadLine(**line) for line in facts["bad"])
    notes = tuple(Note(**note) for note in facts["notes"])
    return Report(**(facts | times | {"bad": bad, "notes": notes, "rows": ()}))


def _past(batch: Batch) -> Past:
    by = batch.by.name if batch.by else ""
    report = report_of(batch.report)
    return Past(batch.pk, batch.format, batch.origin, batch.file_name, by, batch.started_at, batch.undone_at, report)


def imports(community: Community) -> list[Past]:
    """Return the newest 100 imports of a community, newest first."""
    rows = Batch.objects.filter(community=community).select_related("by").order_by("-started_at", "-pk")
    return [_past(batch) for batch in rows[:SHOWN]]


def one_import(community: Community, batch_id: int) -> Past:
    """Return one import.

    Raises:
        NoSuchImport: this community has none of the number.

    """
    try:
        return _past(Batch.objects.select_related("by").get(community=community, pk=batch_id))
    except Batch.DoesNotExist:
        raise NoSuchImport from None


def community_of(batch_id: int) -> Community:
    """Return whose import it is, for who runs the server.

    Raises:
        NoSuchImport: there is none of the number.

    """
    try:
        return Batch.objects.select_related("community").get(pk=batch_id).community
    except Batch.DoesNotExist:
        raise NoSuchImport from None


def columns_of(*, format_name: str, path: Path, options: Options) -> Columns | None:
    """Return the columns of a table of people and what each is taken for; of other formats nothing.

    Raises:
        Refusal: what kith.bring.data names, for a file that cannot be read, or columns that are not there.

    """
    return formats.columns_of(format_name, path, options)


def room_of(community: Community) -> Path:
    """Return where a community's uploads wait."""
    return Path(settings.DATA) / "imports" / str(community.pk)


def kept_upload(community: Community, name: str) -> Path:
    """Return an upload of a community by the name it is kept under.

    Raises:
        FileGone: there is none, or none any more.

    """
    found = room_of(community) / Path(name).name
    if not name or len(found.name.encode(errors="replace")) > NAME_BYTES or "\0" in name or not found.is_file():
        raise FileGone
    return found


def upload_name(path: Path) -> str:
    """Return what an upload was called by who sent it."""
    return path.name.partition("-")[2]


def progress_file(path: Path) -> Path:
    """Return where it stands how many entries of an upload were read so far."""
    return path.with_name(f"{path.name}.read")


def options_of(job: Job) -> Options:
    """Return how a job was asked to read its file."""
    return Options(**(job.options | {"channels": frozenset(job.options["channels"])}))


def as_job(row: Job) -> JobValue:
    path = Path(row.path)
    return JobValue(
        row.pk, row.state, row.format, path, options_of(row), row.by.name, row.asked_at, row.ended_at, row.batch_id, row.fault, _read(path)
    )  # fmt: skip


def _read(path: Path) -> int:
    try:
        return int(progress_file(path).read_text() or 0)
    except (OSError, ValueError):  # not begun, done, or being written
        return 0


def job(community: Community, job_id: int) -> JobValue:
    """Return an import a worker makes, or made.

    Raises:
        NoSuchJob: this community has none of the number.

    """
    row = Job.objects.select_related("by").filter(community=community, pk=job_id).first()
    if row is None:
        raise NoSuchJob
    return as_job(row)


def jobs_open(community: Community) -> list[JobValue]:
    """Return the imports that are not done yet, oldest first. One query."""
    rows = Job.objects.select_related("by").filter(community=community, state__in=("waiting", "running"))
    return [as_job(row) for row in rows.order_by("pk")]
