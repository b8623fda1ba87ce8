"""Pools: setting money aside for those who contribute, and giving it out."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Overdraft
from kith.lib.text import clean_line
from kith.people.api import Community, Person, note_deed
from kith.share import rules
from kith.share.actions.paying import check_runs
from kith.share.actions.promising import allow_debt
from kith.share.actions.ruling import check_founds
from kith.share.data import (
    POLICIES,
    BadPool,
    NobodyContributed,
    OtherPayout,
    PoolEmpty,
    PoolRunValue,
    PoolTaken,
    PoolValue,
)
from kith.share.models import Gift, Pool, PoolRun, Pour
from kith.share.queries import contributions, paid_by, pool_account, pool_row, pool_runs, pools_of, scale_of
from kith.share.rules import pooling


@transaction.atomic
def make_pool(
    *, community: Community, name: str, policy: str, window_days: int, by: Person, now: datetime
) -> PoolValue:
    """Make a pool for those who contribute; a rule then feeds it. Its policy stays: another policy is another pool.

    Raises:
        FoundersOnly: `by` is not the founder.
        BadPool: no name, no such policy, or no window of 1 to 366 days.
        PoolTaken: there is one of that name.

    """
    check_founds(community, by)
    kept = clean_line(name)[:60]
    is_window = type(window_days) is int and 1 <= window_days <= pooling.WINDOW_DAYS_LIMIT
    if not kept or policy not in POLICIES or not is_window:
        raise BadPool
    try:
        with transaction.atomic():
            made = Pool.objects.create(community=community, name=kept, policy=policy, window_days=window_days, by=by, made_at=now)  # fmt: skip
    except IntegrityError:
        raise PoolTaken from None
    note_deed(community=community, kind="share.pool_made", by=by, now=now, subject=f"pool:{made.pk}")
    return next(p for p in pools_of(community) if p.id == made.pk)


@transaction.atomic
def give_out(*, community: Community, pool_id: int, currency: str, amount_minor: int, key: str, by: Person, now: datetime) -> PoolRunValue:  # fmt: skip
    """Give an amount of a pool to those who contributed, by its policy; it is then owed to them. With the same key: once.

    Raises:
        OperatorsPay, NoSuchPayee, BadPayoutKey, NothingPaidInCurrency: as they say.
        PoolEmpty: so much does not stand in it.
        NobodyContributed: there is nobody to give it to.
        OtherPayout: the key belongs to another.

    """
    check_runs(community, by)
    full = rules.checked_key(key)
    scale_of(currency)
    row = Pool.objects.select_for_update(no_key=True).get(pk=pool_row(community, pool_id).pk)
    if (known := PoolRun.objects.filter(community=community, key=full).first()) is not None:
        if (known.pool_id, known.currency, known.amount_minor) != (row.pk, currency, amount_minor):
            raise OtherPayout
        return _run(community, known.pk)
    if type(amount_minor) is not int or not 0 < amount_minor <= rules.PAYOUT_LIMIT:
        raise PoolEmpty
    given = contributions(community, row.window_days, now)
    parts = pooling.given_out(row.policy, given, paid_by(row, currency), amount_minor)
    if not parts:
        raise NobodyContributed
    run = PoolRun.objects.create(
        community=community, pool=row, key=full, currency=currency, policy=row.policy, amount_minor=amount_minor, by=by, at=now
    )  # fmt: skip
    Gift.objects.bulk_create(
        [Gift(community=community, run=run, person_id=p, points=sum(given[p].values()), amount_minor=n) for p, n in sorted(parts.items())]
    )  # fmt: skip
    _post(community, run, parts, by, now)
    note_deed(
        community=community,
        kind="share.pool_given",
        by=by,
        now=now,
        subject=f"pool:{row.pk}",
        detail={"amount_minor": amount_minor, "currency": currency, "people": len(parts)},
    )
    return _run(community, run.pk)


def _post(community: Community, run: PoolRun, parts: dict[int, int], by: Person, now: datetime) -> None:
    source, moves = pool_account(run.pool_id, run.currency), []
    for person_id, amount in sorted(parts.items()):
        account = AccountName("share", run.currency, "person", person_id)
        allow_debt(community, account)
        moves.append(NewMove(source, account, amount))
    try:
        ledger.post(community=community, key=f"gift:{run.pk}", kind="gift", moves=moves, by=by, cause=("gift", run.pk), at=now)  # fmt: skip
    except Overdraft:
        raise PoolEmpty from None


def _run(community: Community, pk: int) -> PoolRunValue:
    return next(r for r in pool_runs(community, limit=1000) if r.id == pk)


@transaction.atomic
def pour(*, community: Community, pool_id: int, currency: str, amount_minor: int, key: str, by: Person, now: datetime) -> PoolValue:  # fmt: skip
    """Put an amount of the fund into a pool. With the same key: once.

    Raises:
        FoundersOnly, NoSuchPayee, BadPayoutKey, NothingPaidInCurrency: as they say.
        PoolEmpty: so much does not stand in the fund.
        OtherPayout: the key belongs to another.

    """
    check_founds(community, by)
    full, row = rules.checked_key(key), pool_row(community, pool_id)
    scale_of(currency)
    if type(amount_minor) is not int or not 0 < amount_minor <= rules.PAYOUT_LIMIT:
        raise PoolEmpty
    made, is_new = Pour.objects.get_or_create(
        community=community, key=full, defaults={"pool": row, "currency": currency, "amount_minor": amount_minor, "by": by, "at": now}
    )  # fmt: skip
    if (made.pool_id, made.currency, made.amount_minor) != (row.pk, currency, amount_minor):
        raise OtherPayout
    if is_new:
        moves = [NewMove(AccountName("pool", currency, "fund"), pool_account(row.pk, currency), amount_minor)]
        try:
            ledger.post(community=community, key=f"pour:{made.pk}", kind="pour", moves=moves, by=by, cause=("pour", made.pk), at=now)  # fmt: skip
        except Overdraft:
            raise PoolEmpty from None
        note_deed(
            community=community,
            kind="share.pool_poured",
            by=by,
            now=now,
            subject=f"pool:{row.pk}",
            detail={"amount_minor": amount_minor, "currency": currency},
        )
    return next(p for p in pools_of(community) if p.id == row.pk)
