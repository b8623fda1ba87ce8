"""The survey of a whole network: every number, name and place of a picture, from the ties alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from kith.lib import graph
from kith.lib.graph import Flags, Numbers, Pairs, Rows
from kith.lib.graph_circles import LOOSE, Circles
from kith.lib.graph_map import NO_CHAPTER, MapData
from kith.lib.layout import busiest, lay_out
from kith.see.data import Reason
from kith.see.rules.reasons import Groups, reasons
from kith.see.rules.roll import Roll
from kith.see.rules.warmth import bands

PEOPLE_LIMIT = 12_000
TIES_LIMIT = 60_000
SUPER_SHARE = 0.5  # the absence factor: who together carry half of Σ√w (CHAOSS) …
SUPER_AT_MOST = 0.05  # … but one in twenty at most, lest "super" means anybody in a small group
NEW_OR_ACTIVE_DAYS = 30
DAY_SECONDS = 86_400.0
NAMED_LIMIT = 200
CLOSEST = 5  # a person is as warm as their support clique, about five people (Dunbar)
FAINTEST = 1e-300  # a tie that faded below what a float holds is still a tie


@dataclass(frozen=True, slots=True)
class Book:
    """The directed ties by (a, b) as columns; two strengths in live acts, moments in epoch seconds."""

    a: Rows
    b: Rows
    live: Numbers
    node_live: Numbers
    first_at: Numbers
    last_at: Numbers


@dataclass(frozen=True, slots=True)
class Survey:
    """Per member, in the order of the roll, unless said otherwise; `supers` are rows, best first."""

    roll: Roll
    pairs: Pairs
    score: Numbers
    energy_in: Numbers
    energy_out: Numbers
    ties: Rows
    two_way: Rows
    warmth: Numbers
    percentile: Numbers
    rank: Rows
    supers: Rows
    reasons: Sequence[tuple[Reason, ...]]
    circle: Rows
    circle_names: Sequence[dict[str, Any]]
    clarity: float
    has_clear_circles: bool
    directed: int
    active: int
    picture: MapData


def survey(book: Book, roll: Roll, at: float, order: Numbers | None = None) -> Survey:
    """Look at the ties between members at a moment (epoch seconds).

    `order` ranks people instead of the score, where it did better on the community's own past.
    """
    book = _among(book, roll)
    people = len(roll.person)
    ties = graph.ties_from(people, book.a, book.b, np.maximum(book.live, FAINTEST))
    nodes = graph.ties_from(people, book.a, book.b, np.maximum(book.node_live, FAINTEST))
    pairs, score = graph.pair_up(ties), graph.super_score(nodes)
    count, warmth = graph.degree(pairs), graph.closest(pairs, CLOSEST)
    order = score if order is None else order
    ranked = ~(roll.is_bot | roll.is_hidden)
    supers = graph.leaders(np.where(ranked, order, 0.0), np.add(*graph.reach(nodes)), SUPER_SHARE, SUPER_AT_MOST)
    shown = np.sort(np.argsort(-count, kind="stable")[:PEOPLE_LIMIT])
    part = _part(pairs, shown)
    layout = lay_out(part)
    circle = np.full(people, LOOSE)
    circle[shown] = layout.circles.of
    whole = Circles(circle, layout.circles.count, layout.circles.clarity)
    heard, gave = graph.received(ties), graph.given(ties)
    leaders = busiest(whole, np.where(roll.is_hidden, -1.0, heard + gave))
    return Survey(
        roll=roll,
        pairs=pairs,
        score=score,
        energy_in=heard,
        energy_out=gave,
        ties=count,
        two_way=graph.two_way_degree(pairs),
        warmth=warmth,
        percentile=graph.percentile(order),
        rank=_rank(order, order[ranked]),
        supers=supers,
        reasons=reasons(
            ties, pairs, _groups(whole, leaders, count, roll), _newcomers(book, people, at), np.arange(people)
        ),
        circle=circle,
        circle_names=_circle_names(whole, leaders, roll),
        clarity=whole.clarity,
        has_clear_circles=whole.clear,
        directed=len(ties.src),
        active=active(book, at),
        picture=_picture(part, shown, layout.at, whole, roll, warmth, np.isin(shown, supers)),
    )


def active(book: Book, at: float) -> int:
    """Return how many gave an act within 30 days before a moment.

    Ties tell only their first and last act, so for a past moment who gave both before and after counts too.
    """
    recent = (book.first_at <= at) & (book.last_at > at - NEW_OR_ACTIVE_DAYS * DAY_SECONDS)
    return len(np.unique(book.a[recent]))


def _among(book: Book, roll: Roll) -> Book:
    """Keep the ties between members, people as rows of the roll."""
    if not len(roll.person):
        keep = np.zeros(len(book.a), bool)
        a = b = book.a
    else:
        a, b = (np.minimum(np.searchsorted(roll.person, ids), len(roll.person) - 1) for ids in (book.a, book.b))
        keep = (roll.person[a] == book.a) & (roll.person[b] == book.b)
    return Book(a[keep], b[keep], book.live[keep], book.node_live[keep], book.first_at[keep], book.last_at[keep])


def _newcomers(book: Book, people: int, at: float) -> Flags:
    first = np.full(people, np.inf)
    np.minimum.at(first, np.concatenate([book.a, book.b]), np.tile(book.first_at, 2))
    recent: Flags = np.isfinite(first) & (first > at - NEW_OR_ACTIVE_DAYS * DAY_SECONDS)
    return recent


def _rank(score: Numbers, ranked: Numbers) -> Rows:
    """Return 1 for the highest score; equals share the better place. Programs and the hidden take nobody's place."""
    return 1 + len(ranked) - np.searchsorted(np.sort(ranked), score, side="right")


def _part(pairs: Pairs, shown: Rows) -> Pairs:
    row = np.full(pairs.people, -1)
    row[shown] = np.arange(len(shown))
    keep = (row[pairs.a] >= 0) & (row[pairs.b] >= 0)
    return Pairs(len(shown), row[pairs.a[keep]], row[pairs.b[keep]], pairs.forward[keep], pairs.backward[keep])


def _groups(circles: Circles, leaders: Rows, ties: Rows, roll: Roll) -> Groups:
    names = sorted({c for c in roll.chapter if c})
    tied = ties > 0
    housed = np.array([bool(c) for c in roll.chapter], bool)
    if len(names) > 1 and (housed & tied).sum() * 2 >= tied.sum():
        number = {name: i for i, name in enumerate(names)}
        return Groups(np.array([number.get(c, -1) for c in roll.chapter], np.int64), names, [-1] * len(names), True)
    return Groups(
        circles.of, [_may_be_named(roll, row) for row in leaders.tolist()], leaders.tolist(), are_chapters=False
    )


def _may_be_named(roll: Roll, leader: int) -> str:
    """Return the name a circle is called by: none where everybody in it keeps out of rankings."""
    return "" if roll.is_hidden[leader] else roll.name[leader]


def _circle_names(circles: Circles, leaders: Rows, roll: Roll) -> list[dict[str, Any]]:
    """Name circles, the largest first: after the chapter half of it belongs to, else after whom most energy goes through."""
    found: list[dict[str, Any]] = []
    used: set[str] = set()
    for number, leader in enumerate(leaders.tolist()):
        members = np.flatnonzero(circles.of == number)
        chapter, many = Counter(roll.chapter[row] for row in members.tolist()).most_common(1)[0]
        is_chapter = bool(chapter) and chapter not in used and 2 * many >= len(members)
        used.add(chapter if is_chapter else "")
        name = chapter if is_chapter else _may_be_named(roll, leader)
        found.append({"circle": number, "is_chapter": is_chapter, "name": name, "people": len(members)})
    return found


def _picture(
    part: Pairs, shown: Rows, at: Numbers, circles: Circles, roll: Roll, warmth: Numbers, is_super: Flags
) -> MapData:
    """Draw everybody but who refuses measures: their place stays empty, and all else where it is."""
    strength, seen = part.strength, ~roll.is_refusing[shown]
    drawn = np.argsort(-np.where(seen[part.a] & seen[part.b], strength, -1.0), kind="stable")[:TIES_LIMIT]
    drawn, row = np.sort(drawn[seen[part.a[drawn]] & seen[part.b[drawn]]]), np.cumsum(seen) - 1
    return MapData(
        person=roll.person[shown][seen],
        at=at[seen],
        circle=circles.of[shown][seen],
        circles=circles.count,
        chapter=_chapters(roll, shown[seen])[0],
        ties_of=graph.degree(part)[seen],
        warmth_of=bands(warmth[shown][seen]),
        is_super=is_super[seen],
        a=row[part.a[drawn]],
        b=row[part.b[drawn]],
        warmth=bands(strength[drawn]),
    )


def _chapters(roll: Roll, shown: Rows) -> tuple[Rows, list[tuple[str, int]]]:
    """Number the chapters of who is shown, the largest first; the smallest beyond 255 count as none."""
    counted = Counter(roll.chapter[row] for row in shown.tolist() if roll.chapter[row])
    names = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:NO_CHAPTER]
    number = {name: i for i, (name, _) in enumerate(names)}
    return np.array([number.get(roll.chapter[row], NO_CHAPTER) for row in shown.tolist()], np.int64), names


def labels(found: Survey, began_at: datetime | None) -> dict[str, Any]:
    """Return the names the map writes: circles, chapters, and super nodes by rank with their row; and when the book begins."""
    row = {person: i for i, person in enumerate(found.picture.person.tolist())}
    named = [(int(found.roll.person[s]), found.roll.name[s]) for s in found.supers[:NAMED_LIMIT].tolist()]
    shown = found.roll.rows(found.picture.person)
    return {
        "circles": [c for c in found.circle_names if c["name"]],
        "chapters": [{"name": name, "people": people} for name, people in _chapters(found.roll, shown)[1]],
        "supers": [{"row": row[p], "person": p, "name": name} for p, name in named if p in row],
        "began_at": began_at.isoformat() if began_at else None,
    }
