"""Chapters and core figures."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, WRITER, Asked, person, run, seen
from kith.rest.fields import Handle, Id, Slug, Yes
from kith.rest.fields_together import (
    ChangedChapter,
    ChosenChapter,
    NewChapter,
    NewDuty,
    NewFigure,
    NewSpaceName,
    ToWhom,
)
from kith.rest.routes_pulse import entered
from kith.rest.schemas import together as schemas

router = Router(tags=["Chapters and core figures"])
HERE = "/communities/{slug}"
CHAPTER = f"{HERE}/chapters/{{chapter_id}}"
FIGURE = f"{HERE}/figures/{{figure_id}}"


def _handles(community: Community, ids: set[int]) -> dict[int, str]:
    return {i: place.handle for i, place in people.standings(community, ids).items()}


def _chapter(community: Community, chapter_id: int) -> dict[str, Any]:
    found, ids = people.chapter(community, chapter_id), gather.leads(community).get(chapter_id, [])
    handles = _handles(community, set(ids))
    return {
        "id": found.pk, "name": found.name, "about": found.about, "members": people.chapter_sizes(community).get(found.pk, 0),
        "leads": [handles[i] for i in ids if i in handles], "spaces": connect.spaces_of_chapter(community, chapter_id),
    }  # fmt: skip


@router.get(f"{HERE}/chapters", auth=ANYBODY, response=answers(schemas.Chapters, 404, 422), summary="List chapters")
def chapters(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the chapters by name, with who leads them."""
    community = seen(request, slug)
    sizes, leads = people.chapter_sizes(community), gather.leads(community)
    handles = _handles(community, {i for ids in leads.values() for i in ids})
    listed = [
        {"id": c.pk, "name": c.name, "about": c.about, "members": sizes.get(c.pk, 0), "leads": [handles[i] for i in leads.get(c.pk, []) if i in handles]}
        for c in people.chapters(community)
    ]  # fmt: skip
    return {"chapters": listed, "without": sizes.get(0, 0)}


@router.get(
    f"{HERE}/chapters/numbers",
    auth=ADMIN,
    response=answers(schemas.ChapterReport, 404, 422),
    summary="Chapters in numbers",
)
def chapter_numbers(request: Asked, slug: Slug) -> gather.ChapterReport:
    """Return what each chapter did in 30 days, and all together, each person once."""
    return gather.chapter_report(run(request, slug), now=timezone.now())


@router.post(
    f"{HERE}/chapters",
    auth=ADMIN,
    response=answers(schemas.Chapter, *BODY, 404, 409, status=201),
    summary="Open a chapter",
)
def open_chapter(request: Asked, slug: Slug, data: NewChapter) -> Status[dict[str, Any]]:
    """Make a chapter."""
    community = run(request, slug)
    made = gather.open_chapter(community=community, **data.dict(), by=person(request), now=timezone.now())
    return Status(201, _chapter(community, made.pk))


@router.get(CHAPTER, auth=ANYBODY, response=answers(schemas.Chapter, 404, 422), summary="Get a chapter")
def chapter(request: Asked, slug: Slug, chapter_id: Id) -> dict[str, Any]:
    """Return a chapter with its leads and spaces; its people: `members?chapter_id=`."""
    return _chapter(seen(request, slug), chapter_id)


@router.patch(CHAPTER, auth=WRITER, response=answers(schemas.Chapter, *BODY, 404, 409), summary="Change a chapter")
def amend_chapter(request: Asked, slug: Slug, chapter_id: Id, data: ChangedChapter) -> dict[str, Any]:
    """Change its name and what it says of itself; for its leads and operators."""
    community, _ = entered(request, slug)
    gather.amend_chapter(
        community=community, chapter_id=chapter_id, **data.dict(), by=person(request), now=timezone.now()
    )
    return _chapter(community, chapter_id)


@router.delete(CHAPTER, auth=ADMIN, response=answers(None, 404, 422, status=204), summary="Close a chapter")
def close_chapter(request: Asked, slug: Slug, chapter_id: Id) -> Status[None]:
    """Take it away; its members stay."""
    gather.close_chapter(community=run(request, slug), chapter_id=chapter_id, by=person(request), now=timezone.now())
    return Status(204, None)


@router.post(
    f"{CHAPTER}/spaces", auth=WRITER, response=answers(schemas.Chapter, *BODY, 404, 409, status=201), summary="Open a space of a chapter"
)  # fmt: skip
def open_chapter_space(request: Asked, slug: Slug, chapter_id: Id, data: NewSpaceName) -> Status[dict[str, Any]]:
    """Make a space of a chapter; for its leads and operators."""
    community, _ = entered(request, slug)
    connect.open_chapter_space(
        community=community, chapter_id=chapter_id, name=data.name, by=person(request), now=timezone.now()
    )
    return Status(201, _chapter(community, chapter_id))


@router.put(
    f"{CHAPTER}/leads/{{handle}}", auth=ADMIN, response=answers(schemas.Figure, 404, 409, 422), summary="Appoint a lead"
)
def appoint_lead(request: Asked, slug: Slug, chapter_id: Id, handle: Handle) -> dict[str, Any]:
    """Ask a member to lead a chapter; they accept as they do any role."""
    community = run(request, slug)
    who = people.member(community, handle)
    made = gather.appoint_lead(
        community=community, chapter_id=chapter_id, person_id=who.person_id, by=person(request), now=timezone.now()
    )
    return _figure(made, {who.person_id: who})


@router.delete(
    f"{CHAPTER}/leads/{{handle}}", auth=ADMIN, response=answers(None, 404, 422, status=204), summary="Dismiss a lead"
)
def dismiss_lead(request: Asked, slug: Slug, chapter_id: Id, handle: Handle) -> Status[None]:
    """Take the lead of a chapter from somebody."""
    community = run(request, slug)
    who = people.member(community, handle)
    gather.dismiss_lead(
        community=community, chapter_id=chapter_id, person_id=who.person_id, by=person(request), now=timezone.now()
    )
    return Status(204, None)


@router.put(
    f"{HERE}/my-chapter", auth=WRITER, response=answers(schemas.Chapters, *BODY, 404), summary="Choose one's chapter"
)
def choose_chapter(request: Asked, slug: Slug, data: ChosenChapter) -> dict[str, Any]:
    """Stand in a chapter, or in none; returns them all."""
    community, _ = entered(request, slug)
    gather.choose_chapter(community=community, chapter_id=data.chapter_id, by=person(request), now=timezone.now())
    return chapters(request, slug)


def _figure(found: gather.FigureValue, places: Mapping[int, Standing]) -> dict[str, Any]:
    plain = {n: getattr(found, n) for n in ("id", "kind", "title", "why", "offered_at", "accepted_at")}
    return plain | {
        "handle": places[found.person_id].handle,
        "reasons": [gather.reason_sentence(r) for r in found.reasons],
        "duties": [{"kind": kind, "thing_id": thing} for kind, thing in found.duties],
    }


def _whole(community: Community, found: gather.FigureValue) -> dict[str, Any]:
    return _figure(found, people.standings(community, [found.person_id]))


@router.get(f"{HERE}/figures", auth=ANYBODY, response=answers(schemas.Figures, 404, 422), summary="List core figures")
def figures(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the core figures; and what is offered: to operators all, to others their own."""
    community, who = seen(request, slug), request.auth.person
    found, offered = gather.figures(community), gather.offered(community)
    if not people.may_run(people.standing(community, who)):
        offered = [f for f in offered if who and f.person_id == who.pk]
    places = people.standings(community, {f.person_id for f in [*found, *offered]})
    return {"figures": [_figure(f, places) for f in found], "offered": [_figure(f, places) for f in offered]}


@router.get(
    f"{HERE}/figures/suggested", auth=ADMIN, response=answers(schemas.Suggestions, 404, 422), summary="List suggestions"
)
def suggested(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return whom the book suggests for which role, and why."""
    community = run(request, slug)
    found = gather.suggested(community, now=timezone.now())
    handles = _handles(community, {s.person_id for s in found})
    return {
        "suggested": [
            {"handle": handles[s.person_id], "kind": s.kind, "reasons": [gather.reason_sentence(r) for r in s.reasons]}
            for s in found
            if s.person_id in handles
        ]
    }


def _duties(community: Community, sent: list[NewDuty]) -> list[tuple[str, int]]:
    """Return the duties; a space must be one of here.

    Raises:
        BadDuty: it is not.

    """
    spaces = connect.space_names(community) if any(d.kind == "space" for d in sent) else {}
    if any(d.kind == "space" and d.thing_id not in spaces for d in sent):
        raise gather.BadDuty
    return [(d.kind, d.thing_id) for d in sent]


@router.post(
    f"{HERE}/figures", auth=ADMIN, response=answers(schemas.Figure, *BODY, 404, 409, status=201), summary="Offer a role"
)
def offer_figure(request: Asked, slug: Slug, data: NewFigure) -> Status[dict[str, Any]]:
    """Offer a member a role with its duties; it is theirs when they accept."""
    community = run(request, slug)
    who = people.member(community, data.handle)
    made = gather.offer_figure(
        community=community, person_id=who.person_id, kind=data.kind, title=data.title, why=data.why,
        duties=_duties(community, data.duties), by=person(request), now=timezone.now(),
    )  # fmt: skip
    return Status(201, _whole(community, made))


@router.put(
    f"{FIGURE}/answer", auth=WRITER, response=answers(schemas.Figures, *BODY, 404, 409), summary="Answer an offer"
)
def answer_figure(request: Asked, slug: Slug, figure_id: Id, data: Yes) -> dict[str, Any]:
    """Take up a role or decline it; what it takes over passes at once. Returns all figures."""
    community, _ = entered(request, slug)
    gather.answer_figure(community=community, figure_id=figure_id, yes=data.yes, by=person(request), now=timezone.now())
    return figures(request, slug)


@router.post(
    f"{FIGURE}/handover", auth=WRITER, response=answers(schemas.Figure, *BODY, 404, 409, status=201), summary="Hand over a role"
)  # fmt: skip
def hand_over(request: Asked, slug: Slug, figure_id: Id, data: ToWhom) -> Status[dict[str, Any]]:
    """Offer a role you hold to somebody else; when they accept, all its duties are theirs."""
    community, _ = entered(request, slug)
    who = people.member(community, data.handle)
    made = gather.hand_over(
        community=community, figure_id=figure_id, to_person_id=who.person_id, by=person(request), now=timezone.now()
    )
    return Status(201, _whole(community, made))


@router.delete(FIGURE, auth=WRITER, response=answers(None, 404, 422, status=204), summary="End a role")
def end_figure(request: Asked, slug: Slug, figure_id: Id) -> Status[None]:
    """Lay down a role, or take an offer back; for who holds it and operators."""
    community, _ = entered(request, slug)
    gather.end_figure(community=community, figure_id=figure_id, by=person(request), now=timezone.now())
    return Status(204, None)
