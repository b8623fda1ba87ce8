"""Reading a provider's bill, and what differs between it and our books."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping

from kith.launch.data import BadBill, BillGap, BillLine
from kith.lib.errors import Refusal
from kith.lib.money import parse

# By what the columns are called: in bills of WeChat Pay, of Alipay, of Stripe's reports, and plainly.
REFS = ("our_ref", "商户订单号", "client_reference_id")
AMOUNTS = ("amount", "订单金额", "订单金额（元）", "gross")
BACK_REFS = ("refund_ref", "商户退款单号", "退款批次号/请求号")
BACK_AMOUNTS = ("refund", "退款金额", "退款金额（元）")
NUMBER = re.compile(r"[0-9A-Za-z_|*@-]{1,64}")  # what bills write below their lines is none
SPACE = "`\t \ufeff"


def bill_lines(lines: Iterable[str], *, currency: str, scale: int) -> Iterator[BillLine]:
    """Yield what a bill says was moved, a line for each payment and each refund; sums at its end and empty cells are passed over.

    Raises:
        BadBill: it has no column of our numbers or of amounts, or an amount that is none.

    """
    reader = csv.DictReader(lines)
    named = {(name or "").strip(SPACE): name for name in reader.fieldnames or ()}
    places = [
        (_column(named, refs), _column(named, sums)) for refs, sums in ((REFS, AMOUNTS), (BACK_REFS, BACK_AMOUNTS))
    ]
    if None in places[0]:
        raise BadBill
    for row in reader:
        cells = {name: (row.get(raw) or "").strip(SPACE) for name, raw in named.items()}
        for ref, amount in places:
            if ref and amount and NUMBER.fullmatch(cells[ref]) and cells[amount].strip("0.-"):
                yield BillLine(cells[ref], _minor(cells[amount], currency, scale))


def _column(named: Mapping[str, object], names: Iterable[str]) -> str | None:
    return next((name for name in names if name in named), None)


def _minor(text: str, currency: str, scale: int) -> int:
    try:
        return parse(text.lstrip("-+¥").replace(",", ""), asset=currency, scale=scale)
    except Refusal:
        raise BadBill from None


def compare(lines: Iterable[BillLine], ours: Mapping[str, int]) -> list[BillGap]:
    """Return what differs: only there, only here, or of another amount; the same number twice in a bill is summed, as for parts."""
    theirs: dict[str, int] = {}
    for line in lines:
        theirs[line.our_ref] = theirs.get(line.our_ref, 0) + line.amount_minor
    gaps = []
    for ref in sorted(theirs.keys() | ours.keys()):
        if theirs.get(ref) != ours.get(ref):
            kind = "amount" if ref in theirs and ref in ours else "only_there" if ref in theirs else "only_here"
            gaps.append(BillGap(kind, ref, theirs.get(ref), ours.get(ref)))
    return gaps
