"""Importing outside a request: an upload is handed to a worker, which tells how far it is beside the file."""

import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from procrastinate.contrib.django import app

from kith.bring.actions.importing import Watch, check_staff, run
from kith.bring.data import ImportBroke, JobValue, Options
from kith.bring.models import Job
from kith.bring.queries import as_job, options_of, progress_file
from kith.lib.errors import Refusal
from kith.people.api import Community, Person
from kith.see import api as see

OPEN = ("waiting", "running")
TOLD_EVERY_SECONDS = 1


def ask_for_import(
    *, community: Community, format_name: str, path: Path, by: Person, now: datetime, options: Options
) -> JobValue:
    """Have a file imported by a worker; it must lie where it is until then. Asked again for the same file, it is the same import.

    Raises:
        StaffOnly: somebody who does not run the community.

    """
    check_staff(community, by)
    kept = asdict(options) | {"channels": sorted(options.channels), "columns": dict(options.columns)}
    row, is_new = Job.objects.get_or_create(
        community=community, path=str(path), state__in=OPEN,
        defaults={"by": by, "format": format_name, "options": kept, "asked_at": now, "state": "waiting"},
    )  # fmt: skip
    if is_new:
        app.configure_task("bring.work", lock=f"bring.work:{community.pk}").defer(job_id=row.pk)
    return as_job(row)


def work(*, job_id: int, now: datetime) -> bool:
    """Make an import that was asked for; False where it is none any more. A refusal is what came of it; any other fault goes on.

    One that a killed worker began is begun anew: it was one transaction.
    """
    row = Job.objects.select_related("community", "by").filter(pk=job_id, state__in=OPEN).first()
    if row is None:
        return False
    Job.objects.filter(pk=row.pk).update(state="running")
    path = Path(row.path)
    try:
        report = run(
            community=row.community,
            format_name=row.format,
            path=path,
            by=row.by,
            now=now,
            options=options_of(row),
            watch=_watch(path),
        )
    except Refusal as refusal:
        _fail(row, now, {"code": refusal.code, "sentence": refusal.sentence, "facts": refusal.facts})
    except BaseException:
        _fail(row, now, {"code": "ImportBroke", "sentence": ImportBroke.sentence, "facts": {}})
        raise
    else:
        Job.objects.filter(pk=row.pk).update(state="done", ended_at=now, batch=report.batch_id)
        path.unlink(missing_ok=True)
        see.outdate(community=row.community)
    finally:
        progress_file(path).unlink(missing_ok=True)
    return True


def _fail(row: Job, now: datetime, fault: dict[str, object]) -> None:
    Job.objects.filter(pk=row.pk).update(state="failed", ended_at=now, fault=fault)


def _watch(path: Path) -> Watch:
    """Return what writes down how many entries were read, once a second: a file, because the import is one transaction."""
    read, told = 0, 0.0

    def watch(steps: int) -> None:
        nonlocal read, told
        read += steps
        if time.monotonic() - told >= TOLD_EVERY_SECONDS:
            told = time.monotonic()
            progress_file(path).write_text(str(read))

    return watch
