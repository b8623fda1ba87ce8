"""Bringing in the history of a group: upload, preview, run, report, undo."""

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_noop as _

from kith.bring import api as bring
from kith.bring.api import Options
from kith.lib.errors import Refusal
from kith.see import api as see
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words

KEPT_SECONDS = 86_400
FILE_GIGABYTES = 2


class NoFile(Refusal):
    sentence = _("Choose a file first.")


class FileGone(Refusal):
    sentence = _("The uploaded file is not kept any more. Please upload it again.")
    status = 410


class UploadTooBig(Refusal):
    sentence = _("A file of more than %(gigabytes)s GB is better imported by the command line: kith import.")
    status = 413


def _room(here: Here) -> Path:
    """Return where this community's uploads wait; those older than a day are cleared away."""
    room = settings.DATA / "imports" / str(here.community.pk)
    room.mkdir(parents=True, exist_ok=True)
    for old in room.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    return room


def _keep(here: Here, file: "UploadedFile[bytes] | None") -> Path:
    if file is None or not file.name:
        raise NoFile
    if (file.size or 0) > FILE_GIGABYTES * 10**9:
        raise UploadTooBig(gigabytes=FILE_GIGABYTES)
    kept = _room(here) / f"{secrets.token_hex(12)}-{get_valid_filename(file.name)[-80:]}"
    with kept.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return kept


def _kept(here: Here, name: str) -> Path:
    found = _room(here) / Path(name).name
    if not name or not found.is_file():
        raise FileGone
    return found


def _options(request: HttpRequest) -> Options:
    return Options(origin=request.POST.get("origin", "").strip()[:30], spoke_next=bool(request.POST.get("spoke_next")))


@allow("staff")
def form(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the formats and what was imported before."""
    return render(
        request,
        "import.html",
        here,
        nav="import",
        formats=bring.FORMATS,
        past=bring.imports(here.community),
        error="",
        chosen="acts",
    )


@allow("staff", "POST")
def preview(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell exactly what an import would do; nothing is changed yet, the file waits a day."""
    chosen = request.POST.get("format", "")
    try:
        kept = _keep(here, request.FILES.get("file"))
        report = bring.preview(
            community=here.community, format_name=chosen, path=kept, by=here.person, now=timezone.now(), options=_options(request)
        )  # fmt: skip
    except Refusal as refusal:
        return render(
            request, "import.html", here, status=refusal.status, nav="import", formats=bring.FORMATS, past=bring.imports(here.community),
            error=words(refusal), chosen=chosen,
        )  # fmt: skip
    name = kept.name.split("-", 1)[1]
    return render(
        request, "import_report.html", here, nav="import", report=report, past=None, kept=kept.name, name=name, reasons=bring.REASONS,
        notes=bring.NOTES, options=_options(request),
    )  # fmt: skip


@allow("staff", "POST")
def run(request: HttpRequest, here: Here) -> HttpResponse:
    """Import the file that was previewed."""
    kept = _kept(here, request.POST.get("kept", ""))
    report = bring.run(
        community=here.community, format_name=request.POST.get("format", ""), path=kept, by=here.person, now=timezone.now(),
        options=_options(request),
    )  # fmt: skip
    kept.unlink(missing_ok=True)
    see.outdate(community=here.community)
    if report.batch_id is None:
        return redirect("import", slug=here.slug)
    return redirect("imported", slug=here.slug, id=report.batch_id)


@allow("staff")
def imported(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show the report of an import."""
    past = bring.one_import(here.community, id)
    return render(
        request, "import_report.html", here, nav="import", report=past.report, past=past, kept="", name=past.file_name,
        reasons=bring.REASONS, notes=bring.NOTES, options=Options(),
    )  # fmt: skip


@allow("staff", "POST")
def undo(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Take an import back."""
    bring.undo(community=here.community, batch_id=id, by=here.person, now=timezone.now())
    see.outdate(community=here.community)
    return redirect("imported", slug=here.slug, id=id)


urlpatterns = [
    path("c/<slug:slug>/import", form, name="import"),
    path("c/<slug:slug>/import/preview", preview, name="import_preview"),
    path("c/<slug:slug>/import/run", run, name="import_run"),
    path("c/<slug:slug>/import/<int:id>", imported, name="imported"),
    path("c/<slug:slug>/import/<int:id>/undo", undo, name="import_undo"),
]
