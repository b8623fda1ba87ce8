"""Finding or making the people a file names."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from kith.bring.models import Alias, Appearance, Batch
from kith.bring.rules import Stranger, shown_name
from kith.energy.api import tied_people
from kith.people.api import Described, Details, Person, add_member, bring_people, describe, make_person, rejoin

BULK = 5000


@dataclass(frozen=True)
class Newcomers:
    """`ids`: everybody the origin has a name for, also from earlier files; `new`: places that were given."""

    ids: dict[str, int]
    new: int


def bring_in(*, batch: Batch, people: Mapping[str, Stranger], now: datetime) -> Newcomers:
    """Give everybody in `people` a person and a place; who claimed an account is found under it."""
    ids = _known(batch)
    old = {ids[external_id] for external_id in people if external_id in ids}
    unknown = {external_id: who for external_id, who in people.items() if external_id not in ids}
    made = _make(batch, unknown, now)
    Alias.objects.bulk_create(
        (
            Alias(community=batch.community, origin=batch.origin, external_id=external_id, person_id=person_id)
            for external_id, person_id in made.items()
        ),
        batch_size=BULK,
    )
    unclaimed = Person.objects.filter(pk__in=old, email=None).values_list("pk", flat=True)
    wished = {ids[external_id]: who.handle for external_id, who in people.items() if who.handle and external_id in ids}
    back = rejoin(community=batch.community, person_ids=unclaimed, now=now, handles=wished)
    return Newcomers(ids | made, len(made) + back)


def describe_them(*, batch: Batch, people: Mapping[str, Stranger], ids: Mapping[str, int]) -> Described:
    """Write what the file says of people beside their names."""
    told = {
        ids[external_id]: Details(who.chapter, who.headline, who.joined_at)
        for external_id, who in people.items()
        if who.chapter or who.headline or who.joined_at
    }
    return describe(community=batch.community, details=told) if told else Described({}, ())


def appear(*, batch: Batch, people: Mapping[str, Stranger], ids: Mapping[str, int], described: Described) -> None:
    """Keep who appears in an import, and what it changed of their places."""
    heard: dict[int, bool] = {}
    for external_id, who in people.items():
        person_id = ids[external_id]
        heard[person_id] = heard.get(person_id, False) or who.is_heard
    Appearance.objects.bulk_create(
        (
            Appearance(batch=batch, person_id=i, is_heard=is_heard, replaced=_facts(described.changes.get(i)))
            for i, is_heard in heard.items()
        ),
        batch_size=BULK,
    )


def _known(batch: Batch) -> dict[str, int]:
    rows = Alias.objects.filter(community=batch.community, origin=batch.origin).values_list(
        "external_id", "person_id", "person__merged_into_id"
    )
    return {external_id: merged_into or person for external_id, person, merged_into in rows.iterator()}


def _make(batch: Batch, people: Mapping[str, Stranger], now: datetime) -> dict[str, int]:
    bots = {external_id for external_id, who in people.items() if who.is_bot}
    made = {external_id: _bot(batch, shown_name(external_id, people[external_id].name), now) for external_id in bots}
    # Who wishes for a handle comes first, or a namesake could have it.
    rest = iter(sorted((e for e in people if e not in bots), key=lambda e: not people[e].handle))
    while some := list(islice(rest, BULK)):
        names = [shown_name(external_id, people[external_id].name) for external_id in some]
        handles = [people[external_id].handle for external_id in some]
        made |= zip(some, bring_people(community=batch.community, names=names, now=now, handles=handles), strict=True)
    return made


def _bot(batch: Batch, name: str, now: datetime) -> int:
    person = make_person(name=name, is_bot=True)
    add_member(community=batch.community, person=person, now=now, is_imported=True)
    return person.pk


def leaving(batch: Batch) -> list[int]:
    """Return who has nothing but an import taken back: heard in no other import, without account, without ties."""
    here = Appearance.objects.filter(batch=batch).values("person_id")
    heard = Appearance.objects.filter(batch__community=batch.community, batch__undone_at=None, is_heard=True)
    tied = tied_people(batch.community)
    people = Person.objects.filter(
        pk__in=here, email=None, merged_into=None,
        memberships__community=batch.community, memberships__is_imported=True,
    ).exclude(pk__in=heard.values("person_id"))  # fmt: skip
    return [pk for pk in people.values_list("pk", flat=True) if pk not in tied]


def changes_of(batch: Batch) -> dict[int, tuple[Details, Details]]:
    """Return what an import changed of places, as (before, after)."""
    rows = Appearance.objects.filter(batch=batch).exclude(replaced=None).values_list("person_id", "replaced")
    return {person_id: _change(facts) for person_id, facts in rows if facts}


def _facts(change: tuple[Details, Details] | None) -> list[dict[str, str | None]] | None:
    if change is None:
        return None
    return [asdict(details) | {"joined_at": _iso(details.joined_at)} for details in change]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _change(facts: list[dict[str, str]]) -> tuple[Details, Details]:
    before, after = (
        Details(f["chapter"], f["headline"], datetime.fromisoformat(f["joined_at"]) if f["joined_at"] else None) for f in facts
    )  # fmt: skip
    return before, after
