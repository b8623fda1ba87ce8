"""Check-ins (打卡): a challenge started, days checked in and made up, some of them featured, prizes seen by who gives them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kith.connect.actions.news import tell
from kith.connect.actions.saying import checked_place, held, say, say_checkin
from kith.connect.data import (
    MODES,
    ChallengePage,
    CheckedInAlready,
    NoMakeups,
    NoSuchCheckin,
    NotRunning,
    OnlyTheStarter,
    Said,
    Winner,
)
from kith.connect.models import Challenge, Checkin, Post
from kith.connect.queries import check_open, one
from kith.connect.queries.checkins import challenge, challenge_row, challenge_value, winners_of
from kith.connect.queries.daily import day_of
from kith.connect.rules import checkins as rules
from kith.people.api import Community, Person, note_deed


@transaction.atomic
def start_challenge(  # noqa: PLR0913 -- the fields of a form
    *, community: Community, text: str, by: Person, now: datetime, starts_on: date, ends_on: date, mode: str = "streak",
    makeups: int = 0, hides_ranking: bool = False, prizes: Sequence[str] = (), space: str = "", key: str = "",
) -> Said:  # fmt: skip
    """Start a challenge: its text says the rules, its first line what it is called. `prizes` are lines such as “21 → a book”.

    Raises:
        MembersOnly, EmptyText, TextTooLong, SentAlready, NoSuchSpace, KindNotHere, SpaceArchived: as they say.
        BadChallenge, BadPrize, TooManyPrizes: as they say.

    """
    rules.checked_span(starts_on, ends_on, day_of(now))
    earned = rules.prizes(prizes, (ends_on - starts_on).days + 1)
    made, is_new = say(community=community, by=by, text=text, now=now, key=key, kind="checkin", space=space)
    if is_new:
        Challenge.objects.create(
            community=community, post=made, mode=mode if mode in MODES else "streak", starts_on=starts_on, ends_on=ends_on,
            makeups=rules.checked_makeups(makeups), hides_ranking=hides_ranking, prizes=[[p.days, p.name] for p in earned],
        )  # fmt: skip
    return one(community, made.pk, reader=by)


@transaction.atomic
def check_in(
    *, community: Community, post_id: int, text: str, by: Person, now: datetime, on: date | None = None, key: str = ""
) -> ChallengePage:
    """Check in for today, or make up a missed day, with some words or a picture of it: they are a reply in the thread.

    A day is a day of the server's clock. Two check-ins for one day are one: the second is refused, and its text not said.

    Raises:
        MembersOnly, PostGone, NotAChallenge, EmptyText, TextTooLong, SentAlready: as they say.
        NotRunning, CheckedInAlready, NoMakeups: as they say.

    """
    checked_place(community, by)
    held(community, post_id)
    row, today = challenge_row(community, post_id), day_of(now)
    day = on or today
    if not challenge_value(row).runs_on(day) or day > today:
        raise NotRunning
    mine = Checkin.objects.filter(challenge=row, person=by)
    if mine.filter(on=day).exists():
        raise CheckedInAlready
    is_makeup = day < today
    if is_makeup and mine.filter(is_makeup=True).count() >= row.makeups:
        raise NoMakeups(limit=row.makeups)
    said = say_checkin(community=community, to=post_id, text=text, by=by, now=now, key=key)
    try:
        with transaction.atomic():
            Checkin.objects.create(challenge=row, person=by, on=day, reply=said, is_makeup=is_makeup, at=now)
    except IntegrityError:
        raise CheckedInAlready from None
    return _page(community, row, by, now)


def _page(community: Community, row: Challenge, by: Person, now: datetime) -> ChallengePage:
    Post.objects.filter(pk=row.pk).update(version=F("version") + 1)
    tell(community=community, kind="edit", root_id=row.pk, post_id=row.pk, now=now)
    return challenge(community, row.pk, reader=by, now=now)


def _of_starter(community: Community, post_id: int, by: Person) -> Challenge:
    place = checked_place(community, by)
    held(community, post_id)
    row = challenge_row(community, post_id)
    check_open(community, row.post, by)
    if not place.is_staff and row.post.author_id != by.pk:
        raise OnlyTheStarter
    return row


@transaction.atomic
def feature_checkin(
    *, community: Community, post_id: int, reply_id: int, by: Person, now: datetime, is_featured: bool = True
) -> ChallengePage:
    """Put a check-in among the best (精选), or take it out.

    Raises:
        MembersOnly, PostGone, NotAChallenge, OnlyTheStarter, NoSuchCheckin: as they say.

    """
    row = _of_starter(community, post_id, by)
    if not Checkin.objects.filter(challenge=row, reply=reply_id).update(is_featured=is_featured):
        raise NoSuchCheckin
    kind = "connect.checkin_featured" if is_featured else "connect.checkin_unfeatured"
    note_deed(community=community, kind=kind, by=by, subject=f"post:{reply_id}", now=now)
    return _page(community, row, by, now)


@transaction.atomic
def hide_ranking(*, community: Community, post_id: int, by: Person, now: datetime, is_hidden: bool) -> ChallengePage:
    """Hide the ranking of a challenge from everybody but who started it and who runs the community, or show it.

    Raises:
        MembersOnly, PostGone, NotAChallenge, OnlyTheStarter: as they say.

    """
    row = _of_starter(community, post_id, by)
    Challenge.objects.filter(pk=row.pk).update(hides_ranking=is_hidden)
    return _page(community, row, by, now)


@transaction.atomic
def prize_list(*, community: Community, post_id: int, by: Person) -> list[Winner]:
    """Return who earned which prize and when, for who gives them.

    Raises:
        MembersOnly, PostGone, NotAChallenge, OnlyTheStarter: as they say.

    """
    return winners_of(community, _of_starter(community, post_id, by))
