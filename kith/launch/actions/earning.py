"""Money paid for a time that is still to come: earned day by day through the value book, not when it is paid."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kith.launch import rules
from kith.launch.actions.states import locked, raised
from kith.launch.models import Order, Term
from kith.launch.queries import refundable, unearned_of
from kith.launch.rules import Refundable, tax_within
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Posting

BATCH = 2000
Triples = list[tuple[int, int, int]]


def earning_moves(order: Order, source: AccountName, lines: dict[int, Refundable]) -> list[NewMove]:
    """Return where the net of a final order goes: to sales, for a membership to what is unearned of it."""
    terms = {t.n: t for t in Term.objects.filter(order=order)}
    moves, sales = [], 0
    for line in lines.values():
        net = line.left_minor - tax_within(line.left_minor, line.tax_ppm)
        if net and line.n in terms:
            moves.append(NewMove(source, unearned_of(terms[line.n], order.currency), net))
        else:
            sales += net
    return moves + ([NewMove(source, AccountName("sales", order.currency), sales)] if sales else [])


def taken_back(order: Order, net_by_line: dict[int, int], aside: AccountName) -> list[NewMove]:
    """Return the moves that give back the net of a final order: of a membership first what is unearned, then what was earned."""
    terms = {t.n: t for t in Term.objects.filter(order=order)}
    moves, sales = [], 0
    for n, net in net_by_line.items():
        account = unearned_of(terms[n], order.currency) if n in terms else None
        there = min(net, ledger.balance(order.community, account)) if account else 0
        if there and account:
            moves.append(NewMove(account, aside, there))
        sales += net - there
    return moves + ([NewMove(AccountName("sales", order.currency), aside, sales)] if sales else [])


def earn_due(*, now: datetime, limit: int = BATCH) -> int:
    """Earn what of each membership was used until this day began, each in a transaction of its own. Run twice a day, it does so once.

    Returns how many terms. A day that was missed is earned with the next.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Term.objects.select_related("order__community").filter(
        order__final_at__isnull=False, is_earned=False, starts_at__lt=today
    )
    due = rows.exclude(earned_until=today).order_by("earned_until", "pk")[:limit]
    return sum(_earn(term, today) for term in due)


@transaction.atomic
def _earn(found: Term, until: datetime) -> bool:
    order = locked(found.order.community, found.order.no)
    term = Term.objects.get(pk=found.pk)
    if term.earned_until == until or order.final_at is None:
        return False
    line = refundable(order)[term.n]
    kept = line.left_minor - tax_within(line.left_minor, line.tax_ppm)
    is_over = term.ended_at is not None or term.ends_at <= until
    account = unearned_of(term, order.currency)
    there = ledger.balance(order.community, account)
    target = kept if is_over else rules.earned_minor(kept, term.starts_at, term.ends_at, until)
    move = there if is_over else min(there, max(0, target - (kept - there)))
    if move:
        posting = Posting(
            f"earn:{term.pk}:{until:%Y-%m-%d}", "earn", [NewMove(account, AccountName("sales", order.currency), move)], until, ("term", term.pk)
        )  # fmt: skip
        raised(ledger.post_many(community=order.community, postings=[posting]))
    Term.objects.filter(pk=term.pk).update(earned_until=until, is_earned=is_over)
    return True
