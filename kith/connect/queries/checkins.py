"""Reads of check-ins."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count

from kith.connect.data import ChallengePage, ChallengeValue, NotAChallenge, Prize, Ranked, Winner
from kith.connect.models import Challenge, Checkin
from kith.connect.queries.daily import day_of
from kith.connect.queries.gates import check_open
from kith.connect.rules import checkins as rules
from kith.people.api import Community, Person, standing, standings, unranked

RANKED = 50


def challenge_value(row: Challenge) -> ChallengeValue:
    """Map a row counted by `_counted`."""
    prizes = tuple(Prize(days, name) for days, name in row.prizes)
    people, many = getattr(row, "people", 0), getattr(row, "many", 0)
    return ChallengeValue(row.mode, row.starts_on, row.ends_on, row.makeups, row.hides_ranking, prizes, people, many)


def challenges(community: Community, post_ids: Sequence[int], reader_id: int | None) -> dict[int, ChallengeValue]:
    """Return what challenges have besides their text, by post. One query."""
    rows = Challenge.objects.filter(community=community, post__in=post_ids).annotate(
        people=Count("checkins__person", distinct=True), many=Count("checkins")
    )
    return {c.pk: challenge_value(c) for c in rows}


def challenge_row(community: Community, post_id: int) -> Challenge:
    """Return the challenge of a standing post.

    Raises:
        NotAChallenge: it is none, or is gone.

    """
    rows = Challenge.objects.select_related("post").annotate(
        people=Count("checkins__person", distinct=True), many=Count("checkins")
    )
    row = rows.filter(community=community, post=post_id, post__deleted_at=None).first()
    if row is None:
        raise NotAChallenge
    return row


def days_by_person(row: Challenge) -> dict[int, set[date]]:
    """Return who checked in on which days."""
    found: dict[int, set[date]] = defaultdict(set)
    for person, on in Checkin.objects.filter(challenge=row).values_list("person_id", "on"):
        found[person].add(on)
    return found


def challenge(community: Community, post_id: int, *, reader: Person | None, now: datetime) -> ChallengePage:
    """Return a challenge with its reader's days and the ranking. Six queries.

    Nobody who keeps out of rankings stands in it, to nobody but themselves; where the starter hides it, it is empty.

    Raises:
        NotAChallenge: the post is none, or is gone.
        Locked: it stands in a space that is closed to them.

    """
    row = challenge_row(community, post_id)
    check_open(community, row.post, reader)
    place, today, value = standing(community, reader), day_of(now), challenge_value(row)
    runs = place is not None and (place.is_staff or row.post.author_id == place.person_id)
    by_person = days_by_person(row)
    me = reader.pk if reader else 0
    mine = rules.score(me, by_person[me], row.mode, today) if me in by_person else None
    rows = Checkin.objects.filter(challenge=row)
    made_up = frozenset(rows.filter(person=me, is_makeup=True).values_list("on", flat=True)) if place else frozenset()
    left = max(0, row.makeups - len(made_up))
    missed = rules.missed(by_person.get(me, set()), row.starts_on, row.ends_on, today) if place and left else []
    reached = mine.days if mine else 0
    return ChallengePage(
        post_id=row.pk,
        value=value,
        today=today,
        mine=mine,
        calendar=frozenset(by_person.get(me, set())),
        made_up=made_up,
        missed=tuple(missed),
        makeups_left=left,
        next_prize=next((p for p in value.prizes if p.days > reached), None),
        ranking=_ranking(community, by_person, row, today) if not row.hides_ranking or runs else (),
        featured=tuple(
            rows.filter(is_featured=True).exclude(reply=None).order_by("-on").values_list("reply_id", flat=True)
        ),
        runs=runs,
    )


def _ranking(community: Community, by_person: dict[int, set[date]], row: Challenge, today: date) -> tuple[Ranked, ...]:
    hidden = unranked(community)
    scores = [rules.score(p, days, row.mode, today) for p, days in by_person.items() if p not in hidden and days]
    found = rules.ranked(scores)[:RANKED]
    places = standings(community, [s.person_id for _, s in found])
    return tuple(
        Ranked(rank, places[s.person_id].name, places[s.person_id].handle, s)
        for rank, s in found
        if s.person_id in places
    )


def winners_of(community: Community, row: Challenge) -> list[Winner]:
    """Return who earned which prize of a challenge, and when; who left is left out."""
    found = rules.winners(days_by_person(row), row.mode, challenge_value(row).prizes)
    places = standings(community, {person for _, person, _ in found})
    return [
        Winner(prize, places[person].name, places[person].handle, person, on)
        for prize, person, on in found
        if person in places
    ]
