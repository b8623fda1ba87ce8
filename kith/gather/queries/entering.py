"""Reads of gather: who waits at the door."""

from django.db.models import QuerySet

from kith.gather.data import Applied
from kith.gather.models import Application
from kith.people.api import Community, Person


def applied(row: Application) -> Applied:
    """Map an application loaded with its people (`_rows`)."""
    answers = [(q, a) for q, a in row.answers]
    return Applied(
        row.pk, row.person_id, row.person.name, answers, row.made_at, row.state, row.reason, row.decided_at,
        row.decided_by.name if row.decided_by else "", row.sponsor_named, row.sponsor_id,
        row.sponsor.name if row.sponsor else "", row.sponsor_state,
    )  # fmt: skip


def _rows(community: Community) -> "QuerySet[Application]":
    return Application.objects.select_related("person", "sponsor", "decided_by").filter(community=community)


def waiting(community: Community) -> list[Applied]:
    """Return pending applications, oldest first."""
    return [applied(r) for r in _rows(community).filter(state="pending").order_by("made_at", "pk")]


def count_waiting(community: Community) -> int:
    """Count pending applications."""
    return Application.objects.filter(community=community, state="pending").count()


def decided(community: Community, *, state: str = "", before: int | None = None, limit: int = 50) -> list[Applied]:
    """Return past decisions, newest application first; only those of a `state`, and made before one of that id."""
    rows = _rows(community).exclude(state="pending")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(pk__lt=before) if before else rows
    return [applied(r) for r in rows.order_by("-pk")[:limit]]


def application(community: Community, application_id: int) -> Applied | None:
    """Return one application. One query."""
    row = _rows(community).filter(pk=application_id).first()
    return applied(row) if row else None


def application_of(community: Community, person: Person) -> Applied | None:
    """Return somebody's latest application."""
    row = _rows(community).filter(person=person).order_by("-pk").first()
    return applied(row) if row else None


def applications_of(person: Person) -> list[tuple[Community, Applied]]:
    """Return where somebody applied, latest first, and how it stands; the latest for each community. One query."""
    rows = Application.objects.select_related("community", "person", "sponsor", "decided_by").filter(person=person)
    found: dict[int, tuple[Community, Applied]] = {}
    for row in rows.order_by("-pk")[:50]:
        found.setdefault(row.community_id, (row.community, applied(row)))
    return list(found.values())
