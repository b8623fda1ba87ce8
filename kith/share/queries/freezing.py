"""What of somebody's account may not go out yet: shares of sales that are disputed."""

from collections.abc import Iterable

from django.db.models import Sum

from kith.people.api import Community
from kith.share.models import Promise


def frozen_of(community: Community, currency: str, people: Iterable[int] | None = None) -> dict[int, int]:
    """Return by person what was released of sales that are disputed now; nobody for whom it is nothing. One query."""
    rows = Promise.objects.filter(
        community=community, sale__is_frozen=True, sale__state="released", sale__currency=currency, person__isnull=False, kept_minor__gt=0
    )  # fmt: skip
    if people is not None:
        rows = rows.filter(person__in=people)
    return dict(rows.order_by().values_list("person").annotate(Sum("kept_minor")))


def promised_by_launch(community: Community, person_id: int, campaign_id: int) -> dict[str, int]:
    """Return what of a launch was promised to somebody, by state of its sales: held, or released. One query."""
    rows = Promise.objects.filter(community=community, person=person_id, sale__campaign_id=campaign_id)
    return dict(rows.order_by().values_list("sale__state").annotate(Sum("kept_minor")))
