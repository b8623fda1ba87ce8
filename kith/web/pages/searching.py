"""Searching what was said, and who is here."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.connect.api import Found, NothingToLookFor, Search
from kith.web.pages.guard import Here, allow, is_htmx, render

DAYS = (7, 30, 365)


class Asked(NamedTuple):
    """What the address asks for; what it cannot mean is left out."""

    words: str
    by: str
    space: str
    only: str
    kind: str
    days: int

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        form = request.GET
        kind, days = form.get("kind", ""), form.get("days", "")
        return cls(
            form.get("q", "")[:100], form.get("by", "")[:48].lstrip("@"), form.get("space", "")[:60], form.get("only", "")[:1],
            kind if kind in (*connect.KINDS, "reply") else "", int(days) if days in map(str, DAYS) else 0,
        )  # fmt: skip

    @property
    def query(self) -> str:
        """Return it as an address has it, to be gone on with."""
        names = {
            "q": self.words,
            "by": self.by,
            "space": self.space,
            "only": self.only,
            "kind": self.kind,
            "days": self.days,
        }
        return urlencode({k: v for k, v in names.items() if v})

    def at(self, now: datetime) -> Search:
        since = now - timedelta(days=self.days) if self.days else None
        return Search(self.words, self.by, self.space, only_space=bool(self.only), kind=self.kind, since=since)


@allow("see")
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what holds all words of `?q=`, filtered by `by` (a handle), `space`, `only`, `kind` and `days`; `?before=` a cursor."""
    wanted, before = Asked.read(request), request.GET.get("before", "")
    found, fault = None, ""
    if wanted.words.strip():
        found, fault = _found(here, wanted, before)
    facts: dict[str, Any] = {"asked": wanted, "found": found, "fault": fault, "before": before}
    if is_htmx(request):
        return render(request, "search_page.html", here, **facts)
    kinds = [("", _("Everything")), ("talk", _("Talk")), ("ask", _("Asks")), ("viewpoint", _("Viewpoints")), ("reply", _("Replies"))]  # fmt: skip
    spans = [(0, _("Whenever")), (7, _("Within a week")), (30, _("Within a month")), (365, _("Within a year"))]
    return render(
        request, "search.html", here, nav="search", spaces=[s.name for s in connect.spaces(here.community)], kinds=kinds, spans=spans, **facts
    )  # fmt: skip


def _found(here: Here, wanted: Asked, before: str) -> tuple[Found | None, str]:
    try:
        return connect.search(here.community, wanted.at(timezone.now()), reader=here.person, before=before), ""
    except NothingToLookFor as refusal:
        return None, _(refusal.sentence)


urlpatterns = [path("c/<slug:slug>/search", search, name="search")]
