"""A founder makes a community; whatever is malformed is refused by name and leaves nothing behind."""

from typing import Any

import pytest

from kith.lib.errors import Refusal
from kith.people.api import (
    BadSlug,
    Community,
    Membership,
    NoName,
    NoPursuit,
    Person,
    SlugTaken,
    UnknownBoundary,
    Value,
    found,
    standing,
    write_values,
)
from tests.conftest import NOW, Cast
from tests.people.together import at_once, faults


def make(by: Person, **changes: Any) -> Community:
    asked: dict[str, Any] = {"name": "造物社", "slug": "zaowu", "pursuit": "把东西做好", "by": by, "now": NOW} | changes
    return found(**asked)


def test_the_founder_is_its_first_member(cast: Cast) -> None:
    made = make(cast.stranger)
    place = standing(made, cast.stranger)
    assert place is not None
    assert (place.role, place.handle, place.joined_at) == ("founder", "Ann", NOW)
    assert Membership.objects.filter(community=made).count() == 1


def test_what_was_asked_for_is_kept(cast: Cast) -> None:
    made = make(
        cast.stranger,
        slug="  ZaoWu ",
        rules_text=" 一\r\n二 ",
        visible_to="public",
        entered_by="open",
        questions=["为何?", "  "],
    )
    made.refresh_from_db()
    assert (made.slug, made.rules, made.visible_to, made.entered_by) == ("zaowu", "一\n二", "public", "open")
    assert (made.questions, made.founded_at, made.is_demo) == (["为何?"], NOW, False)


@pytest.mark.parametrize("pursuit", ["", "  ", "\u200b\u202e", "\x00"])
def test_a_pursuit_needs_something_visible(cast: Cast, pursuit: str) -> None:
    with pytest.raises(NoPursuit):
        make(cast.stranger, pursuit=pursuit)
    assert Community.objects.count() == 2


@pytest.mark.parametrize("name", ["", " \t", "\u202e\u200f", "\x00\x07"])
def test_a_name_needs_something_visible(cast: Cast, name: str) -> None:
    with pytest.raises(NoName):
        make(cast.stranger, name=name)
    assert Community.objects.count() == 2


BAD_SLUGS = ["", "a", "-ab", "ab-", "a b c", "a_b_c", "山野山野", "x" * 41, "api", "accounts", "../etc", "a\x00b"]


@pytest.mark.parametrize("slug", BAD_SLUGS)
def test_an_address_is_small_letters_digits_and_hyphens(cast: Cast, slug: str) -> None:
    with pytest.raises(BadSlug):
        make(cast.stranger, slug=slug)
    assert Community.objects.count() == 2


@pytest.mark.parametrize("slug", ["abc", "a-b", "123", "x" * 40])
def test_an_address_has_two_to_forty_signs(cast: Cast, slug: str) -> None:
    assert make(cast.stranger, slug=slug).slug == slug


def test_an_address_belongs_to_one_community(cast: Cast) -> None:
    with pytest.raises(SlugTaken) as refused:
        make(cast.stranger, slug="SHANYE")
    assert str(refused.value) == "The address “shanye” is already taken."
    assert Community.objects.count() == 2
    assert not Membership.objects.filter(person=cast.stranger).exists()


@pytest.mark.usefixtures("committed")
def test_two_founders_at_once_get_one_address_once() -> None:
    people = [Person.objects.create_user(f"p{i}@example.org", "x", f"P{i}") for i in range(4)]
    outcomes = at_once(*[lambda p=p: make(p) for p in people])
    assert faults(outcomes) == [SlugTaken] * 3
    assert Community.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize("boundary", [{"visible_to": "friends"}, {"entered_by": "window"}, {"visible_to": "\x00"}])
def test_an_unknown_boundary_is_refused(cast: Cast, boundary: dict[str, str]) -> None:
    with pytest.raises(UnknownBoundary):
        make(cast.stranger, **boundary)
    assert Community.objects.count() == 2


def test_values_keep_their_order_once_each(cast: Cast) -> None:
    made = make(cast.stranger, values=[("真", "不说假话"), (" ", "无"), ("久", "\x00 慢\n慢来 "), ("真", "再说一次")])
    held = list(Value.objects.filter(community=made).order_by("position").values_list("word", "sentence"))
    assert held == [("真", "不说假话"), ("久", "慢 慢来")]


def test_values_are_replaced_whole(cast: Cast) -> None:
    write_values(community=cast.home, values=[("稳", "一步一步")])
    assert list(Value.objects.filter(community=cast.home).values_list("word", flat=True)) == ["稳"]


def test_long_values_are_cut_where_the_table_ends(cast: Cast) -> None:
    write_values(community=cast.home, values=[("长" * 50, "句" * 500)])
    [held] = Value.objects.filter(community=cast.home)
    assert (held.word, held.sentence) == ("长" * 20, "句" * 200)


def test_every_refusal_is_an_english_sentence() -> None:
    kinds = [NoName, NoPursuit, BadSlug]
    assert all(issubclass(kind, Refusal) and str(kind()).endswith(".") for kind in kinds)
