"""`kith demo` makes an invented community through the doors, once, and takes it away to the last row."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Model

from kith.demo.api import DemoAddressTaken, NoDemo, personas, pour, remove
from kith.people import api as people
from tests.demo.told import NOW

pytestmark = pytest.mark.django_db


def rows() -> dict[type[Model], int]:
    return {model: model._base_manager.count() for model in apps.get_models()}  # noqa: SLF001 -- sees all rows


def test_without_a_demo_there_are_no_personas() -> None:
    assert personas() == ()


def test_a_second_pouring_adds_nothing_and_removing_leaves_no_row_behind() -> None:
    empty = rows()
    first = pour(now=NOW)
    full = rows()
    second = pour(now=NOW + timedelta(days=1), seed=7)
    assert (first.made, second.made) == (True, False)
    assert (second.people, second.texts, second.acts) == (first.people, first.texts, first.acts)
    assert rows() == full
    gone = remove()
    assert (gone.people, gone.kept, gone.texts) == (302, 0, first.texts)
    assert rows() == empty


def test_without_a_demo_there_is_nothing_to_remove() -> None:
    with pytest.raises(NoDemo, match="There is no demo here"):
        remove()


def test_a_real_community_at_the_address_is_left_alone() -> None:
    people.found(name="真", slug="wildwood", pursuit="真的", by=people.make_person(name="真人"), now=NOW)
    before = rows()
    for attempt in (lambda: pour(now=NOW), remove, personas):
        with pytest.raises(DemoAddressTaken, match="belongs to a real community"):
            attempt()
    assert rows() == before
