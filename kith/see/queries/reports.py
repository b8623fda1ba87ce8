"""Reads of see: the report and what it measured of each member."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from kith.people.api import Community
from kith.see.data import Findings, NotMeasured
from kith.see.data import Measure as MeasureView
from kith.see.data import Report as ReportView
from kith.see.models import Measure, Report


@cache
def _shape() -> TypeAdapter[Findings]:
    return TypeAdapter(Findings)


def as_stored(found: Findings) -> dict[str, Any]:
    """Return findings as JSON knows them."""
    stored: dict[str, Any] = _shape().dump_python(found, mode="json")
    return stored


def as_report(found: Report) -> ReportView:
    return ReportView(found.made_at, found.at, found.took_seconds, _shape().validate_python(found.findings))


def measure(community: Community, person_id: int) -> MeasureView:
    """Return what the last report measured of a member. One query.

    Raises:
        NotMeasured: they refuse it, are a bot, came since, or never acted nor were turned to.
    """
    found = Measure.objects.filter(community=community, person_id=person_id).first()
    if found is None:
        raise NotMeasured
    return as_measure(found)


def at_stake(community: Community, *, limit: int = 50) -> tuple[MeasureView, ...]:
    """Return the members with most at stake, what would be lost first. One query."""
    rows = Measure.objects.filter(community=community, risk__isnull=False).order_by("-stake", "person_id")[:limit]
    return tuple(as_measure(row) for row in rows)


def as_measure(found: Measure) -> MeasureView:
    return MeasureView(
        found.person_id, found.first_at, found.last_at, found.acts, found.risk, found.stake, found.brokerage,
        found.cut_off, found.loss, found.facts,
    )  # fmt: skip
