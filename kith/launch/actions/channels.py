"""Asking people to bring a launch to others, and what they answer. It costs them nothing, and asks for no purchase."""

from datetime import datetime

from django.db import transaction

from kith.launch import rules
from kith.launch.actions.running import locked_campaign
from kith.launch.actions.sharing import adjust_shares, promise_shares
from kith.launch.actions.states import check_sells, locked, shift
from kith.launch.data import (
    AlreadyAsked,
    CannotBeAsked,
    ChannelValue,
    DisclosureMissing,
    DoubtValue,
    NoSuchDoubt,
    NothingMoreToAnswer,
    NotNow,
    OwnSale,
    RuleValue,
)
from kith.launch.models import Attribution, Campaign, Channel, ChannelRule, Doubt
from kith.launch.queries import (
    CHANNEL_WITH,
    as_channel,
    as_doubt,
    as_rule,
    campaign_row,
    channel_row,
    disclosure_whole,
    doubts_with,
    rule_of,
)
from kith.launch.rules.channels import DISCLOSURE_VERSION, check_rule
from kith.lib.codes import new_code
from kith.people import api as people
from kith.people.api import Community, Person, Standing
from kith.see import api as see

OVER = ("closed", "settled")
EVERYBODY = 10_000_000
SEEDS = 50  # as many are looked at; some of them cannot be asked


def may_be_asked(place: Standing) -> bool:
    """Tell whether somebody can be a channel: a person with an account who does not run the community."""
    return not (place.is_bot or place.is_imported or people.may_run(place))


@transaction.atomic
def propose_channels(*, community: Community, slug: str, count: int, by: Person, now: datetime) -> list[ChannelValue]:
    """Propose whom to ask, at most `count`: those to whom most others can be expected to turn (`see.launch_seeds`).

    Whoever keeps out of rankings or refuses measures is not among them, even if they did so a minute ago. Proposed again, the
    foreseen is foreseen anew; who was asked stays as they are. Returns those proposed now.

    Raises:
        SellersOnly, NoSuchLaunch: as they say.
        NotNow: the launch is over.

    """
    check_sells(community, by)
    row = _under_way(community, slug)
    see.look(community=community, now=now)
    seeds = see.launch_seeds(community, count=SEEDS, leave_out=_left_out(community)).seeds
    places = people.standings(community, [s.who.person_id for s in seeds])
    found = {
        s.who.person_id: s.adds
        for s in seeds
        if (p := places.get(s.who.person_id)) and may_be_asked(p) and not (p.hides_rank or p.refuses_measures)
    }
    first = dict(list(found.items())[: max(0, count)])
    Channel.objects.filter(campaign=row, status="proposed").exclude(person__in=first).delete()
    for person_id, adds in first.items():
        made, is_new = Channel.objects.get_or_create(
            campaign=row, person_id=person_id,
            defaults={"community": community, "code": new_code(), "proposed_at": now, "expected_people": adds},
        )  # fmt: skip
        if not is_new and made.status == "proposed":
            Channel.objects.filter(pk=made.pk, status="proposed").update(expected_people=adds, proposed_at=now)
    rows = Channel.objects.select_related(*CHANNEL_WITH).filter(campaign=row, status="proposed")
    return [as_channel(c) for c in rows.order_by("-expected_people", "pk")]


def _left_out(community: Community) -> set[int]:
    """Return who cannot be asked, so that nobody is counted on who is not there."""
    imported = people.members(community, limit=EVERYBODY, unclaimed=True)
    return people.unranked(community) | {r.pk for r in people.runners(community)} | {m.person_id for m in imported}


def _under_way(community: Community, slug: str) -> Campaign:
    row = campaign_row(community, slug)
    if row.status in OVER:
        raise NotNow
    return row


@transaction.atomic
def ask_channel(*, community: Community, slug: str, person_id: int, by: Person, now: datetime) -> ChannelValue:
    """Ask somebody to bring a launch to others, proposed or not. They find it among their launches.

    Raises:
        SellersOnly, NoSuchLaunch: as they say.
        CannotBeAsked: a program, somebody without an account or place here, who runs the community, or oneself.
        AlreadyAsked: they have been asked, whatever they said.
        NotNow: the launch is over.

    """
    check_sells(community, by)
    row = _under_way(community, slug)
    place = people.standings(community, [person_id]).get(person_id)
    if place is None or not may_be_asked(place) or person_id == by.pk:
        raise CannotBeAsked(name=place.name if place else "?")
    defaults = {"community": community, "code": new_code(), "proposed_at": now}
    made, _ = Channel.objects.get_or_create(campaign=row, person_id=person_id, defaults=defaults)
    if not shift(Channel.objects.filter(pk=made.pk), rules.CHANNEL, "asked", asked_at=now, asked_by=by):
        raise AlreadyAsked(name=place.name)
    people.note_deed(
        community=community,
        kind="launch.channel_asked",
        by=by,
        now=now,
        subject=f"launch:{row.slug}",
        person=made.person,
    )
    return as_channel(channel_row(community, made.code))


@transaction.atomic
def accept_channel(*, community: Community, code: str, by: Person, disclosure_version: int, now: datetime) -> ChannelValue:  # fmt: skip
    """Bring a launch to others from now on. The disclosure is kept in the words that were shown.

    Raises:
        NoSuchChannel: there is none, or it is somebody else's.
        DisclosureMissing: another version was accepted than the one that holds.
        NothingMoreToAnswer: it was closed, or the launch is over.
        CannotBeAsked: they run the community meanwhile, or have left it.

    """
    row = channel_row(community, code, person=by)
    place = people.standing(community, by)
    if place is None or not may_be_asked(place):
        raise CannotBeAsked(name=by.name)
    if disclosure_version != DISCLOSURE_VERSION:
        raise DisclosureMissing
    if row.status == "accepted":
        return as_channel(row)
    rows = Channel.objects.filter(pk=row.pk).exclude(campaign__status__in=OVER)
    changes = {
        "accepted_at": now,
        "answered_at": now,
        "disclosure": disclosure_whole(),
        "disclosure_version": DISCLOSURE_VERSION,
    }
    if not shift(rows, rules.CHANNEL, "accepted", **changes):
        raise NothingMoreToAnswer
    return as_channel(channel_row(community, code))


@transaction.atomic
def decline_channel(*, community: Community, code: str, by: Person, now: datetime) -> ChannelValue:
    """Say no; one may say yes later.

    Raises:
        NoSuchChannel: there is none, or it is somebody else's.
        NothingMoreToAnswer: it was answered, or closed.

    """
    row = channel_row(community, code, person=by)
    if not shift(Channel.objects.filter(pk=row.pk), rules.CHANNEL, "declined", answered_at=now):
        raise NothingMoreToAnswer
    return as_channel(channel_row(community, code))


@transaction.atomic
def close_channel(*, community: Community, code: str, by: Person, now: datetime) -> ChannelValue:
    """Stop: the promoter themselves, or who runs the community. New touches no longer count; what came before does.

    Raises:
        NoSuchChannel: there is none, or it is neither theirs nor theirs to run.
        NothingMoreToAnswer: it was closed, or never asked.

    """
    runs = people.may_run(people.standing(community, by))
    row = channel_row(community, code, person=None if runs else by)
    if not shift(Channel.objects.filter(pk=row.pk), rules.CHANNEL, "closed", closed_at=now):
        raise NothingMoreToAnswer
    people.note_deed(
        community=community,
        kind="launch.channel_closed",
        by=by,
        now=now,
        subject=f"launch:{row.campaign.slug}",
        person=row.person,
    )
    return as_channel(channel_row(community, code))


@transaction.atomic
def set_channel_rule(
    *, community: Community, slug: str, touch_days: int, bond_days: int, by: Person, now: datetime
) -> RuleValue:
    """Say how long touches count and buyers are bound, as a new version: orders from now on go by it, those before do not.

    Raises:
        SellersOnly, NoSuchLaunch, BadRule: as they say.

    """
    check_sells(community, by)
    check_rule(touch_days, bond_days)
    row = locked_campaign(community, slug)
    old = rule_of(row)
    if (old.touch_days, old.bond_days) == (touch_days, bond_days):
        return old
    made = ChannelRule.objects.create(
        community=community, campaign=row, version=old.version + 1, touch_days=touch_days, bond_days=bond_days, by=by, made_at=now
    )  # fmt: skip
    people.note_deed(
        community=community, kind="launch.channel_rule", by=by, now=now, subject=f"launch:{row.slug}",
        detail={"touch_days": touch_days, "bond_days": bond_days},
    )  # fmt: skip
    return as_rule(made)


@transaction.atomic
def judge_doubt(*, community: Community, doubt_id: int, is_fine: bool, by: Person, now: datetime) -> DoubtValue:
    """Say whether a doubted sale was fine; said once. Who stands in it may not. What it promises is promised now, as of its payment.

    Raises:
        SellersOnly, NoSuchDoubt: as they say.
        OwnSale: `by` is the buyer or the promoter.
        NotNow: somebody judged it.

    """
    check_sells(community, by)
    row = doubts_with(Doubt.objects.filter(community=community, pk=doubt_id)).first()
    if row is None:
        raise NoSuchDoubt
    order = locked(community, row.order.no)
    if order.buyer_id == by.pk or Attribution.objects.filter(order=order, person=by).exists():
        raise OwnSale
    if not Doubt.objects.filter(pk=row.pk, is_fine=None).update(is_fine=is_fine, judged_by=by, judged_at=now):
        raise NotNow
    people.note_deed(
        community=community,
        kind="launch.doubt_judged",
        by=by,
        now=now,
        subject=f"order:{order.no}",
        detail={"is_fine": is_fine},
    )
    promise_shares(order, due=order.final_due_at, paid_at=order.paid_at or now, now=now)
    adjust_shares(order, now)
    return as_doubt(row)
