"""Reads of ideas: their extra, the board, the numbers, credits, owners."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kith.connect import rules
from kith.connect.data import Credit, CreditOf, IdeaNumbers, IdeaRow, IdeaValue, NotAnIdea, Owner
from kith.connect.models import Credited, Idea, ProductOwner, Support
from kith.connect.queries.authors import author_of
from kith.connect.queries.titles import titles
from kith.people.api import Community, Person, standings

BOARD_PAGE = 20
SORTS = {"support": ("-supports", "-pk"), "newest": ("-pk",)}
# What the reader did that shows on the card: they support it.
MARK = "SELECT '+' FROM connect_support s WHERE s.idea_id = p.id AND s.by_id = %(reader)s"


def idea_extras(community: Community, post_ids: Sequence[int], reader_id: int | None) -> dict[int, IdeaValue]:
    """Return what ideas have besides their text, by post. Four queries."""
    rows = Idea.objects.filter(community=community, pk__in=post_ids).select_related("decided_by", "shipped_by")
    mine = set(Support.objects.filter(idea__in=post_ids, by_id=reader_id).values_list("idea_id", flat=True)) if reader_id else set()  # fmt: skip
    named = _credits(community, post_ids)
    return {r.pk: _value(r, supported=r.pk in mine, named=named[r.pk]) for r in rows}


def _value(r: Idea, *, supported: bool, named: list[Credit]) -> IdeaValue:
    return IdeaValue(
        state=r.state, product=r.product, supports=r.supports, supported=supported, reason=r.reason, decided_at=r.decided_at,
        decided_by=r.decided_by.name if r.decided_by else "", shipped=r.shipped, shipped_at=r.shipped_at,
        shipped_by=r.shipped_by.name if r.shipped_by else "", credits=tuple(named),
    )  # fmt: skip


def _credits(community: Community, post_ids: Sequence[int]) -> dict[int, list[Credit]]:
    rows = list(Credited.objects.filter(idea__in=post_ids).select_related("person").order_by("at", "pk"))
    places = standings(community, [c.person_id for c in rows]) if rows else {}
    found: dict[int, list[Credit]] = defaultdict(list)
    for c in rows:
        found[c.idea_id].append(Credit(author_of(places, c.person), c.reply_id))
    return found


def idea_row(community: Community, post_id: int) -> Idea:
    """Return a standing idea.

    Raises:
        NotAnIdea: it is none, or is gone.

    """
    found = Idea.objects.filter(community=community, pk=post_id, post__deleted_at=None).select_related("post").first()
    if found is None:
        raise NotAnIdea
    return found


def board_ids(community: Community, *, state: str, product: str, sort: str, page: int) -> tuple[list[int], int, int]:
    """Return the ids of a page of the board, which page it is (past the last, the last) and how many there are."""
    rows = Idea.objects.filter(community=community, post__deleted_at=None)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(product=product) if product else rows
    pages = max(1, -(-rows.count() // BOARD_PAGE))
    at = min(max(1, page), pages)
    ordered = rows.order_by(*SORTS.get(sort, SORTS["support"])).values_list("pk", flat=True)
    return list(ordered[(at - 1) * BOARD_PAGE : at * BOARD_PAGE]), at, pages


def board_counts(community: Community) -> tuple[dict[str, int], list[str]]:
    """Return how many ideas are in each state, and the products they are about, most spoken of first. One query."""
    rows = list(Idea.objects.filter(community=community, post__deleted_at=None).values_list("state", "product"))
    products = Counter(product for _, product in rows if product)
    return dict(Counter(state for state, _ in rows)), [name for name, _ in products.most_common(20)]


def idea_numbers(community: Community, *, reader: Person | None, now: datetime, days: int = 365) -> IdeaNumbers:
    """Return how often, how fast and how many, of ideas proposed within so many days, with the rows; what is closed to the
    reader is counted and has no title. Four queries at most.
    """
    rows = Idea.objects.filter(community=community, post__deleted_at=None, post__at__gt=now - timedelta(days=days), post__at__lte=now)  # fmt: skip
    found = list(rows.select_related("post").order_by("-pk"))
    named = titles(community, [r.pk for r in found], reader=reader)
    kept = [IdeaRow(r.pk, named.get(r.pk, ""), r.state, r.post.at, r.decided_at, r.shipped_at) for r in found]  # fmt: skip
    return rules.numbers(kept, people=len({r.post.author_id for r in found}), days=days)


def credits_of(community: Community, person_id: int, *, reader: Person | None, limit: int = 20) -> list[CreditOf]:
    """Return the ideas somebody is credited for, the latest first, without what is closed to the reader. Four queries at most."""
    rows = Credited.objects.filter(idea__community=community, person=person_id, idea__post__deleted_at=None)
    found = list(rows.select_related("idea__post").order_by("-at", "-pk")[:limit])
    named = titles(community, [c.idea_id for c in found], reader=reader)
    return [
        CreditOf(c.idea_id, named[c.idea_id], c.idea.shipped, c.idea.shipped_at, c.idea.post.author_id == person_id)
        for c in found
        if c.idea_id in named
    ]


def product_owners(community: Community, **chosen: Any) -> list[Owner]:
    """Return who may decide on ideas besides those who run the community. Two queries."""
    rows = list(ProductOwner.objects.filter(community=community, **chosen).select_related("person").order_by("product", "pk"))  # fmt: skip
    places = standings(community, [r.person_id for r in rows])
    return [Owner(r.pk, author_of(places, r.person), r.product) for r in rows if r.person_id in places]


def owns(community: Community, person_id: int, product: str) -> bool:
    """Tell whether somebody was named to decide on ideas about a product."""
    return ProductOwner.objects.filter(community=community, person=person_id, product__in={"", product}).exists()
