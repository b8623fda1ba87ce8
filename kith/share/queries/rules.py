"""Versions of who gets what."""

from datetime import datetime

from kith.people.api import Community
from kith.share.data import Cut, RuleValue, SignValue
from kith.share.models import Rule, Sign


def cuts_of(row: Rule) -> tuple[Cut, ...]:
    return tuple(Cut(**cut) for cut in row.cuts)


def _as_rule(row: Rule) -> RuleValue:
    signed_by = row.signed.name if row.signed else ""
    return RuleValue(row.version, cuts_of(row), row.by.name, row.at, signed_by, row.withheld_ppm)


def rules_of(community: Community) -> list[RuleValue]:
    """Return every version there was, newest first. One query."""
    rows = Rule.objects.select_related("by", "signed").filter(community=community)
    return [_as_rule(row) for row in rows.order_by("-version")]


def rule_at(community: Community, at: datetime) -> Rule | None:
    """Return the version in force at a moment, or None before the first."""
    return Rule.objects.filter(community=community, at__lte=at).order_by("-version").first()


def sign_of(community: Community, text_version: int) -> SignValue | None:
    """Return who signed this text for a second tier."""
    found = Sign.objects.filter(community=community, text_version=text_version).first()
    return SignValue(found.text_version, found.name, found.by_id, found.at) if found else None


def pays_second(community: Community, *, at: datetime) -> bool:
    """Tell whether a sale of that moment pays a second tier: a rule says so, under the founder's signature."""
    row = rule_at(community, at)
    return row is not None and row.signed_id is not None and any(cut.role == "second" for cut in cuts_of(row))
