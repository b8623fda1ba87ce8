"""Tiers: the ladder for everybody to read, its making by who runs the community, who moved on it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.gather import api as gather
from kith.gather.api import LIMITS, MEASURES, MOST_TIERS, RIGHTS, BadNeed, LadderValue, TierDraft
from kith.lib.errors import Refusal
from kith.people import api as people
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words

FLOW_DAYS = 30
NUMBER_LIMIT = 5


@allow("see")
def tiers(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the tiers, what each needs and gives, how many stand in each; to members what they have of the next."""
    climb = gather.climb(community=here.community, person_id=here.standing.person_id, now=timezone.now()) if here.standing else None  # fmt: skip
    return render(
        request, "gather/tiers.html", here, nav="about", ladder=gather.ladder(here.community), climb=climb,
        sizes=people.tier_sizes(here.community),
    )  # fmt: skip


@allow("staff", "GET", "POST")
def tiers_edit(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the tiers as a form, or write them; `go` is save, propose, add, or remove:N."""
    found = gather.ladder(here.community)
    typed = _kept(found)
    if request.method != "POST":
        return _form(request, here, typed)
    go, _colon, which = request.POST.get("go", "save").partition(":")
    if go == "propose":
        return _form(request, here, typed | {"tiers": _proposed()})
    typed = _typed(request.POST)
    if go in {"add", "remove"}:
        return _form(request, here, _rearranged(typed, go, which))
    try:
        _write(here, typed)
    except Refusal as refusal:
        return _form(request, here, typed, refused=words(refusal), status=refusal.status)
    return redirect(f"{reverse('tiers_edit', kwargs={'slug': here.slug})}?saved=1")


def _form(request: HttpRequest, here: Here, typed: Mapping[str, Any], *, refused: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    return render(
        request, "gather/tiers_edit.html", here, nav="settings", typed=typed, measures=MEASURES, rights=RIGHTS, limits=LIMITS,
        most=MOST_TIERS, refused=refused, saved=request.GET.get("saved", ""), status=status,
    )  # fmt: skip


def _row(draft: TierDraft | gather.TierValue) -> dict[str, Any]:
    return {
        "id": draft.id or "", "name": draft.name, "by_hand": draft.by_hand,
        **{m: draft.needs.get(m, "") for m in MEASURES}, **{n: draft.limits.get(n, "") for n in LIMITS},
    }  # fmt: skip


def _kept(found: LadderValue) -> dict[str, Any]:
    return {
        "tiers": [_row(t) for t in found.tiers], "window_days": found.window_days, "grace_days": found.grace_days,
        "rights": {r: found.rights.get(r, "") for r in RIGHTS}, "base": {n: found.base_limits.get(n, "") for n in LIMITS},
    }  # fmt: skip


def _proposed() -> list[dict[str, Any]]:
    return [_row(d) for d in gather.proposed([_("Companion"), _("Fellow"), _("Pillar")])]


def _typed(sent: QueryDict) -> dict[str, Any]:
    count = min(MOST_TIERS + 1, len(sent.getlist("name")))
    columns = {name: sent.getlist(name) for name in ("id", "name", *MEASURES, *LIMITS)}
    by_hand = set(sent.getlist("by_hand"))
    rows = []
    for n in range(count):
        row: dict[str, Any] = {name: (values[n] if n < len(values) else "")[:60] for name, values in columns.items()}
        rows.append(row | {"by_hand": str(n) in by_hand})
    return {
        "tiers": rows, "window_days": sent.get("window_days", "")[:NUMBER_LIMIT], "grace_days": sent.get("grace_days", "")[:NUMBER_LIMIT],
        "rights": {r: sent.get(f"right-{r}", "")[:NUMBER_LIMIT] for r in RIGHTS}, "base": {n: sent.get(f"base-{n}", "")[:NUMBER_LIMIT] for n in LIMITS},
    }  # fmt: skip


def _rearranged(typed: dict[str, Any], go: str, which: str) -> dict[str, Any]:
    if go == "add":
        return typed | {"tiers": [*typed["tiers"], _row(TierDraft(""))][:MOST_TIERS]}
    return typed | {"tiers": [t for n, t in enumerate(typed["tiers"]) if str(n) != which]}


def _number(raw: object) -> int:
    text = str(raw).strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= NUMBER_LIMIT):
        raise BadNeed(most=gather.MOST_NEEDED)
    return int(text)


def _numbers(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for name in names if (number := _number(row[name]))}


def _write(here: Here, typed: Mapping[str, Any]) -> None:
    assert here.person
    drafts = [
        TierDraft(t["name"], _numbers(t, MEASURES), by_hand=t["by_hand"], limits=_numbers(t, LIMITS), id=_number(t["id"]) or None)
        for t in typed["tiers"]
        if t["name"].strip() or t["id"]
    ]  # fmt: skip
    gather.write_ladder(
        community=here.community, tiers=drafts, window_days=_number(typed["window_days"]), grace_days=_number(typed["grace_days"]),
        rights=_numbers(typed["rights"], RIGHTS), base_limits=_numbers(typed["base"], LIMITS), by=here.person, now=timezone.now(),
    )  # fmt: skip


@allow("staff", "POST")
def hold_tier(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Set a member's `tier` by hand with a `reason`, or let go (`go` release)."""
    assert here.person
    who, now = people.member(here.community, handle), timezone.now()
    facts: dict[str, Any] = {"community": here.community, "person_id": who.person_id, "by": here.person, "now": now}
    if request.POST.get("go") == "release":
        gather.release(**facts)
    else:
        tier = _number(request.POST.get("tier", "")) or None
        gather.hold(**facts, tier_id=tier, reason=request.POST.get("reason", ""))
    return redirect("member", slug=here.slug, handle=who.handle)


@allow("staff")
def tier_flow(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who went up and down between two days, `?since=` and `?until=`; the last thirty without."""
    today = timezone.localdate()
    since, until = (
        _day(request.GET.get("since", ""), today - timedelta(days=FLOW_DAYS)),
        _day(request.GET.get("until", ""), today),
    )
    moves = gather.tier_moves(here.community, since=_midnight(since), until=_midnight(until + timedelta(days=1)))
    flow: dict[tuple[str, str, bool], int] = {}
    for m in moves:
        flow[m.before, m.after, m.is_up] = flow.get((m.before, m.after, m.is_up), 0) + 1
    newest = moves[::-1][:100]
    return render(
        request, "gather/tier_flow.html", here, nav="pulse", since=since, until=until, moves=newest, count=len(moves),
        flow=sorted(flow.items(), key=lambda line: (-line[1], line[0])), ups=sum(m.is_up for m in moves),
        places=people.standings(here.community, {m.person_id for m in newest}), ladder=gather.ladder(here.community),
        sizes=people.tier_sizes(here.community),
    )  # fmt: skip


def _day(raw: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 -- made aware at once


urlpatterns = [
    path("c/<slug:slug>/tiers", tiers, name="tiers"),
    path("c/<slug:slug>/settings/tiers", tiers_edit, name="tiers_edit"),
    path("c/<slug:slug>/m/<str:handle>/tier", hold_tier, name="hold_tier"),
    path("c/<slug:slug>/pulse/tiers", tier_flow, name="tier_flow"),
]
