"""Texts that were brought in, or whose people were claimed since, are changed like any other: the book follows."""

from datetime import timedelta

import pytest
from django.db import transaction

from kith.connect import api as connect
from kith.connect.api import BroughtThanks, Line
from kith.connect.models import Post, Thank
from kith.energy.api import append_staged, merge, staging, totals
from kith.people.api import Person, bring_people, merge_person
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, given, say, warmth


@pytest.fixture
def old(cast: Cast) -> Person:
    """Somebody without an account."""
    return Person.objects.get(pk=bring_people(community=cast.home, names=["旧人"], now=NOW)[0])


def claim(cast: Cast, old: Person, by: Person) -> None:
    """What gather's claim and its caller do."""
    with transaction.atomic():
        merge_person(imported=old, into=by)
        merge(community=cast.home, person_id=by.pk)
        connect.take_over(community=cast.home, from_id=old.pk, to=by)


def bring(cast: Cast, *lines: Line) -> list[int]:
    with transaction.atomic(), staging():
        connect.bring_lines(community=cast.home, lines=lines, origin="import:1")
        append_staged(community=cast.home)
    return [Post.objects.get(foreign_key=n.key).pk for n in lines]


def delete(cast: Cast, post: int) -> None:
    connect.delete(community=cast.home, post_id=post, by=cast.operator, now=NOW)


def test_deleting_an_imported_text_withdraws_its_acts_and_no_others(cast: Cast) -> None:
    a, b, _ = bring(
        cast,
        Line("a", cast.member.pk, "问", NOW),
        Line("b", cast.other.pk, "答", NOW, to_key="a", mentions=(cast.core.pk, cast.operator.pk, cast.core.pk)),
        Line("c", cast.other.pk, "再答", NOW, to_key="a", mentions=(cast.core.pk,)),
    )
    assert totals(cast.home)["acts"] == 6
    delete(cast, b)
    assert given(cast, cast.other) == [("mention", cast.core.pk), ("reply", cast.member.pk)]
    assert [warmth(cast, cast.other, p) for p in (cast.member, cast.core, cast.operator)] == [1, 1, 0]
    delete(cast, a)
    assert given(cast, cast.member) == []


@pytest.mark.parametrize("many", [49, 50, 51, 100])
def test_however_many_were_called(cast: Cast, many: int) -> None:
    called = bring_people(community=cast.home, names=[f"众{i}" for i in range(many)], now=NOW)
    [a] = bring(cast, Line("a", cast.member.pk, "都来", NOW, mentions=(*called, cast.member.pk)))
    assert totals(cast.home)["acts"] == many + 1
    delete(cast, a)
    assert totals(cast.home)["acts"] == 0


def test_an_edit_of_an_imported_text_calls_nobody_twice(cast: Cast) -> None:
    [a] = bring(cast, Line("a", cast.member.pk, "@赵穗", NOW, mentions=(cast.other.pk,)))
    connect.edit(community=cast.home, post_id=a, text="@赵穗 @olga", by=cast.member, now=NOW + timedelta(hours=1))
    calls = [("mention", cast.operator.pk), ("mention", cast.other.pk)]
    assert given(cast, cast.member) == sorted([*calls, ("post", None)], key=str)
    delete(cast, a)
    assert given(cast, cast.member) == []


def test_who_claimed_the_name_that_was_called_is_not_called_again(cast: Cast, old: Person) -> None:
    said = say(cast, cast.other, "@旧人 好")
    claim(cast, old, cast.stranger)
    connect.edit(community=cast.home, post_id=said.id, text="@旧人 好，@olga", by=cast.other, now=NOW)
    calls = [("mention", cast.stranger.pk), ("mention", cast.operator.pk)]
    assert given(cast, cast.other) == sorted([*calls, ("post", None)], key=str)
    again = say(cast, cast.other, "又一篇")
    connect.edit(community=cast.home, post_id=again.id, text="@旧人", by=cast.other, now=NOW)
    assert given(cast, cast.other).count(("mention", cast.stranger.pk)) == 2


def test_thanks_given_before_the_claim_are_taken_back_after_it(cast: Cast, old: Person) -> None:
    said = say(cast, cast.other)
    with transaction.atomic():
        connect.bring_thanks(community=cast.home, thanks=[BroughtThanks(said.id, cast.other.pk, old.pk, "好", NOW)])
    claim(cast, old, cast.stranger)
    assert connect.one(cast.home, said.id, reader=cast.stranger).thanked
    assert connect.unthank(community=cast.home, post_id=said.id, by=cast.stranger, now=NOW).thanks == 0
    assert given(cast, cast.stranger) == []


def test_thanks_to_oneself_fall_away(cast: Cast, old: Person) -> None:
    [a] = bring(cast, Line("a", old.pk, "旧话", NOW))
    for by in (cast.member, cast.other):
        connect.thank(community=cast.home, post_id=a, by=by, now=NOW)
    claim(cast, old, cast.other)
    said = connect.one(cast.home, a, reader=cast.other)
    assert (said.mine, said.thanks, said.thanked) == (True, 1, False)
    assert [t.by_id for t in Thank.objects.all()] == [cast.member.pk]


def test_a_claimed_reply_renews_the_thread_that_shows_it(cast: Cast, old: Person) -> None:
    root, untouched = say(cast, cast.member), say(cast, cast.member)
    made = answer(cast, old, root.id)
    before = connect.one(cast.home, root.id, reader=None).version
    claim(cast, old, cast.stranger)
    after = connect.one(cast.home, root.id, reader=None)
    assert (after.version, after.latest[0].id, after.latest[0].author.name) == (before + 1, made.id, "Ann")
    assert connect.one(cast.home, untouched.id, reader=None).version == 0
