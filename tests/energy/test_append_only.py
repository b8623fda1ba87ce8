"""No line of the book is ever changed or removed: the manager refuses, and the database refuses whoever goes round it."""

import pytest
from django.db import IntegrityError, connection, transaction

from kith.energy.api import AppendOnly, NewAct, NotInvented, audit, compare, drop_book, last_id, record, totals
from kith.energy.models import Act, Kind
from kith.people.api import Community, Person, bring_people, found
from tests.conftest import NOW, Cast


@pytest.fixture
def act(cast: Cast) -> Act:
    """A line of the book, with the unlocking of the test settings taken back."""
    record(community=cast.home, acts=[NewAct(cast.member.pk, "reply", NOW, "1", "test", other_id=cast.other.pk)])
    lock()
    return Act.objects.get()


def lock(state: str = "off") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between two requests: no check of a key is pending
        cursor.execute("SELECT set_config('kith.unlocked', %s, true)", [state])


def rows() -> list[tuple[object, ...]]:
    return list(Act.objects.order_by("pk").values_list())


def test_the_manager_refuses_to_change_or_remove(act: Act) -> None:
    before = rows()
    act.weight = 9
    for change in (
        lambda: Act.objects.update(weight=9),
        lambda: Act.objects.filter(pk=act.pk).update(weight=9),
        lambda: Act.objects.all().delete(),
        lambda: Act.objects.bulk_update([act], ["weight"]),
        lambda: Act.objects.update_or_create(pk=act.pk, defaults={"weight": 9}),
        act.save,
        act.delete,
    ):
        with pytest.raises(AppendOnly) as refused:
            change()
        assert refused.value.status == 403
    assert rows() == before


BEHIND = [
    "UPDATE energy_act SET weight = 9",
    "UPDATE energy_act SET id = id",
    "DELETE FROM energy_act",
    "DELETE FROM people_community; SET CONSTRAINTS ALL IMMEDIATE",
    "TRUNCATE energy_act",
    "TRUNCATE people_community CASCADE",
    "MERGE INTO energy_act a USING energy_kind k ON a.kind_id = k.code WHEN MATCHED THEN DELETE",
    """INSERT INTO energy_act (community_id, actor_id, kind_id, weight, at, source, key, take)
    SELECT community_id, actor_id, kind_id, 9, at, source, key, take FROM energy_act
    ON CONFLICT (community_id, key, take) DO UPDATE SET weight = 9""",
]


@pytest.mark.parametrize("sql", BEHIND)
def test_the_database_refuses_behind_the_managers_back(act: Act, sql: str) -> None:
    before = rows()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert rows() == before


@pytest.mark.parametrize("sql", [sql for sql in BEHIND if "UPDATE" in sql])
def test_an_update_is_refused_even_when_unlocked(act: Act, sql: str) -> None:
    lock("on")
    before = rows()
    with (
        pytest.raises(IntegrityError, match="append-only: UPDATE refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert rows() == before


def test_django_finds_no_other_way(act: Act) -> None:
    before = rows()
    with pytest.raises(IntegrityError), transaction.atomic():
        Act._base_manager.filter(pk=act.pk).update(weight=9)  # noqa: SLF001 -- going round the manager is the test
    with pytest.raises(IntegrityError), transaction.atomic():
        Act._base_manager.filter(pk=act.pk)._raw_delete("default")  # noqa: SLF001 -- as above
    assert rows() == before


def test_people_kinds_and_communities_of_the_book_stay(act: Act) -> None:
    from django.db.models import ProtectedError  # noqa: PLC0415 -- beside its only use

    for thing in (Person.objects.filter(pk=act.actor_id), Kind.objects.filter(pk="reply"), Community.objects.all()):
        with pytest.raises(ProtectedError):
            thing.delete()


@pytest.mark.parametrize("weight", ["'NaN'", "'Infinity'", "-1", "1e7"])
def test_the_database_takes_no_weight_that_would_spoil_a_tie(act: Act, weight: str) -> None:
    with pytest.raises(IntegrityError, match="energy_act_weight"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO energy_act (community_id, actor_id, kind_id, weight, at, source, key, take)"
            f" SELECT community_id, actor_id, kind_id, {weight}, at, source, 'x', 0 FROM energy_act"
        )


def test_only_the_book_of_an_invented_community_is_dropped(cast: Cast, act: Act) -> None:
    with pytest.raises(NotInvented):
        drop_book(community=cast.home)
    assert len(rows()) == 1


def test_dropping_an_invented_book_leaves_the_others_and_locks_again(cast: Cast, act: Act) -> None:
    demo = found(name="演示", slug="demo", pursuit="演示", by=cast.founder, now=NOW, is_demo=True)
    a, b = bring_people(community=demo, names=["甲", "乙"], now=NOW)
    record(community=demo, acts=[NewAct(a, "reply", NOW, str(i), "t", other_id=b) for i in range(3)])
    assert drop_book(community=demo) == 3
    assert (last_id(demo), totals(demo)["ties"], compare(demo).ties) == (0, 0, 0)
    assert len(rows()) == 1
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM energy_act")
    assert compare(cast.home).ties == 1


def test_the_audit_finds_every_promise_kept_and_a_missing_guard(act: Act) -> None:
    assert [(p.name, p.broken) for p in audit() if p.broken] == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE energy_act DISABLE TRIGGER energy_act_no_delete")
    guards = next(p for p in audit() if "triggers" in p.name)
    assert (guards.checked, guards.broken) == (4, 1)
