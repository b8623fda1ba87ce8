"""Reads of core figures and chapters."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import ngettext

from kith.energy import api as energy
from kith.energy.api import GroupNumbers
from kith.gather import rules
from kith.gather.data import ChapterNumbers, ChapterReport, FigureValue, NoSuchFigure, Suggested
from kith.gather.models import Duty, Figure
from kith.people import api as people
from kith.people.api import Community, Membership
from kith.see import api as see

NUMBERS_DAYS = 30
ANSWERED_DAYS = 180
LEAST_ANSWERED = 3  # different people whose ask was answered, before one is called an expert
SUGGESTED = 12


def as_figure(row: Figure) -> FigureValue:
    """Map a role loaded with its duties."""
    return FigureValue(
        row.pk, row.person_id, row.kind, row.title, row.why, [(code, facts) for code, facts in row.reasons],
        sorted((d.kind, d.thing_id) for d in row.duties.all()), row.offered_at, row.accepted_at, row.after_id,
    )  # fmt: skip


def _standing(community: Community) -> "QuerySet[Figure]":
    """Return the roles that have not ended, of people who are still members."""
    here = Membership.objects.within(community.pk).values("person_id")
    rows = Figure.objects.filter(community=community, ended_at=None, person_id__in=here)
    return rows.prefetch_related("duties").order_by("kind", "title", "pk")


def figures(community: Community) -> list[FigureValue]:
    """Return the roles that were accepted. Two queries."""
    return [as_figure(f) for f in _standing(community).filter(accepted_at__isnull=False)]


def offered(community: Community) -> list[FigureValue]:
    """Return the roles that wait for an answer. Two queries."""
    return [as_figure(f) for f in _standing(community).filter(accepted_at=None)]


def figures_of(community: Community, person_id: int) -> list[FigureValue]:
    """Return the roles somebody holds or was offered. Two queries."""
    return [as_figure(f) for f in _standing(community).filter(person_id=person_id)]


def figures_among(community: Community, person_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return (kind, title) of the accepted roles of some people: the marks in a list. One query."""
    rows = Figure.objects.filter(
        community=community, person_id__in=list(person_ids), ended_at=None, accepted_at__isnull=False
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for person, kind, title in rows.order_by("kind", "title").values_list("person_id", "kind", "title"):
        found.setdefault(person, []).append((kind, title))
    return found


def figure(community: Community, figure_id: int) -> FigureValue:
    """Return a role that has not ended.

    Raises:
        NoSuchFigure: there is none under this id here.

    """
    row = _standing(community).filter(pk=figure_id).first()
    if row is None:
        raise NoSuchFigure
    return as_figure(row)


def leads(community: Community) -> dict[int, list[int]]:
    """Return who leads each chapter: whose accepted role has the duty. One query."""
    here = Membership.objects.within(community.pk).values("person_id")
    rows = Duty.objects.filter(
        community=community, kind="chapter", figure__accepted_at__isnull=False, figure__ended_at=None, figure__person_id__in=here,
    )  # fmt: skip
    found: dict[int, list[int]] = {}
    for chapter, person in rows.order_by("pk").values_list("thing_id", "figure__person_id"):
        if person not in found.setdefault(chapter, []):
            found[chapter].append(person)
    return found


def suggested(community: Community, *, now: datetime) -> list[Suggested]:
    """Return whom the book suggests for which role, with why: super nodes, brokers, who meets newcomers, who answers.

    Who keeps out of rankings or refuses measures is not suggested, nor who has or was offered the role.
    """
    found = [
        Suggested(n.who.person_id, rules.role_of([r.code for r in n.reasons]), [(r.code, dict(r.facts)) for r in n.reasons[:3]])
        for n in see.super_nodes(community, limit=SUGGESTED)
        if n.reasons
    ]  # fmt: skip
    found += _experts(community, now)
    taken = set(Figure.objects.filter(community=community, ended_at=None).values_list("person_id", "kind"))
    return [s for s in found if (s.person_id, s.kind) not in taken]


def _experts(community: Community, now: datetime) -> list[Suggested]:
    apart = people.unranked(community)
    numbers = energy.earned(
        community, since=now - timedelta(days=ANSWERED_DAYS), until=now, programs=sorted(people_programs(community))
    )
    most = sorted(((e.answers, -p) for p, e in numbers.items() if p not in apart and e.answers >= LEAST_ANSWERED))
    best = [(-p, answers) for answers, p in reversed(most[-SUGGESTED:])]
    places = people.standings(community, [p for p, _ in best])
    return [
        Suggested(p, "expert", [("answers", {"people": answers})])
        for p, answers in best
        if p in places and not places[p].refuses_measures
    ]


def reason_sentence(reason: tuple[str, Mapping[str, object]]) -> str:
    """Say why somebody was suggested: for answers here, for all else as the map says it."""
    code, facts = reason
    if code != "answers":
        return see.sentence(see.Reason(code, {k: v if isinstance(v, int) else str(v) for k, v in facts.items()}))
    sentence = ngettext(
        "%(people)s person accepted an answer of theirs.",
        "%(people)s people accepted an answer of theirs.",
        int(str(facts["people"])),
    )
    return sentence % facts


def people_programs(community: Community) -> set[int]:
    return {m.person_id for m in people.programs(community)}


def chapter_report(community: Community, *, now: datetime) -> ChapterReport:
    """Return what each chapter did in 30 days, and all of them together, each person and pair once. Five queries."""
    named = {0: ""} | {c.pk: c.name for c in people.chapters(community)}
    sizes = people.chapter_sizes(community)
    everybody = Membership.objects.within(community.pk).filter(is_bot=False, person__is_bot=False)
    groups = {person: chapter or 0 for person, chapter in everybody.values_list("person_id", "chapter_id")}
    since = now - timedelta(days=NUMBERS_DAYS)
    did, pairs = energy.by_groups(community, groups, since=since, until=now + timedelta(seconds=1))
    rows = []
    for chapter, name in named.items():
        numbers = did.get(chapter, GroupNumbers())
        rows.append(
            ChapterNumbers(
                chapter,
                name,
                sizes.get(chapter, 0),
                numbers.active,
                pairs.get((chapter, chapter), 0),
                rules.between(pairs, chapter),
                numbers.answers,
            )
        )
    within = sum(n for (low, high), n in pairs.items() if low == high)
    return ChapterReport(
        sorted(rows, key=lambda r: (r.id == 0, -r.members, r.name)), sum(sizes.values()), sum(r.active for r in rows), within,
        sum(pairs.values()) - within, sum(r.answers for r in rows),
    )  # fmt: skip
