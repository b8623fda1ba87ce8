"""Bringing in the history of a group: upload, preview, run, undo; for who runs the community."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from ninja import File, Router, Status, UploadedFile

from kith.bring import api as bring
from kith.people.api import Community
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person, run
from kith.rest.fields import Id, Slug
from kith.rest.fields_importing import Format, NewImport
from kith.rest.schemas import importing as schemas
from kith.see import api as see

router = Router(tags=["Imports"])
HERE = "/communities/{slug}/imports"
FILES = f"{HERE}/files"
ONE = f"{HERE}/{{import_id}}"


@router.post(FILES, auth=ADMIN, response=answers(schemas.ImportFile, *BODY, 404, status=201), summary="Upload a file to import")  # fmt: skip
def upload_import_file(request: Asked, slug: Slug, format: Format, file: File[UploadedFile]) -> Status[dict[str, Any]]:  # noqa: A002 -- the name of the field
    """Keep a file of at most 2 GB for a day; nothing is imported yet. Larger ones are for the command `kith import`."""
    kept = bring.keep_upload(
        community=run(request, slug), format_name=format, name=file.name or "", size=file.size or 0, chunks=file.chunks(),
        by=person(request),
    )  # fmt: skip
    until_at = timezone.now() + timedelta(seconds=bring.KEPT_SECONDS)
    told = {"file": kept.name, "format": format, "name": bring.upload_name(kept), "size": file.size or 0}
    return Status(201, told | {"until_at": until_at})


def _options(data: NewImport) -> bring.Options:
    return bring.Options(data.origin.strip(), data.spoke_next, data.columns, frozenset(data.channels))


@router.post(f"{HERE}/previews", auth=ADMIN, response=answers(schemas.ImportPreview, *BODY, 404, 410), summary="Preview an import")  # fmt: skip
def preview_import(request: Asked, slug: Slug, data: NewImport) -> dict[str, Any]:
    """Tell exactly what an import would do, and change nothing: a dry run."""
    community = run(request, slug)
    kept, options = bring.kept_upload(community, data.file), _options(data)
    report = bring.preview(
        community=community, format_name=data.format, path=kept, by=person(request), now=timezone.now(), options=options
    )
    columns = bring.columns_of(format_name=data.format, path=kept, options=options)
    return {"report": report, "rows": report.rows, "columns": columns}


@router.post(HERE, auth=ADMIN, response=answers(schemas.ImportJob, *BODY, 404, 410, status=201), summary="Start an import")  # fmt: skip
def start_import(request: Asked, slug: Slug, data: NewImport) -> Status[bring.JobValue]:
    """Hand a file to a worker. While it waits, asking again for the same file is the same import."""
    community = run(request, slug)
    job = bring.ask_for_import(
        community=community, format_name=data.format, path=bring.kept_upload(community, data.file), by=person(request),
        now=timezone.now(), options=_options(data),
    )  # fmt: skip
    return Status(201, job)


@router.get(f"{HERE}/jobs/{{job_id}}", auth=ADMIN, response=answers(schemas.ImportJob, 404, 422), summary="See how far an import is")  # fmt: skip
def import_job(request: Asked, slug: Slug, job_id: Id) -> bring.JobValue:
    """Return the state of an import that was started: how many entries were read, what came of it, or why it failed."""
    return bring.job(run(request, slug), job_id)


@router.get(HERE, auth=ADMIN, response=answers(schemas.Imports, 404, 422), summary="List imports")
def list_imports(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the imports that were made, and those under way."""
    community = run(request, slug)
    return {"imports": bring.imports(community), "under_way": bring.jobs_open(community)}


@router.get(ONE, auth=ADMIN, response=answers(schemas.ImportWithReport, 404, 422), summary="Get an import")
def get_import(request: Asked, slug: Slug, import_id: Id) -> bring.Past:
    """Return an import and its report."""
    return bring.one_import(run(request, slug), import_id)


@router.post(f"{ONE}/undo", auth=ADMIN, response=answers(schemas.ImportUndone, 404, 409, 422), summary="Take an import back")  # fmt: skip
def undo_import(request: Asked, slug: Slug, import_id: Id) -> bring.Undone:
    """Withdraw its acts, remove its messages and the places of people who have nothing else."""
    community: Community = run(request, slug)
    undone = bring.undo(community=community, batch_id=import_id, by=person(request), now=timezone.now())
    see.outdate(community=community)
    return undone
