"""Reads on flags: what waits for a decision, what was decided, what concerns oneself."""

from django.db.models import Q, QuerySet

from kith.connect.data import CaseValue, FlagValue
from kith.connect.models import Case, Flag
from kith.people.api import Community, Person

SHOWN = 50


def as_case(row: Case, *, with_flags: bool = True) -> CaseValue:
    post = row.post
    flags = [FlagValue(f.by_id, f.by.name, f.rule, f.note, f.at) for f in row.flags.all()] if with_flags else []
    return CaseValue(
        row.pk, row.post_id, post.root_id or post.pk, row.author_id, row.author.name, row.text or post.text, row.state,
        row.opened_at, post.blurred_at is not None, tuple(flags), row.outcome, row.reason, row.decided_at, row.decided_by_id,
        row.decided_by.name if row.decided_by else "", row.appeal, row.appeal_state, row.appealed_at, row.appeal_reason,
        row.appeal_by.name if row.appeal_by else "",
    )  # fmt: skip


def case_rows(community: Community) -> "QuerySet[Case]":
    rows = Case.objects.filter(community=community).select_related("post", "author", "decided_by", "appeal_by")
    return rows.prefetch_related("flags__by")


def cases(community: Community, *, limit: int = SHOWN) -> list[CaseValue]:
    """Return what waits for a decision: flagged texts and appeals, the oldest first."""
    rows = case_rows(community).filter(Q(state="open") | Q(appeal_state="open"))
    return [as_case(c) for c in rows.order_by("pk")[:limit]]


def decided_cases(community: Community, *, limit: int = SHOWN) -> list[CaseValue]:
    """Return past decisions, newest first."""
    rows = case_rows(community).exclude(state="open").exclude(appeal_state="open")
    return [as_case(c) for c in rows.order_by("-decided_at", "-pk")[:limit]]


def cases_of(community: Community, author: Person, *, limit: int = SHOWN) -> list[CaseValue]:
    """Return the cases about somebody's own words, newest first, without who flagged."""
    rows = case_rows(community).filter(author=author).order_by("-pk")[:limit]
    return [as_case(c, with_flags=False) for c in rows]


def flagged_by(community: Community, person: Person, *, limit: int = SHOWN) -> list[CaseValue]:
    """Return the cases somebody flagged, newest first, without who else did."""
    rows = case_rows(community).filter(flags__by=person).order_by("-pk")[:limit]
    return [as_case(c, with_flags=False) for c in rows]


def count_cases(community: Community) -> int:
    """Count what waits for a decision."""
    return Case.objects.filter(Q(state="open") | Q(appeal_state="open"), community=community).count()


def record_of(community: Community, person_id: int) -> tuple[int, int]:
    """Return how many flags of somebody were upheld and dismissed."""
    rows = Flag.objects.filter(community=community, by=person_id)
    return rows.filter(case__state="upheld").count(), rows.filter(case__state="dismissed").count()
