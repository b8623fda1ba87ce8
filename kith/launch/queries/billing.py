"""A provider's bill beside our wires: what it moved that we do not know of, and the other way round."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kith.launch import providers
from kith.launch.data import BillGap, BillLine
from kith.launch.models import Wire
from kith.launch.rules.billing import compare


def compare_bill(*, provider: str, lines: Iterable[BillLine], since: datetime, until: datetime) -> Sequence[BillGap]:
    """Return where a bill and the wires that ended in its time differ: nothing is changed by it.

    After a restore this names what the backup did not know: paid there, and here unknown or not done.

    Raises:
        UnknownProvider: there is none of that name.

    """
    providers.named(provider)
    found = list(lines)
    rows = Wire.objects.filter(provider=provider, status="done")
    known = dict(rows.filter(our_ref__in=[line.our_ref for line in found]).values_list("our_ref", "amount_minor"))
    ours = dict(rows.filter(ended_at__gte=since, ended_at__lt=until).values_list("our_ref", "amount_minor"))
    return compare(found, ours | known)
