"""Writes of see: what the parts above count of promises, given down as plain numbers, for see reads nothing above it."""

from collections.abc import Collection, Iterable

from django.db import transaction

from kith.people.api import Community
from kith.see.data import Tally as TallyValue
from kith.see.models import Report, Tally


@transaction.atomic
def give_tallies(*, community: Community, names: Collection[str], tallies: Iterable[TallyValue]) -> bool:
    """Take the place of all that was given under these names before; say whether anything changed.

    The report is made anew after a change. What promises nothing (`of` 0) is left out.
    """
    new = {(t.name, t.source): (t.at, t.kept, t.of) for t in tallies if t.of > 0}
    assert {name for name, _ in new} <= set(names)
    rows = Tally.objects.filter(community=community, name__in=names)
    if {(t.name, t.source): (t.at, t.kept, t.of) for t in rows} == new:
        return False
    rows.delete()
    Tally.objects.bulk_create(
        Tally(community=community, name=name, source=source, at=at, kept=kept, of=of)
        for (name, source), (at, kept, of) in new.items()
    )
    Report.objects.filter(community=community).update(read_to=-1)
    return True
