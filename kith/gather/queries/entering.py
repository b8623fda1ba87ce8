"""Reads of gather: who waits at the door."""

from kith.gather.data import Applied
from kith.gather.models import Application
from kith.people.api import Community, Person


def applied(row: Application) -> Applied:
    answers = [(q, a) for q, a in row.answers]
    return Applied(row.pk, row.person_id, row.person.name, answers, row.made_at, row.state, row.reason)


def waiting(community: Community) -> list[Applied]:
    """Return pending applications, oldest first."""
    rows = Application.objects.select_related("person").filter(community=community, state="pending")
    return [applied(r) for r in rows.order_by("made_at", "pk")]


def count_waiting(community: Community) -> int:
    """Count pending applications."""
    return Application.objects.filter(community=community, state="pending").count()


def decided(community: Community, limit: int = 50) -> list[Applied]:
    """Return past decisions, newest first."""
    rows = Application.objects.select_related("person").filter(community=community).exclude(state="pending")
    return [applied(r) for r in rows.order_by("-decided_at", "-pk")[:limit]]


def application_of(community: Community, person: Person) -> Applied | None:
    """Return somebody's latest application."""
    row = (
        Application.objects.select_related("person").filter(community=community, person=person).order_by("-pk").first()
    )
    return applied(row) if row else None
