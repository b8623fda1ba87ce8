"""Reads of group codes."""

from datetime import date, datetime, timedelta

from django.db.models import F, Prefetch, QuerySet

from kith.connect.data import ChatGroup as GroupValue
from kith.connect.data import GroupCode as Value
from kith.connect.data import NoSuchGroupCode
from kith.connect.models import ChatGroup, GroupCode, GroupCodeDay
from kith.connect.queries.daily import day_of
from kith.connect.rules import group_codes as rules
from kith.lib.codes import CODE
from kith.people.api import Community

VISITS_DAYS = 30


def group_value(row: ChatGroup, now: datetime) -> GroupValue:
    taken = row.heads + row.shown
    state = rules.state(
        has_picture=bool(row.digest), uploaded_at=row.uploaded_at, valid_days=row.valid_days, taken=taken,
        limit=row.limit, now=now,
    )  # fmt: skip
    return GroupValue(
        row.pk, row.name, row.limit, row.heads, row.shown, row.digest, row.uploaded_at, row.valid_days, state
    )


def group_code_value(row: GroupCode, now: datetime) -> Value:
    """Map a row loaded with its groups and days."""
    groups = tuple(group_value(g, now) for g in row.groups.all())
    visits = tuple((d.on, d.visits) for d in row.days.all())
    return Value(
        row.pk, row.code, row.title, row.note, row.made_at, row.closed_at, groups, rules.current(groups), visits
    )


def _rows(now: datetime) -> "QuerySet[GroupCode]":
    since = day_of(now) - timedelta(days=VISITS_DAYS - 1)
    return GroupCode.objects.select_related("community").prefetch_related(
        Prefetch("groups", ChatGroup.objects.order_by("position", "pk")),
        Prefetch("days", GroupCodeDay.objects.filter(on__gte=since).order_by("on")),
    )


def group_codes_of(community: Community, *, now: datetime) -> list[Value]:
    """Return the group codes of a community, the open ones first, then the newest. Three queries."""
    rows = _rows(now).filter(community=community).order_by(F("closed_at").desc(nulls_first=True), "-made_at", "-pk")
    return [group_code_value(row, now) for row in rows]


def group_code(community: Community, group_code_id: int, *, now: datetime) -> Value:
    """Return one of them.

    Raises:
        NoSuchGroupCode: there is none of this id here.

    """
    row = _rows(now).filter(community=community, pk=group_code_id).first()
    if row is None:
        raise NoSuchGroupCode
    return group_code_value(row, now)


def group_code_at(code: str, *, now: datetime) -> tuple[Community, Value]:
    """Return the open group code of an address, and whose it is.

    Raises:
        NoSuchGroupCode: it was closed, or never was.

    """
    row = _rows(now).filter(code=code, closed_at=None).first() if CODE.fullmatch(code) else None
    if row is None:
        raise NoSuchGroupCode
    return row.community, group_code_value(row, now)


def count_needing(community: Community, *, now: datetime) -> int:
    """Count the group codes that need a new picture."""
    return sum(found.needs for found in group_codes_of(community, now=now))


def visits_of(found: Value, on: date) -> int:
    return dict(found.visits).get(on, 0)


def running_out(*, now: datetime) -> list[tuple[Community, Value, GroupValue]]:
    """Return the chat groups whose code runs out soon or did, and of which nobody was warned; in every community."""
    rows = ChatGroup.objects.filter(group_code__closed_at=None, warned_at=None, valid_days__gt=0).exclude(digest="")
    waiting = [row.pk for row in rows if group_value(row, now).state in {"ageing", "expired"}]
    found = _rows(now).filter(groups__in=waiting, closed_at=None).distinct()
    return [
        (row.community, group_code_value(row, now), group_value(g, now))
        for row in found
        for g in row.groups.all()
        if g.pk in waiting
    ]
