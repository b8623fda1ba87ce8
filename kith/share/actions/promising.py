"""From a paid sale to what is owed: promised, reduced by refunds, released, clawed back. Callers hold what was sold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Overdraft, Posting
from kith.lib.errors import Refusal
from kith.people.api import Community
from kith.share import rules
from kith.share.data import OtherSale, Payee, PromiseValue
from kith.share.data import Sale as Sold
from kith.share.models import Promise, Sale
from kith.share.queries import account_of, cuts_of, promises_of_sale, rule_at, sale_row


@transaction.atomic
def promise(*, community: Community, sale: Sold, now: datetime) -> list[PromiseValue]:
    """Freeze who gets what of a sale that was paid, under the rule of that moment; without a rule nothing is shared.

    Nothing is posted: until refunds are over the money is the buyer's as much as anybody's. The same sale again is the first
    one; `sale.key` is the key.

    Raises:
        BadCredits: those who are credited with it weigh more than the whole.
        OtherSale: the key was shared before, with other content.

    """
    rules.check_credits(sale.credits)
    digest, rule = rules.sale_digest(sale), rule_at(community, sale.paid_at)
    if rule is None:
        return []
    bases = {str(line.n): line.base_minor for line in sale.lines}
    row, is_new = Sale.objects.get_or_create(
        community=community, key=sale.key,
        defaults={
            "digest": digest, "campaign_id": sale.campaign_id, "currency": sale.currency, "rule": rule, "bases": bases,
            "paid_at": sale.paid_at, "due_at": sale.refund_closes_at,
        },
    )  # fmt: skip
    if row.digest != digest:
        raise OtherSale(key=sale.key)
    if is_new:
        drafted = rules.promised(cuts_of(rule), sale)
        Promise.objects.bulk_create([_row(row, d) for d in drafted if d.amount_minor or d.rate_ppm])
    return promises_of_sale(community, sale.key)


def _row(sale: Sale, d: rules.Drafted) -> Promise:
    return Promise(
        community_id=sale.community_id, sale=sale, n=d.n, role=d.payee.role, person_id=d.payee.person_id or None,
        pool_id=d.payee.pool_id or None, rate_ppm=d.rate_ppm, amount_minor=d.amount_minor, kept_minor=d.amount_minor,
    )  # fmt: skip


def expect(*, community: Community, key: str, at: datetime) -> None:
    """Say when a sale can no longer be refunded: for goods that is known once they are sent."""
    Sale.objects.filter(community=community, key=key, state="held").update(due_at=at)


@transaction.atomic
def release(*, community: Community, key: str, now: datetime) -> bool:
    """Owe what was promised of a sale that is final: from the community's sales to everybody's account. Once.

    The caller has posted the sale itself before; this locks accounts of people, so it is the last posting of its transaction.
    """
    row = Sale.objects.select_for_update(no_key=True).filter(community=community, key=key, state="held").first()
    if row is None:
        return False
    Sale.objects.filter(pk=row.pk).update(state="released", released_at=now)
    owed: dict[AccountName, int] = defaultdict(int)
    for p in Promise.objects.filter(sale=row, kept_minor__gt=0).exclude(role="house"):
        owed[_account(p, row.currency)] += p.kept_minor
    if owed:
        for name in sorted(owed, key=lambda n: n.owner_id):
            allow_debt(community, name)
        moves = [NewMove(AccountName("sales", row.currency), to, amount) for to, amount in owed.items()]
        ledger.post(community=community, key=f"share:{key}", kind="share", moves=moves, by=None, cause=("sale", row.pk), at=now)  # fmt: skip
    return True


def _account(p: Promise, currency: str) -> AccountName:
    return account_of(Payee(p.role, p.person_id or 0, p.pool_id or 0), currency)


def allow_debt(community: Community, name: AccountName) -> None:
    """Give somebody's first share an account that refunds can bring below zero: later shares pay that back."""
    if name.role == "share" and ledger.account(community, name) is None:
        ledger.open_account(community=community, name=name, floor=-rules.DEBT_LIMIT_MINOR)


def freeze(*, community: Community, key: str, is_frozen: bool) -> None:
    """Leave what was shared of a sale where it is while the sale is disputed, or let it go on; said again it changes nothing."""
    Sale.objects.filter(community=community, key=key).update(is_frozen=is_frozen)


@transaction.atomic
def adjust(*, community: Community, key: str, bases: Mapping[int, int], now: datetime) -> bool:
    """Have the promises of a sale sum to what is left of its lines: less after a refund, more after one that failed.

    Before the release rows change and nothing else. After it what was too much is clawed back, below zero down to the debt
    allowed; the rest the community bears, as a cost that can be seen: a buyer's refund never waits for anybody. Saying what is left,
    not what went, makes it harmless to say again.
    """
    if sale_row(community, key) is None:
        return False
    row = Sale.objects.select_for_update(no_key=True).get(community=community, key=key)
    changes: list[tuple[Promise, int]] = []
    rows = list(Promise.objects.filter(sale=row).order_by("pk"))
    for n, base in bases.items():
        of_line = {p.pk: p for p in rows if p.n == n}
        moved = rules.moved(
            {pk: p.kept_minor for pk, p in of_line.items()}, {pk: p.amount_minor for pk, p in of_line.items()}, base
        )
        changes += [(of_line[pk], change) for pk, change in moved.items()]
    if not changes:
        return False
    for p, change in changes:
        p.kept_minor += change
    row.changes += 1
    row.save(update_fields=["changes"])
    if row.state == "released":
        _claw(community, row, [(p, change) for p, change in changes if p.role != "house"], now)
    Promise.objects.bulk_update([p for p, _ in changes], ["kept_minor", "borne_minor"])
    return True


def _claw(community: Community, row: Sale, changes: Sequence[tuple[Promise, int]], now: datetime) -> None:
    """Post what changed after the release; of whoever cannot give all of it back, what they can.

    The first posting locks all accounts, refused or not, so nothing moves before the next. Each round the community bears what
    was short; somebody may be short twice, by two promises.
    """
    borne = {p.pk: 0 for p, _ in changes}
    pending = list(changes)
    while pending:
        postings = [_posting(row, p, change, borne[p.pk], now) for p, change in pending]
        outcomes = ledger.post_many(community=community, postings=postings)
        again = []
        for (p, change), outcome in zip(pending, outcomes, strict=True):
            if isinstance(outcome, Overdraft):
                borne[p.pk] = min(borne[p.pk] + outcome.missing, -change)
                again.append((p, change))
            elif isinstance(outcome, Refusal):
                raise outcome
        pending = again
    for p, change in changes:
        p.borne_minor += borne[p.pk] if change < 0 else -min(p.borne_minor, change)


def _posting(row: Sale, p: Promise, change: int, borne: int, now: datetime) -> Posting:
    """Return what takes back a part of a share, `borne` of it from the community; or gives back what was taken."""
    sales, cost = AccountName("sales", row.currency), AccountName("refund_cost", row.currency)
    account = _account(p, row.currency)
    if change < 0:
        parts = [(account, sales, -change - borne), (cost, sales, borne)]
    else:
        back = min(p.borne_minor, change)
        parts = [(sales, cost, back), (sales, account, change - back)]
    moves = [NewMove(src, dst, amount) for src, dst, amount in parts if amount]
    return Posting(
        f"claw:{row.key}:{row.changes}:{p.pk}", "claw" if change < 0 else "unclaw", moves, now, ("sale", row.pk)
    )
