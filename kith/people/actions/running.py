"""What who runs a community changes of it; each change is a deed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kith.people.actions.deeds import note_deed
from kith.people.actions.places import amend, change_role, write_values
from kith.people.data import Standing
from kith.people.models import Community, Person, Value
from kith.people.queries import standings


@transaction.atomic
def give_role(*, community: Community, person_id: int, role: str, by: Person, now: datetime) -> Standing:
    """Give a member another role.

    Raises:
        UnknownRole, NotAMember, LastFounder: as `change_role`.

    """
    before = standings(community, [person_id]).get(person_id)
    place = change_role(community=community, person_id=person_id, role=role)
    if before and before.role != role:
        note_deed(
            community=community, kind="people.role_given", by=by, now=now, person=Person(pk=person_id),
            detail={"before": before.role, "role": role},
        )  # fmt: skip
    return place


@transaction.atomic
def set_up(*, community: Community, by: Person, now: datetime, **what: Any) -> Community:
    """Change what `amend` changes; the deed names the fields that differ, not their texts.

    Raises:
        NoName, NoPursuit, UnknownBoundary: as `amend`.

    """
    fields = ("name", "pursuit", "rules", "visible_to", "entered_by", "questions")
    before = Community.objects.get(pk=community.pk)
    after = amend(community=community, **what)
    if changed := {f: True for f in fields if getattr(before, f) != getattr(after, f)}:
        note_deed(community=community, kind="people.settings_changed", by=by, now=now, detail=changed)
    return after


@transaction.atomic
def hold_dear(*, community: Community, values: Sequence[tuple[str, str]], by: Person, now: datetime) -> list[Value]:
    """Replace the values of a community, as `write_values`."""
    made = write_values(community=community, values=values)
    note_deed(community=community, kind="people.values_written", by=by, now=now, detail={"values": len(made)})
    return made
