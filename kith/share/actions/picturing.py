"""Letting everybody see where a price goes."""

from datetime import datetime

from django.db import transaction

from kith.people.api import Community, Person, note_deed
from kith.share.actions.ruling import check_founds
from kith.share.models import Shown


@transaction.atomic
def show_where(*, community: Community, offer_id: int, is_shown: bool, by: Person, now: datetime) -> bool:
    """Let everybody see where the price of an offer goes, or no longer; return which.

    Raises:
        FoundersOnly: `by` is not the founder.

    """
    check_founds(community, by)
    if is_shown:
        Shown.objects.get_or_create(community=community, offer_id=offer_id, defaults={"by": by, "at": now})
    else:
        Shown.objects.filter(community=community, offer_id=offer_id).delete()
    note_deed(
        community=community,
        kind="share.picture_shown",
        by=by,
        now=now,
        subject=f"offer:{offer_id}",
        detail={"is_shown": is_shown},
    )
    return is_shown
