"""Forgetting what an invented community shared."""

from django.db import transaction

from kith.people.api import Community
from kith.share.data import SharesAreReal
from kith.share.models import Pool, Promise, Rule, Sale, Sign


@transaction.atomic
def drop_shares(*, community: Community) -> int:
    """Forget every rule and promise of an invented community; its value book is dropped by the ledger. Returns how many sales.

    Raises:
        SharesAreReal: the community is real.

    """
    if not community.is_demo:
        raise SharesAreReal
    count = Sale.objects.filter(community=community).count()
    for model in (Promise, Sale, Rule, Sign, Pool):
        model.objects.filter(community=community).delete()
    return count
