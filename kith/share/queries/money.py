"""What is owed, promised, paid; to whom, since when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import TruncDay

from kith.ledger import api as ledger
from kith.lib.sealing import unseal
from kith.people.api import Community, Person
from kith.share import rules
from kith.share.data import (
    MoneyLine,
    MoneyOf,
    NoSuchPayout,
    NothingPaidInCurrency,
    Owed,
    PayoutValue,
    PersonMoney,
)
from kith.share.models import Gift, Payout, PayTo, Promise

CURRENCIES = ("CNY", "USD", "EUR", "JPY")
ROWS = 50


@cache
def scale_of(currency: str) -> int:
    """Return how many digits a currency has after the point; no book ever changes that.

    Raises:
        NothingPaidInCurrency: it is no money the value book keeps.

    """
    found = ledger.assets([currency]).get(currency)
    if found is None or found.kind != "money":
        raise NothingPaidInCurrency(currency=currency[:8])
    return found.scale


def providers_of(community: Community) -> tuple[str, ...]:
    """Return the ways to pay out: by hand, and the sandbox where the settings or an invented community allow it."""
    return ("manual", *(("sandbox",) if settings.SANDBOX or community.is_demo else ()))


def _unsealed(sealed: bytes | memoryview | None) -> str:
    return unseal(bytes(sealed), secret=settings.SECRET_KEY, purpose="pay-to") if sealed else ""


def pay_to(community: Community, person: Person) -> str:
    """Return where somebody said that their money goes, "" for nowhere yet."""
    found = PayTo.objects.filter(community=community, person=person).first()
    return _unsealed(found.sealed) if found else ""


def as_payout(row: Payout, *, shows_to: bool = False) -> PayoutValue:
    """Map a payout loaded with its people; `shows_to` unseals where it goes, for who transfers it and who gets it."""
    return PayoutValue(
        row.no, row.person_id, row.person.name, row.currency, scale_of(row.currency), row.amount_minor, row.status, row.provider,
        _unsealed(row.sealed) if shows_to else "", row.note, row.made_by_id, row.made_by.name, row.approved_by.name if row.approved_by else "",
        row.made_at, row.approved_at, row.ended_at, row.withheld_minor,
    )  # fmt: skip


def _payouts(community: Community) -> QuerySet[Payout]:
    return Payout.objects.select_related("person", "made_by", "approved_by").filter(community=community)


def payout_row(community: Community, no: str) -> Payout:
    """Return a payout with its people.

    Raises:
        NoSuchPayout: there is none here.

    """
    found = _payouts(community).filter(no=no).first()
    if found is None:
        raise NoSuchPayout
    return found


def payout(community: Community, no: str, *, reader: Person, runs: bool) -> PayoutValue:
    """Return a payout of the reader's own, or any to who runs the community, with where it goes.

    Raises:
        NoSuchPayout: there is none, or it is somebody else's: the same answer to both.

    """
    row = payout_row(community, no)
    if not runs and row.person_id != reader.pk:
        raise NoSuchPayout
    return as_payout(row, shows_to=True)


def payouts(community: Community, *, is_open: bool | None = None, limit: int = ROWS) -> list[PayoutValue]:
    """Return payouts, newest first; only those that are open, or over. One query."""
    rows = _payouts(community).order_by("-pk")
    if is_open is not None:
        rows = rows.filter(status__in=rules.OPEN) if is_open else rows.exclude(status__in=rules.OPEN)
    return [as_payout(row) for row in rows[:limit]]


def owed_by_person(community: Community, currency: str) -> dict[int, int]:
    """Return what stands in everybody's account, by person; below zero they owe the community."""
    found = ledger.accounts(community, role="share", asset=currency)
    return {a.name.owner_id: a.balance_minor for a in found if a.name.owner_kind == "person"}


def currencies_of(community: Community) -> tuple[str, ...]:
    """Return the currencies in which anything was ever shared."""
    return tuple(c for c in CURRENCIES if c in set(community_currencies(community)))


def community_currencies(community: Community) -> Iterable[str]:
    found = Promise.objects.filter(community=community).order_by()
    return found.values_list("sale__currency", flat=True).distinct()


def _sums(community: Community, where: Q) -> dict[tuple[int, str], int]:
    rows = Promise.objects.filter(where, community=community, person__isnull=False).order_by()
    found = rows.values_list("person", "sale__currency").annotate(total=Sum("kept_minor"))
    return {(person_id, currency): total for person_id, currency, total in found}


def _inflows(community: Community) -> dict[tuple[int, str], list[rules.Inflow]]:
    """Return what came to each person of sales and pools, newest day first."""
    sales = Promise.objects.filter(community=community, person__isnull=False, sale__state="released").order_by()
    gifts = Gift.objects.filter(community=community).order_by()
    rows = [
        *sales.annotate(day=TruncDay("sale__released_at")).values_list("person", "sale__currency", "day")
        .annotate(total=Sum(F("kept_minor") + F("borne_minor"))),
        *gifts.annotate(day=TruncDay("run__at")).values_list("person", "run__currency", "day").annotate(total=Sum("amount_minor")),
    ]  # fmt: skip
    found: dict[tuple[int, str], list[rules.Inflow]] = defaultdict(list)
    for person_id, currency, day, total in sorted(rows, key=lambda row: row[2], reverse=True):
        found[person_id, currency].append(rules.Inflow(day, total))
    return found


def owed(community: Community) -> list[Owed]:
    """Return what is owed or promised, to whom and since when, the longest owed first. Six queries and one a currency."""
    promised = _sums(community, Q(sale__state="held"))
    balances = {(p, c): n for c in currencies_of(community) for p, n in owed_by_person(community, c).items()}
    places = sorted(
        {place for place in promised.keys() | balances.keys() if promised.get(place) or balances.get(place)}
    )
    inflows, names = _inflows(community), _names(places)
    known = set(PayTo.objects.filter(community=community).values_list("person", flat=True))
    found = [
        Owed(
            p, names[p], c, scale_of(c), balances.get((p, c), 0), promised.get((p, c), 0),
            rules.since(inflows.get((p, c), []), balances.get((p, c), 0)), p in known,
        ) for p, c in places
    ]  # fmt: skip
    return sorted(
        found, key=lambda o: (o.since is None, o.since, o.name, o.currency) if o.since else (True, o.name, o.currency)
    )


def _names(places: Iterable[tuple[int, str]]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in={p for p, _ in places}).values_list("pk", "name"))


def money_of(community: Community, person: Person) -> PersonMoney:
    """Return what somebody has of sales here: owed, promised, on its way, paid; the newest lines of each account, and payouts."""
    promised = _sums(community, Q(sale__state="held", person=person))
    accounts = [
        a for a in ledger.balances(community, owner_kind="person", owner_id=person.pk) if a.name.role == "share"
    ]
    balances = {a.name.asset: a for a in accounts}
    rows = _payouts(community).filter(person=person).order_by("-pk")
    paid = dict(rows.filter(status="done").order_by().values_list("currency").annotate(Sum("amount_minor")))
    on_way = dict(rows.filter(status__in=rules.OPEN).order_by().values_list("currency").annotate(Sum("amount_minor")))
    currencies = sorted(balances.keys() | {c for _, c in promised}, key=CURRENCIES.index)
    return PersonMoney(
        by_currency=tuple(
            MoneyOf(
                c, scale_of(c), balances[c].balance_minor if c in balances else 0, promised.get((person.pk, c), 0), on_way.get(c, 0),
                paid.get(c, 0), lines(community, balances[c].id) if c in balances else (),
            ) for c in currencies
        ),
        payouts=tuple(as_payout(row) for row in rows[:ROWS]), pay_to=pay_to(community, person),
    )  # fmt: skip


def lines(community: Community, account_id: int, limit: int = ROWS) -> tuple[MoneyLine, ...]:
    """Return the newest lines of an account, each under the number of the sale or payout it is for."""
    rows = ledger.statement_rows(community, account_id, limit=limit, newest_first=True)
    return _lines(community, rows)


def lines_between(community: Community, account_id: int, first: int, last: int) -> tuple[MoneyLine, ...]:
    """Return the lines of an account in the entries from one to another, oldest first."""
    rows = ledger.statement_rows(community, account_id, after=(first, 0), before=(last + 1, 0))
    return _lines(community, rows)


def _lines(community: Community, rows: Sequence[ledger.StatementRow]) -> tuple[MoneyLine, ...]:
    numbers = [_number_in(row.key) for row in rows if row.kind == "payout"]
    kept = (
        dict(Payout.objects.filter(community=community, no__in=numbers).values_list("no", "withheld_minor"))
        if numbers
        else {}
    )
    return tuple(
        MoneyLine(row.at, row.kind, no, row.amount_minor, kept.get(no, 0) if row.kind == "payout" else 0)
        for row, no in ((row, _number_in(row.key)) for row in rows)
    )


def _number_in(key: str) -> str:
    """Return the number in the key of an entry: "share:S1" is of the sale S1."""
    return key.split(":")[1]
