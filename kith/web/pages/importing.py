"""Bringing in the history of a group: upload, preview, run, report, undo."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kith.bring import api as bring
from kith.bring.api import Columns, Options, Past, Report
from kith.lib.errors import Refusal
from kith.see import api as see
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.refusals import words

COLUMN = "column."
# What a column of a list of people can hold.
HOLDS = {
    "id": _("Identifier"),
    "name": _("Name"),
    "handle": _("Handle"),
    "joined": _("Joined"),
    "chapter": _("Chapter"),
    "headline": _("Headline"),
    "email": _("E-mail address"),
}


class NoChannel(Refusal):
    sentence = _("Choose at least one channel.")


def _keep(request: HttpRequest, here: Here, format_name: str) -> Path:
    file = request.FILES.get("file")
    return bring.keep_upload(
        community=here.community, format_name=format_name, name=(file and file.name) or "", size=(file and file.size) or 0,
        chunks=file.chunks() if file else (), by=here.person,
    )  # fmt: skip


def _options(request: HttpRequest) -> Options:
    """Return what was chosen; of channels all, unless some were offered and some of them taken."""
    given = request.POST
    channels = frozenset(given.getlist("channel"))
    if given.get("channels_offered") and not channels:
        raise NoChannel
    return Options(
        origin=given.get("origin", "").strip()[:30],
        spoke_next=bool(given.get("spoke_next")),
        columns={key.removeprefix(COLUMN): str(given[key]) for key in given if key.startswith(COLUMN)},
        channels=frozenset() if str(len(channels)) == given.get("channels_offered") else channels,
    )


@allow("staff")
def form(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the formats and what was imported before."""
    return _form(request, here, "acts")


def _form(request: HttpRequest, here: Here, chosen: str, refusal: Refusal | None = None) -> HttpResponse:
    return render(
        request, "import.html", here, status=refusal.status if refusal else 200, nav="import", formats=bring.FORMATS,
        past=bring.imports(here.community), jobs=bring.jobs_open(here.community), error=words(refusal) if refusal else "", chosen=chosen,
    )  # fmt: skip


@allow("staff", "POST")
def preview(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell exactly what an import would do; nothing is changed yet, the file waits a day."""
    chosen, kept = request.POST.get("format", ""), None
    try:
        kept = (
            bring.kept_upload(here.community, request.POST["kept"])
            if "kept" in request.POST
            else _keep(request, here, chosen)
        )
        options = _options(request)
        report = bring.preview(
            community=here.community, format_name=chosen, path=kept, by=here.person, now=timezone.now(), options=options
        )  # fmt: skip
    except Refusal as refusal:
        if kept and isinstance(refusal, bring.ColumnsUnclear):
            return _ask_columns(request, here, chosen, kept, refusal)
        return _form(request, here, chosen, refusal)
    columns = bring.columns_of(format_name=chosen, path=kept, options=options)
    return _report(request, here, report, kept=kept.name, options=options, columns=columns)


def _ask_columns(request: HttpRequest, here: Here, chosen: str, kept: Path, refusal: Refusal) -> HttpResponse:
    """Let the reader say which column is which, where the names alone do not tell."""
    columns = bring.columns_of(format_name=chosen, path=kept, options=Options())
    if columns is None:
        return _form(request, here, chosen, refusal)
    return render(
        request, "import_columns.html", here, status=refusal.status, nav="import", name=bring.upload_name(kept), kept=kept.name, chosen=chosen,
        error=words(refusal), columns=columns, options=Options(origin=request.POST.get("origin", "").strip()[:30]), holds=HOLDS,
    )  # fmt: skip


def _report(
    request: HttpRequest, here: Here, report: Report, *, past: Past | None = None, kept: str = "", options: Options = Options(),  # noqa: B008 -- frozen
    columns: Columns | None = None,
) -> HttpResponse:  # fmt: skip
    """Show what an import did, or with `kept` would do."""
    return render(
        request, "import_report.html", here, nav="import", report=report, past=past, kept=kept, chosen=report.format,
        name=bring.upload_name(Path(kept)) if kept else report.file_name, reasons=bring.REASONS, notes=bring.NOTES, options=options, columns=columns, holds=HOLDS,
        may_choose=1 < len(report.channels) < bring.CHANNELS_SHOWN,
    )  # fmt: skip


@allow("staff", "POST")
def run(request: HttpRequest, here: Here) -> HttpResponse:
    """Hand the file that was previewed to a worker, and lead on to where its progress is shown."""
    assert here.person
    kept = bring.kept_upload(here.community, request.POST.get("kept", ""))
    asked = bring.ask_for_import(
        community=here.community, format_name=request.POST.get("format", ""), path=kept, by=here.person, now=timezone.now(),
        options=_options(request),
    )  # fmt: skip
    return redirect("import_job", slug=here.slug, id=asked.id)


@allow("staff")
def job(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show how far an import is; one that is done leads to its report, one that failed says why and keeps the file."""
    found = bring.job(here.community, id)
    if found.state == "done":
        to = (
            reverse("imported", kwargs={"slug": here.slug, "id": found.batch_id})
            if found.batch_id
            else reverse("import", kwargs={"slug": here.slug})
        )
        return HttpResponse(status=204, headers={"HX-Redirect": to}) if is_htmx(request) else redirect(to)
    return render(
        request, "import_job.html", here, nav="import", job=found, name=bring.upload_name(found.path), is_kept=found.path.is_file(),
        why=gettext(found.fault["sentence"]) % found.fault["facts"] if found.fault else "",
    )  # fmt: skip


@allow("staff")
def imported(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show the report of an import."""
    past = bring.one_import(here.community, id)
    return _report(request, here, past.report, past=past)


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
    path("c/<slug:slug>/import/job/<int:id>", job, name="import_job"),
    path("c/<slug:slug>/import/<int:id>", imported, name="imported"),
    path("c/<slug:slug>/import/<int:id>/undo", undo, name="import_undo"),
]
