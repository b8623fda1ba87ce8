"""Reads of see: the picture, who stands where in it, and what the book says of one person or two."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.energy import api as energy
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community
from kith.see.data import (
    SCORE,
    Cooling,
    Exchange,
    Listing,
    MapFile,
    NotMeasured,
    NotOnTheMap,
    PairView,
    Period,
    PersonView,
    Reason,
    SeenTie,
    Somebody,
    Summary,
    UnknownSort,
)
from kith.see.data import Node as NodeView
from kith.see.models import Node, Picture
from kith.see.queries.trials import ranking
from kith.see.rules.warmth import FADED_HALF_LIVES, band, cooled, degrees, over_time

COOLED_DAYS = 120
WEEKS = 26
PAGE = 50
SORTS = {
    "score": ("rank", "person_id"),
    "ties": ("-ties", "rank", "person_id"),
    "two_way": ("-two_way", "rank", "person_id"),
    "in": ("-energy_in", "rank", "person_id"),
    "out": ("-energy_out", "rank", "person_id"),
    "warmth": ("-warmth", "rank", "person_id"),
}
FOUND_LIMIT = 500
# What may rank ties: the score of the trials, or a simple order that did better on the community's own past.
TIE_ORDERS: Mapping[str, Callable[[SeenTie], float]] = {
    SCORE: lambda tie: tie.given + tie.received,
    "count": lambda tie: tie.acts_given + tie.acts_received,
    "recency": lambda tie: tie.last_at.timestamp(),
}


def as_summary(found: Picture) -> Summary:
    numbers = dict(found.numbers)
    weeks = tuple(numbers.pop("weeks"))
    numbers.pop("format", None)
    return Summary(made_at=found.made_at, at=found.at, version=found.version, weeks=weeks, **numbers)


def _picture(community: Community) -> Picture:
    """Return the picture without its binary.

    Raises:
        NotFound: none was made yet (actions.look makes one).
    """
    found = Picture.objects.defer("gzipped").filter(community=community).first()
    if found is None:
        raise NotFound
    return found


def etag(community: Community) -> str:
    """Return the tag of the map; changes with every new picture. One small query."""
    version = Picture.objects.filter(community=community).values_list("version", flat=True).first()
    return f'"{community.pk}-{version or 0}"'


def picture(community: Community) -> MapFile:
    """Return the map as stored. One query.

    Raises:
        NotFound: none was made yet.
    """
    row = Picture.objects.filter(community=community).values_list("version", "gzipped").first()
    if row is None:
        raise NotFound
    return MapFile(f'"{community.pk}-{row[0]}"', bytes(row[1]))


def labels(community: Community) -> dict[str, Any]:
    """Return the map's names: circles {circle, is_chapter, name, people}, chapters {name, people} in the order of their
    numbers, supers {row, person, name}; and when the book begins.
    """
    found: dict[str, Any] = _picture(community).labels
    apart = people.unranked(community)
    return found | {"supers": [s for s in found["supers"] if s["person"] not in apart]}


def super_nodes(community: Community, *, limit: int = 24) -> tuple[NodeView, ...]:
    """Return the super nodes, highest score first. Three queries."""
    rows = Node.objects.filter(community=community, is_super=True).order_by("rank", "person_id")[:limit]
    return tuple(n for n in _views(community, rows) if n.rank)


def node(community: Community, person_id: int) -> NodeView:
    """Return one member as the map knows them. Three queries.

    Raises:
        NotOnTheMap: they came after the picture was made, or are no member.
    """
    found = _views(community, Node.objects.filter(community=community, person_id=person_id))
    if not found:
        raise NotOnTheMap
    return found[0]


def listing(community: Community, *, sort: str = "score", search: str = "", page: int = 1) -> Listing:
    """Return a page of the list view: the facts of the map as rows. At most six queries, whatever the size.

    Programs and who keeps out of rankings are not in it.

    Raises:
        UnknownSort: `sort` is none of SORTS.
    """
    if sort not in SORTS:
        raise UnknownSort(sort=sort)
    rows = Node.objects.filter(community=community).exclude(person_id__in=people.unranked(community))
    if search.strip():
        named = people.members(community, search=search.strip(), limit=FOUND_LIMIT)
        rows = rows.filter(person_id__in=[m.person_id for m in named])
    total = rows.count()
    pages = max(1, math.ceil(total / PAGE))
    page = min(max(1, page), pages)
    part = rows.order_by(*SORTS[sort])[(page - 1) * PAGE : page * PAGE]
    return Listing(_views(community, part), total, page, pages, sort, search.strip())


def ties_of(community: Community, person_id: int, *, at: datetime, limit: int | None = None) -> tuple[SeenTie, ...]:
    """Return a person's ties, both directions folded, warmest first, or by what foretells better here. Five queries.

    Who is no member any more is left out; a name is shown to members only. So is who refuses measures, though what
    others give them counts in the measures of those.

    Raises:
        NotMeasured: the person refuses measures.
    """
    given = {tie.b_id: tie for tie in energy.ties_from(community, person_id, at=at)}
    received = {tie.a_id: tie for tie in energy.ties_to(community, person_id, at=at)}
    places = people.standings(community, {person_id, *given, *received})
    if person_id in places and places.pop(person_id).refuses_measures:
        raise NotMeasured
    who = _named(community, {pk: place for pk, place in places.items() if not place.refuses_measures})
    found = [_seen(who[other], given.get(other), received.get(other)) for other in who]
    first = TIE_ORDERS[ranking(community, "ties")[0]]
    found.sort(key=lambda tie: (-first(tie), tie.who.person_id))
    return tuple(found[:limit])


def person(community: Community, person_id: int, *, now: datetime) -> PersonView:
    """Return a person's page: their place, their ties, half a year of days. Ten queries.

    Raises:
        NotOnTheMap: they are not in the picture.
    """
    at = _at(community, now)
    days = _days(community, at, person_id=person_id)
    weeks = tuple(_period(days[i].start_at, days[i : i + 7]) for i in range(0, len(days), 7))
    return PersonView(at, node(community, person_id), ties_of(community, person_id, at=at), days, weeks)


def pair(community: Community, a_id: int, b_id: int, *, now: datetime) -> PairView:
    """Return two members: their tie from `a_id` on, its warmth over 26 weeks, their latest acts. Six queries.

    Raises:
        NotOnTheMap: one of them is no member.
        NotMeasured: one of them refuses measures.
    """
    at = _at(community, now)
    places = people.standings(community, {a_id, b_id})
    if len(places) < 2:
        raise NotOnTheMap
    if any(place.refuses_measures for place in places.values()):
        raise NotMeasured
    who = _named(community, places)
    given, received = energy.pair(community, a_id, b_id, at=at)
    moments = [at - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    half_life = community.tie_half_life_days
    since = moments[0] - timedelta(days=FADED_HALF_LIVES * half_life)
    acts = energy.by_period(
        community, since=since, until=at + timedelta(seconds=1), unit="day", person_id=a_id, other_id=b_id
    )
    strengths = over_time([(day, total) for day, _, total in acts], moments, half_life)
    latest = energy.acts_of(community, a_id, other_id=b_id, limit=10)
    return PairView(
        at=at,
        one=who[a_id],
        tie=_seen(who[b_id], given, received) if given or received else None,
        other=who[b_id],
        warmth=tuple((moment, round(degrees(s), 1)) for moment, s in zip(moments, strengths, strict=True)),
        acts_90_days=sum(count for day, count, _ in acts if day > at - timedelta(days=90)),
        latest=tuple(Exchange(act.actor_id, act.kind, act.at, act.source) for act in latest),
    )


def cooling(community: Community, person_id: int, *, now: datetime, limit: int = 3) -> tuple[Cooling, ...]:
    """Return a person's cooling ties (rules.warmth.cooled), the one that lost most first. Five queries.

    A tie silent for more than four months has cooled; a word no longer keeps it warm, so it is not among them.

    Raises:
        NotMeasured: the person refuses measures.
    """
    found = []
    for tie in ties_of(community, person_id, at=now):
        then, silent_days = (
            cooled(tie.given + tie.received, tie.last_at, now, community.tie_half_life_days),
            (now - tie.last_at).days,
        )
        if then is not None and tie.is_two_way and silent_days <= COOLED_DAYS:
            found.append(Cooling(tie.who, then, tie.degrees, silent_days))
    found.sort(key=lambda c: (c.degrees - c.degrees_then, c.who.person_id))
    return tuple(found[:limit])


def supers_among(community: Community, person_ids: Iterable[int]) -> set[int]:
    """Return which of some people are super nodes: the ring around a face. One query."""
    rows = Node.objects.filter(community=community, is_super=True, person_id__in=list(person_ids))
    return set(rows.values_list("person_id", flat=True))


def sentence(reason: Reason) -> str:
    """Say why somebody matters, in the reader's language."""
    facts = dict(reason.facts)
    number = int(facts.get("people", 0))
    sentences = {
        "bridges_chapters": _("%(percent)s%% of the acts between %(here)s and %(there)s pass through them."),
        "bridges_circles": _(
            "%(percent)s%% of the acts between the circles of %(here)s and %(there)s pass through them."
        ),
        "bridges_own_circle": _(
            "%(percent)s%% of the acts between their own circle and that of %(there)s pass through them."
        ),
        "carries_chapter": _("They carry %(percent)s%% of the acts within %(chapter)s."),
        "carries_circle": _("They carry %(percent)s%% of the acts in the circle of %(circle)s."),
        "carries_own_circle": _("They carry %(percent)s%% of the acts in their own circle."),
        "answers_newcomers": _("They gave attention to %(people)s of %(all)s newcomers."),
        "exchanges_both_ways": ngettext(
            "One person exchanges with them both ways.",
            "%(people)s people exchange with them both ways.",
            number,
        ),
        "fell_silent": _("Silent for %(days)s days; active in %(weeks)s of the last %(of)s weeks."),
        "comes_seldom": _("Active in %(weeks)s of the last %(of)s weeks."),
        "is_tied": ngettext("One person is in touch with them.", "%(people)s people are in touch with them.", number),
    }
    return sentences[reason.code] % facts


def own_sentence(reason: Reason) -> str:
    """Say to somebody themselves why they matter, in their language."""
    facts = dict(reason.facts)
    number = int(facts.get("people", 0))
    sentences = {
        "bridges_chapters": _("%(percent)s%% of the acts between %(here)s and %(there)s pass through you."),
        "bridges_circles": _("%(percent)s%% of the acts between the circles of %(here)s and %(there)s pass through you."),
        "bridges_own_circle": _("%(percent)s%% of the acts between your circle and that of %(there)s pass through you."),
        "carries_chapter": _("You carry %(percent)s%% of the acts within %(chapter)s."),
        "carries_circle": _("You carry %(percent)s%% of the acts in the circle of %(circle)s."),
        "carries_own_circle": _("You carry %(percent)s%% of the acts in your circle."),
        "answers_newcomers": _("You gave attention to %(people)s of %(all)s newcomers."),
        "exchanges_both_ways": ngettext("One person exchanges with you both ways.", "%(people)s people exchange with you both ways.", number),
        "is_tied": ngettext("One person is in touch with you.", "%(people)s people are in touch with you.", number),
    }  # fmt: skip
    return sentences[reason.code] % facts


def circle_name(name: str, *, is_chapter: bool) -> str:
    """Say what a circle is called."""
    return name if is_chapter else _("Circle of %(name)s") % {"name": name}


def _at(community: Community, now: datetime) -> datetime:
    return Picture.objects.filter(community=community).values_list("at", flat=True).first() or now


def _views(community: Community, rows: "QuerySet[Node]") -> tuple[NodeView, ...]:
    nodes = list(rows)
    if not nodes:
        return ()  # perhaps no picture was made yet
    circles = _picture(community).labels["circles"]
    names = {c["circle"]: circle_name(c["name"], is_chapter=c["is_chapter"]) for c in circles}
    places = people.standings(community, [n.person_id for n in nodes])
    return tuple(
        _view(n, place, names.get(n.circle, ""))
        for n in nodes
        if (place := places.get(n.person_id)) and not place.refuses_measures
    )


def _view(n: Node, place: people.Standing, circle: str) -> NodeView:
    """Return a member as they wish to be seen today, whatever the picture says: outside of rankings, if they so chose."""
    warm, ranked = degrees(n.warmth), not (place.hides_rank or place.is_bot)
    return NodeView(
        who=_somebody(place, {n.person_id} if n.is_super and ranked else set()),
        score=n.score,
        energy_in=n.energy_in,
        energy_out=n.energy_out,
        ties=n.ties,
        two_way=n.two_way,
        degrees=warm,
        band=band(warm),
        percentile=n.percentile if ranked else 0.0,
        rank=n.rank if ranked else 0,
        circle=circle,
        reasons=tuple(Reason(r["code"], r["facts"]) for r in n.reasons),
    )


def somebodies(community: Community, person_ids: Iterable[int]) -> dict[int, Somebody]:
    return _named(community, people.standings(community, person_ids))


def _named(community: Community, places: Mapping[int, people.Standing]) -> dict[int, Somebody]:
    supers = supers_among(community, places)
    return {pk: _somebody(place, set() if place.hides_rank else supers) for pk, place in places.items()}


def _somebody(place: people.Standing, supers: set[int]) -> Somebody:
    return Somebody(place.person_id, place.handle, place.name, place.chapter, place.headline, place.person_id in supers)


def _seen(who: Somebody, given: energy.TieValue | None, received: energy.TieValue | None) -> SeenTie:
    both = [tie for tie in (given, received) if tie]
    warmth = degrees(sum(tie.live for tie in both))
    return SeenTie(
        who=who,
        given=given.live if given else 0.0,
        received=received.live if received else 0.0,
        acts_given=given.acts if given else 0,
        acts_received=received.acts if received else 0,
        degrees=warmth,
        band=band(warmth),
        first_at=min(tie.first_at for tie in both),
        last_at=max(tie.last_at for tie in both),
    )


def _days(community: Community, at: datetime, *, person_id: int) -> tuple[Period, ...]:
    """Return every day of 26 weeks ending with the week of `at`, the empty ones too."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    until = at + timedelta(seconds=1)
    rows = energy.by_period(community, since=monday, until=until, unit="day", person_id=person_id)
    known = {timezone.localtime(day).date(): (count, total) for day, count, total in rows}
    starts = [monday + timedelta(days=i) for i in range(7 * WEEKS)]
    return tuple(_coloured(start, *known.get(start.date(), (0, 0.0))) for start in starts)


def _period(start: datetime, parts: tuple[Period, ...]) -> Period:
    return _coloured(start, sum(part.acts for part in parts), sum(part.energy for part in parts))


def _coloured(start: datetime, acts: int, total: float) -> Period:
    return Period(start, acts, total, band(degrees(total)))
