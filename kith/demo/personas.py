"""Whom a visitor of the demo may be at one click."""

from kith.demo.corpus import table
from kith.demo.data import SHOWN, Persona
from kith.demo.pour import existing
from kith.people.api import Membership


def personas() -> tuple[Persona, ...]:
    """Return the four personas, founder first; none when there is no demo.

    Raises:
        DemoAddressTaken: a real community lives at its address.

    """
    if (community := existing()) is None:
        return ()
    names = {raw["name"]: raw["key"] for raw in table("cast")["person"] if raw["key"] in SHOWN}
    rows = Membership.objects.within(community.pk).select_related("person").filter(person__name__in=names)
    found = [
        Persona(names[m.person.name], SHOWN[names[m.person.name]], m.person_id, m.person.name, m.handle, m.headline)
        for m in rows.filter(person__email=None)
    ]
    return tuple(sorted(found, key=lambda p: list(SHOWN).index(p.key)))
