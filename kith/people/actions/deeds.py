"""Writing down what was done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from kith.people.data import Deed, NotADemo
from kith.people.models import Community, Person
from kith.people.models import Deed as Row
from kith.people.queries.deeds import as_deed


def note_deed(
    *,
    community: Community,
    kind: str,
    by: Person | None,
    now: datetime,
    person: Person | None = None,
    subject: str = "",
    detail: Mapping[str, str | int | bool] | None = None,
) -> Deed:
    """Write a deed into the record, in the transaction of what was done; nobody can change it afterwards.

    `kind` is "part.verb" (`gather.admitted`), `subject` "noun:id". `by` is None for what the server did by itself.
    `detail` is kept for ever: put no words of people into it.
    """
    row = Row.objects.create(
        community=community, kind=kind, by=by, person=person, subject=subject, detail=dict(detail or {}), at=now
    )
    return as_deed(row)


def note_deeds(*, community: Community, kind: str, now: datetime, of: Sequence[tuple[int, str, Mapping[str, str | int | bool]]]) -> None:  # fmt: skip
    """Write one kind of deed the server did by itself to many people: (person, subject, detail) each. One statement per 2,000."""
    Row.objects.bulk_create(
        (
            Row(community=community, kind=kind, person_id=person, subject=subject, detail=dict(detail), at=now)
            for person, subject, detail in of
        ),
        batch_size=2000,
    )


@transaction.atomic
def drop_deeds(*, community: Community) -> None:
    """Forget the record of an invented community.

    Raises:
        NotADemo: the community is real.

    """
    if not community.is_demo:
        raise NotADemo
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")
        cursor.execute("DELETE FROM people_deed WHERE community_id = %s", [community.pk])
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
