"""Paying out what is owed: asked or proposed by one, approved by another, sent once."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Overdraft, Posting
from kith.lib.errors import Refusal
from kith.lib.machines import before, next_query
from kith.lib.numbers import new_number
from kith.lib.sealing import seal
from kith.lib.text import clean_line, clean_text
from kith.people.api import Community, Person, may_run, note_deed, standing
from kith.share import providers, rules
from kith.share.data import (
    ApproverNeeded,
    BadPayout,
    MoreThanOwed,
    NeedsPayTo,
    NoSuchPayout,
    OperatorsPay,
    OtherPayout,
    PayoutNotNow,
    PayoutServiceDown,
    PayoutValue,
    SaleDisputed,
    TransferProofMissing,
    UnknownPayoutWay,
)
from kith.share.models import Payout, PayTo
from kith.share.queries import as_payout, frozen_of, owed_by_person, payout_row, providers_of, rule_at, scale_of

log = logging.getLogger(__name__)
TO_LENGTH = 300
POLLED = 200


def check_runs(community: Community, by: Person) -> None:
    """Let pass who runs the community.

    Raises:
        OperatorsPay: they do not.

    """
    if not may_run(standing(community, by)):
        raise OperatorsPay


def set_pay_to(*, community: Community, text: str, by: Person, now: datetime) -> str:
    """Say where one's own money goes; payouts asked for before keep what was said then. An empty text forgets it."""
    kept = clean_text(text)[:TO_LENGTH].strip()
    if not kept:
        PayTo.objects.filter(community=community, person=by).delete()
        return ""
    sealed = seal(kept, secret=settings.SECRET_KEY, purpose="pay-to")
    PayTo.objects.update_or_create(community=community, person=by, defaults={"sealed": sealed, "at": now})
    return kept


@transaction.atomic
def ask_payout(*, community: Community, amount_minor: int, currency: str, key: str, by: Person, now: datetime) -> PayoutValue:  # fmt: skip
    """Ask for what is owed to oneself, or a part of it; it is set aside at once. With the same key: once.

    Raises:
        BadPayout, BadPayoutKey, NothingPaidInCurrency: by what was sent.
        NeedsPayTo: nobody knows where to.
        MoreThanOwed: so much is not owed, or was set aside already.
        OtherPayout: the key belongs to another.

    """
    found = PayTo.objects.filter(community=community, person=by).first()
    if found is None:
        raise NeedsPayTo
    full = f"own:{by.pk}:{rules.checked_key(key)}"
    (made,) = _drafted(community, [(found, amount_minor, full)], currency, by, now)
    return made


@transaction.atomic
def propose_payouts(*, community: Community, currency: str, least_minor: int, key: str, by: Person, now: datetime) -> list[PayoutValue]:  # fmt: skip
    """Propose to pay everybody to whom at least so much is owed and who said where to; another person approves each.

    Raises:
        OperatorsPay: `by` does not run the community.
        BadPayout, BadPayoutKey, NothingPaidInCurrency: by what was sent.
        MoreThanOwed: somebody asked for theirs at the same moment; nothing was proposed.

    """
    check_runs(community, by)
    run = f"run:{rules.checked_key(key)}:"
    if type(least_minor) is not int or least_minor <= 0:
        raise BadPayout
    if known := Payout.objects.filter(community=community, key__startswith=run).order_by("pk"):
        return [as_payout(payout_row(community, row.no)) for row in known]
    owed = owed_by_person(community, currency)
    there = PayTo.objects.filter(community=community, person__in=owed).order_by("person")
    frozen = frozen_of(community, currency)
    wanted = [
        (to, n, f"{run}{to.person_id}")
        for to in there
        if (n := owed[to.person_id] - frozen.get(to.person_id, 0)) >= least_minor
    ]
    return _drafted(community, wanted, currency, by, now)


def _drafted(community: Community, wanted: Sequence[tuple[PayTo, int, str]], currency: str, by: Person, now: datetime) -> list[PayoutValue]:  # fmt: skip
    """Write payouts down and set their money aside, all in one posting: nobody is promised the same cent twice. What is disputed stays."""
    scale_of(currency)
    frozen = frozen_of(community, currency, [to.person_id for to, _, _ in wanted])
    rule = rule_at(community, now)
    made, postings = [], []
    for to, amount, key in wanted:
        if type(amount) is not int or not 0 < amount <= rules.PAYOUT_LIMIT:
            raise BadPayout
        row, is_new = Payout.objects.get_or_create(
            community=community, key=key,
            defaults={
                "no": new_number(now), "person_id": to.person_id, "currency": currency, "amount_minor": amount, "sealed": bytes(to.sealed),
                "made_by": by, "made_at": now, "withheld_minor": rules.withheld(amount, rule.withheld_ppm if rule else 0),
            },
        )  # fmt: skip
        if (row.person_id, row.currency, row.amount_minor) != (to.person_id, currency, amount):
            raise OtherPayout
        made.append(row)
        if is_new:
            owed = AccountName("share", currency, "person", to.person_id)
            moves = [NewMove(owed, transit(row), amount)]
            postings.append(
                Posting(
                    f"payout:{row.no}",
                    "payout",
                    moves,
                    now,
                    ("payout", row.pk),
                    by.pk,
                    {owed: frozen.get(to.person_id, 0)},
                )
            )
    _post(community, postings)
    return [as_payout(payout_row(community, row.no)) for row in made]


def transit(row: Payout) -> AccountName:
    return AccountName("transit", row.currency, "payout", row.pk)


def _post(community: Community, postings: Sequence[Posting]) -> None:
    for outcome in ledger.post_many(community=community, postings=postings) if postings else []:
        if isinstance(outcome, Overdraft):
            raise MoreThanOwed
        if isinstance(outcome, Refusal):
            raise outcome


def _locked(community: Community, no: str) -> Payout:
    found = Payout.objects.select_for_update(no_key=True).filter(community=community, no=no).first()
    if found is None:
        raise NoSuchPayout
    return found


def _shift(row: Payout, to: str, **changes: object) -> bool:
    """Bring a payout to a state if it may come there, in one UPDATE; whoever comes second gets False."""
    rows = Payout.objects.filter(pk=row.pk, status__in=before(rules.PAYOUT, to))
    return bool(rows.update(status=to, **changes))


def approve_payout(*, community: Community, no: str, provider: str, by: Person, now: datetime) -> PayoutValue:
    """Approve a payout another person asked for or proposed, and send it where a provider does that.

    Call it outside a transaction: it is written down as sent before the provider hears of it.

    Raises:
        OperatorsPay, NoSuchPayout, UnknownPayoutWay: as they say.
        ApproverNeeded: `by` made it, or gets it.
        PayoutNotNow: it is approved, or over.
        SaleDisputed: what is left to them does not cover what is disputed by now.

    """
    check_runs(community, by)
    if provider not in providers_of(community):
        raise UnknownPayoutWay
    is_by_hand = provider == "manual"
    with transaction.atomic():
        row = _locked(community, no)
        if by.pk in {row.made_by_id, row.person_id}:
            raise ApproverNeeded
        _check_undisputed(community, row)
        if not _shift(row, "approved", provider=provider, approved_by=by, approved_at=now):
            raise PayoutNotNow
        _note(row, "share.payout_approved", by, now)
        if not is_by_hand:
            _shift(row, "sent", next_query_at=now)
    if not is_by_hand:
        _send(row.pk, now)
    return as_payout(payout_row(community, no))


def _note(row: Payout, kind: str, by: Person, now: datetime) -> None:
    note_deed(
        community=row.community, kind=kind, by=by, now=now, person=row.person, subject=f"payout:{row.no}",
        detail={"amount_minor": row.amount_minor, "currency": row.currency},
    )  # fmt: skip


def _check_undisputed(community: Community, row: Payout) -> None:
    frozen = frozen_of(community, row.currency, [row.person_id]).get(row.person_id, 0)
    if frozen and owed_by_person(community, row.currency).get(row.person_id, 0) < frozen:
        raise SaleDisputed


def _send(pk: int, now: datetime) -> None:
    """Have a provider pay what is written down. Asked again it is the same payout: it goes by our reference."""
    row = Payout.objects.get(pk=pk)
    Payout.objects.filter(pk=pk).update(tries=F("tries") + 1, next_query_at=next_query(row.tries, now))
    try:
        providers.REGISTRY[row.provider].send(row.no, row.amount_minor - row.withheld_minor, row.currency)
    except PayoutServiceDown:
        _shift(row, "unknown")


@transaction.atomic
def prove_payout(*, community: Community, no: str, note: str, by: Person, now: datetime) -> PayoutValue:
    """Say that an approved payout was transferred by hand, and what the transfer is found by.

    Raises:
        OperatorsPay, NoSuchPayout, TransferProofMissing: as they say.
        PayoutNotNow: it is not approved, goes by a provider, or is over.

    """
    check_runs(community, by)
    if not (kept := clean_line(note)[:200]):
        raise TransferProofMissing
    row = _locked(community, no)
    if row.provider != "manual" or not _shift(row, "done", note=kept, ended_at=now):
        raise PayoutNotNow
    _post(community, [_paid(row, now, by)])
    _note(row, "share.payout_proved", by, now)
    return as_payout(payout_row(community, no))


def _paid(row: Payout, now: datetime, by: Person | None) -> Posting:
    out = AccountName("bank", row.currency) if row.provider == "manual" else AccountName("gateway", row.currency, row.provider)  # fmt: skip
    kept = AccountName("withheld", row.currency)
    parts = ((out, row.amount_minor - row.withheld_minor), (kept, row.withheld_minor))
    moves = [NewMove(transit(row), to, amount) for to, amount in parts if amount]
    return Posting(f"paid:{row.no}", "paid", moves, now, ("payout", row.pk), by.pk if by else None)


def _back(row: Payout, now: datetime, by: Person | None) -> Posting:
    moves = [NewMove(transit(row), AccountName("share", row.currency, "person", row.person_id), row.amount_minor)]
    return Posting(f"unpaid:{row.no}", "unpaid", moves, now, ("payout", row.pk), by.pk if by else None)


@transaction.atomic
def cancel_payout(*, community: Community, no: str, by: Person, now: datetime) -> PayoutValue:
    """Call off a payout that was not sent; what was set aside is owed again. Its payee may while nobody approved it.

    Raises:
        NoSuchPayout: there is none, or it is somebody else's.
        PayoutNotNow: it was sent, or is over.

    """
    row = _locked(community, no)
    runs = may_run(standing(community, by))
    if not runs and row.person_id != by.pk:
        raise NoSuchPayout
    if (not runs and row.status != "drafted") or not _shift(row, "cancelled", ended_at=now):
        raise PayoutNotNow
    _post(community, [_back(row, now, by)])
    _note(row, "share.payout_cancelled", by, now)
    return as_payout(payout_row(community, no))


def take_outcome(*, no: str, provider: str, state: str, their_ref: str, now: datetime) -> str:
    """Book how a payout ended at its provider; return done, failed, or known when it had ended before, however."""
    with transaction.atomic():
        row = Payout.objects.select_for_update(no_key=True).select_related("community").get(no=no, provider=provider)
        if not _shift(row, state, their_ref=their_ref, ended_at=now, next_query_at=None):
            if row.status != state:
                log.error("payout %s: told %s by %s after it was %s", no, state, provider, row.status)
            return "known"
        _post(row.community, [_paid(row, now, None) if state == "done" else _back(row, now, None)])
    return state


def poll_payouts(*, now: datetime) -> int:
    """Ask about every payout whose end nobody told; never sends it under another reference. Returns about how many."""
    due = Payout.objects.filter(next_query_at__lte=now, status__in=("sent", "unknown")).order_by("next_query_at")
    rows = list(due[:POLLED])
    for row in rows:
        try:
            found = providers.REGISTRY[row.provider].query(row.no)
        except PayoutServiceDown:
            Payout.objects.filter(pk=row.pk).update(tries=F("tries") + 1, next_query_at=next_query(row.tries, now))
            continue
        if found is None:
            _send(row.pk, now)  # the provider may never have heard of it; the reference is the same
        elif found[0] != "waiting":
            take_outcome(no=row.no, provider=row.provider, state=found[0], their_ref=found[1], now=now)
        else:
            Payout.objects.filter(pk=row.pk).update(tries=F("tries") + 1, next_query_at=next_query(row.tries, now))
    return len(rows)


def end_in_sandbox(*, community: Community, no: str, how: str, by: Person, now: datetime) -> PayoutValue:
    """Let the sandbox pay a payout, or fail: as its page would.

    Raises:
        OperatorsPay, NoSuchPayout: as they say.
        PayoutNotNow: the sandbox does not have it, or there is no such end.

    """
    check_runs(community, by)
    row = payout_row(community, no)
    if row.provider != "sandbox" or row.status not in {"sent", "unknown"} or how not in {"done", "failed"}:
        raise PayoutNotNow
    state, their_ref = providers.sandbox.end(no, how)
    take_outcome(no=no, provider="sandbox", state=state, their_ref=their_ref, now=now)
    return as_payout(payout_row(community, no))
