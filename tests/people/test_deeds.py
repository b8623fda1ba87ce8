"""The record: what was done stays as it was written, and a reader that goes on misses nothing."""

from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from kith.people.api import Community, Place, deeds, deeds_after, deeds_of, end_of_deeds, note_deed
from kith.people.models import Deed
from tests.conftest import NOW, Cast, settle, until_settled


def muted(cast: Cast, n: int = 1, community: Community | None = None) -> int:
    return note_deed(
        community=community or cast.home, kind="gather.muted", by=cast.operator, person=cast.member, subject=f"post:{n}",
        detail={"days": n}, now=NOW + timedelta(minutes=n),
    ).id  # fmt: skip


def test_what_was_done_is_read_back_newest_first_and_by_its_subject(cast: Cast) -> None:
    first, second = muted(cast, 1), muted(cast, 2)
    note_deed(community=cast.rival, kind="people.renamed", by=cast.enemy, now=NOW)
    assert [d.id for d in deeds(cast.home)] == [second, first]
    assert [d.id for d in deeds(cast.home, before=second)] == [first]
    assert deeds(cast.home, kinds=("people.renamed",)) == []
    assert [(d.id, d.detail) for d in deeds_of(cast.home, "post:1")] == [(first, {"days": 1})]
    assert deeds_of(cast.rival, "post:1") == []


@pytest.mark.parametrize("wish", ["UPDATE people_deed SET kind = 'x.y'", "DELETE FROM people_deed"])
def test_nobody_rewrites_the_record(wish: str, cast: Cast) -> None:
    muted(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(wish)
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")


def test_a_kind_is_a_part_and_a_verb(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="people_deed_kind_is_part_and_verb"), transaction.atomic():
        note_deed(community=cast.home, kind="Muted!", by=cast.operator, now=NOW)


@pytest.mark.usefixtures("transactional_db")
def test_a_reader_waits_for_a_transaction_that_began_earlier_and_is_given_each_deed_once() -> None:
    cast = settle()
    start = end_of_deeds()
    other = connections["default"].copy()
    try:
        other.ensure_connection()
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO people_deed (community_id, kind, subject, detail, at) VALUES (%s, 'gather.slow', '', '{}', now())",
                [cast.home.pk],
            )
            late = muted(cast)
            assert deeds_after(start) == []  # the later one is there, the earlier one may still come
            cursor.execute("COMMIT")
        until_settled()
        got = deeds_after(start)
        assert [d.kind for d in got] == ["gather.slow", "gather.muted"]
        assert got[-1].id == late
        assert deeds_after(got[-1].place) == []
        assert end_of_deeds() == got[-1].place > Place(0, 0)
        assert Deed.objects.count() == 2
    finally:
        other.close()
