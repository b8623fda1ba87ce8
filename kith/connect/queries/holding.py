"""Reads on texts that wait to be read."""

from kith.connect.data import HeldText
from kith.connect.models import Held
from kith.people.api import Community, Person

SHOWN = 50


def as_held(row: Held) -> HeldText:
    return HeldText(
        row.pk, row.author_id, row.author.name, row.kind, row.text, row.at, row.state, row.space.name if row.space else "",
        row.root_id, row.reason, row.decided_at, row.decided_by.name if row.decided_by else "", row.post_id,
    )  # fmt: skip


def held(community: Community, *, state: str = "waiting", limit: int = SHOWN) -> list[HeldText]:
    """Return texts that wait, the oldest first; or what was decided on, the newest first."""
    rows = Held.objects.select_related("author", "space", "decided_by").filter(community=community, state=state)
    return [as_held(h) for h in rows.order_by("at" if state == "waiting" else "-decided_at", "pk")[:limit]]


def held_of(community: Community, author: Person, *, limit: int = SHOWN) -> list[HeldText]:
    """Return somebody's own texts that wait or were declined, newest first."""
    rows = Held.objects.select_related("author", "space", "decided_by").filter(community=community, author=author)
    return [as_held(h) for h in rows.exclude(state="approved").order_by("-at", "-pk")[:limit]]


def count_held(community: Community) -> int:
    """Count the texts that wait."""
    return Held.objects.filter(community=community, state="waiting").count()
