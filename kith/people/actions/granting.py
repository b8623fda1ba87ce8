"""Grants: what somebody may enter for a time. Who grants knows why; who guards a door asks for `Rights`."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from kith.people.models import Community, Grant, Person


def grant(
    *, community: Community, person: Person, what: str, from_at: datetime, until_at: datetime, cause: str
) -> None:
    """Let somebody enter what is called `what` for a time; the same cause grants once."""
    facts = {"person": person, "what": what, "from_at": from_at, "until_at": until_at}
    Grant.objects.get_or_create(community=community, cause=cause, defaults=facts)


def cut_grant(*, community: Community, cause: str, at: datetime) -> None:
    """End a grant earlier; one that has not begun never does."""
    rows = Grant.objects.filter(community=community, cause=cause, until_at__gt=at)
    rows.update(until_at=Greatest("from_at", Value(at)))
