"""Forgetting what an invented community shared."""

from django.db import connection, transaction

from kith.people.api import Community
from kith.share.data import SharesAreReal
from kith.share.models import (
    Gift,
    Payout,
    PayTo,
    Pool,
    PoolRun,
    Pour,
    Promise,
    Rule,
    Sale,
    SandboxPayout,
    Shown,
    Sign,
    Statement,
)


@transaction.atomic
def drop_shares(*, community: Community) -> int:
    """Forget every rule and promise of an invented community; its value book is dropped by the ledger. Returns how many sales.

    Raises:
        SharesAreReal: the community is real.

    """
    if not community.is_demo:
        raise SharesAreReal
    count = Sale.objects.filter(community=community).count()
    refs = list(Payout.objects.filter(community=community).values_list("no", flat=True))
    SandboxPayout.objects.filter(ref__in=refs).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")
    for model in (Statement, Shown, Gift, PoolRun, Pour, Payout, PayTo, Promise, Sale, Rule, Sign, Pool):
        model.objects.filter(community=community).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
    return count
