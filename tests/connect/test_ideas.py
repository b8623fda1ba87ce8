"""Ideas: from proposal to shipped credit, with the acts in the book and the numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.connect import api as connect
from kith.connect.api import IdeaRow, IdeaValue, Said
from kith.connect.models import Credited, Idea
from kith.connect.rules import numbers
from kith.people import api as people
from kith.people.api import NotAMember, Person
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, warmth

LATER = NOW + timedelta(days=3)


def propose(cast: Cast, **more: Any) -> Said:
    return connect.propose(**{"community": cast.home, "text": "茶罐配竹盖。", "product": "茶罐", "by": cast.member, "now": NOW, **more})  # fmt: skip


def value(cast: Cast, post_id: int, reader: Person | None = None) -> IdeaValue:
    found = connect.one(cast.home, post_id, reader=reader).extra
    assert isinstance(found, IdeaValue)
    return found


def decide(cast: Cast, post_id: int, **more: Any) -> Said:
    return connect.decide_idea(**{"community": cast.home, "post_id": post_id, "is_adopted": True, "by": cast.operator, "now": LATER, **more})  # fmt: skip


def ship(cast: Cast, post_id: int, **more: Any) -> Said:
    return connect.ship_idea(**{"community": cast.home, "post_id": post_id, "shipped": "竹盖茶罐", "by": cast.operator, "now": LATER, **more})  # fmt: skip


def test_everybody_supports_an_idea_once_and_may_take_it_back(cast: Cast) -> None:
    made = propose(cast)
    for _ in range(2):
        connect.support(community=cast.home, post_id=made.id, by=cast.other, now=NOW)
    connect.support(community=cast.home, post_id=made.id, by=cast.core, now=NOW)
    assert (value(cast, made.id).supports, value(cast, made.id, cast.other).supported) == (2, True)
    assert (given(cast, cast.other), warmth(cast, cast.other, cast.member)) == ([("support", cast.member.pk)], 0.5)
    [head] = connect.heads(cast.home, reader=cast.other).heads
    assert (head.mark, connect.heads(cast.home, reader=cast.founder).heads[0].mark) == ("+", "")
    for _ in range(2):
        connect.unsupport(community=cast.home, post_id=made.id, by=cast.other, now=NOW)
    assert (value(cast, made.id).supports, given(cast, cast.other)) == (1, [])
    with pytest.raises(connect.OwnIdea):
        connect.support(community=cast.home, post_id=made.id, by=cast.member, now=NOW)


def test_what_ships_credits_by_name_everybody_whose_words_were_used(cast: Cast) -> None:
    made = propose(cast)
    used = answer(cast, cast.other, made.id, "竹盖要上油。")
    answer(cast, cast.founder, made.id, "好。")
    decide(cast, made.id, reason="下一批就做")
    ship(cast, made.id, replies=[used.id], handles=["@何以南"])
    found = value(cast, made.id)
    assert (found.state, found.shipped, found.shipped_by, found.decided_at) == ("shipped", "竹盖茶罐", "Olga", LATER)
    assert [(c.who.name, c.reply_id) for c in found.credits] == [("苏杭", None), ("赵穗", used.id), ("何以南", None)]
    credited = [("credit", p.pk) for p in (cast.member, cast.other, cast.core)]
    assert given(cast, cast.operator) == sorted(credited, key=str)
    assert [(c.shipped, c.is_author) for c in connect.credits_of(cast.home, cast.other.pk, reader=None)] == [
        ("竹盖茶罐", False)
    ]
    told = {(d.kind, d.person_id) for d in people.deeds(cast.home)}
    assert {("connect.idea_adopted", cast.member.pk), ("connect.idea_credited", cast.other.pk)} < told
    connect.credit_idea(community=cast.home, post_id=made.id, handles=["罗", "苏杭"], by=cast.operator, now=LATER)
    assert len(value(cast, made.id).credits) == 4
    connect.delete(community=cast.home, post_id=made.id, by=cast.operator, now=LATER)
    assert (given(cast, cast.operator), connect.credits_of(cast.home, cast.other.pk, reader=None)) == ([], [])


def test_an_owner_decides_on_the_ideas_about_their_product(cast: Cast) -> None:
    made, elsewhere = propose(cast), propose(cast, text="换地方", product="")
    with pytest.raises(connect.OwnersOnly):
        decide(cast, made.id, by=cast.core)
    [owner] = connect.name_owner(community=cast.home, handle="@何以南", product="茶罐", by=cast.founder, now=NOW)
    assert decide(cast, made.id, by=cast.core).id == made.id
    with pytest.raises(connect.OwnersOnly):
        decide(cast, elsewhere.id, by=cast.core)
    connect.drop_owner(community=cast.home, owner_id=owner.id, by=cast.operator, now=NOW)
    with pytest.raises(connect.OwnersOnly):
        decide(cast, made.id, by=cast.core, is_adopted=False, reason="不做了")
    with pytest.raises(connect.SpaceStaffOnly):
        connect.name_owner(community=cast.home, handle="何以南", product="", by=cast.member, now=NOW)
    with pytest.raises(NotAMember):
        connect.name_owner(community=cast.home, handle="没有", product="", by=cast.founder, now=NOW)


@pytest.mark.parametrize(
    ("state", "act", "more", "refusal"),
    [
        ("proposed", decide, {"is_adopted": False, "reason": " "}, connect.IdeaNeedsReason),
        ("proposed", decide, {"by": "member"}, connect.OwnersOnly),
        ("proposed", decide, {"by": "stranger"}, connect.MembersOnly),
        ("proposed", ship, {}, connect.NotAdopted),
        ("adopted", ship, {"shipped": "\u200b"}, connect.NothingShipped),
        ("adopted", ship, {"handles": ["没有"]}, connect.NotCredited),
        ("adopted", ship, {"replies": [1]}, connect.NotCredited),
        ("shipped", decide, {}, connect.IdeaShipped),
        ("shipped", ship, {}, connect.IdeaShipped),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_changes(cast: Cast, state: str, act: Any, more: dict[str, Any], refusal: type) -> None:  # fmt: skip
    made = propose(cast)
    for reached, step in (("adopted", decide), ("shipped", ship)):
        if state in {reached, "shipped"}:
            step(cast, made.id)
    before = (everything(cast), list(Idea.objects.values_list()), Credited.objects.count())
    with pytest.raises(refusal):
        act(cast, made.id, **more | ({"by": getattr(cast, more["by"])} if "by" in more else {}))
    assert (everything(cast), list(Idea.objects.values_list()), Credited.objects.count()) == before


def test_a_decision_may_be_changed_until_it_ships(cast: Cast) -> None:
    made = propose(cast)
    decide(cast, made.id, is_adopted=False, reason="太贵")
    assert (value(cast, made.id).state, value(cast, made.id).reason) == ("declined", "太贵")
    decide(cast, made.id, reason="有便宜的竹子了")
    assert (value(cast, made.id).state, value(cast, made.id).reason) == ("adopted", "有便宜的竹子了")


def test_the_board_lists_by_support_or_the_newest_first(cast: Cast) -> None:
    first, second, third = (propose(cast, text=t, product=p) for t, p in (("一", "茶罐"), ("二", "茶罐"), ("三", "")))
    for person in (cast.other, cast.core):
        connect.support(community=cast.home, post_id=second.id, by=person, now=NOW)
    decide(cast, first.id)
    assert ids(cast) == [second.id, third.id, first.id]
    assert ids(cast, sort="newest") == [third.id, second.id, first.id]
    assert (ids(cast, state="adopted"), ids(cast, product="茶罐")) == ([first.id], [second.id, first.id])
    found = connect.board(community=cast.home, reader=None, page=9)
    assert (found.page, found.pages, found.counts, found.products) == (1, 1, {"adopted": 1, "proposed": 2}, ["茶罐"])
    assert connect.board(community=cast.rival, reader=None).ideas == []


def ids(cast: Cast, **chosen: Any) -> list[int]:
    return [s.id for s in connect.board(community=cast.home, reader=cast.member, **chosen).ideas]


def test_an_idea_of_one_community_is_none_of_another(cast: Cast) -> None:
    made = propose(cast)
    for act in (connect.support, connect.unsupport):
        with pytest.raises(connect.NotAnIdea):
            act(community=cast.rival, post_id=made.id, by=cast.enemy, now=NOW)
    with pytest.raises(connect.NotAnIdea):
        decide(cast, made.id, community=cast.rival, by=cast.enemy)


def test_the_numbers_are_those_of_their_rows(cast: Cast) -> None:
    one, two, _ = (propose(cast, text=t, now=NOW + timedelta(hours=n)) for n, t in enumerate("一二三"))
    decide(cast, one.id)
    decide(cast, two.id, is_adopted=False, reason="不")
    ship(cast, one.id, now=NOW + timedelta(days=10))
    found = connect.idea_numbers(cast.home, reader=None, now=NOW + timedelta(days=11), days=90)
    assert (found.proposed, found.people, found.decided, found.adopted, found.shipped) == (3, 1, 2, 1, 1)
    assert (found.adopted_ppm, found.median_days_to_decision, found.median_days_to_shipping) == (500_000, 3.0, 10.0)
    assert [r.title for r in found.rows] == ["三", "二", "一"]
    assert connect.idea_numbers(cast.home, reader=None, now=NOW + timedelta(days=100), days=90).rows == []


def test_numbers_of_nothing_are_none() -> None:
    found = numbers([IdeaRow(1, "一", "proposed", NOW, None, None)], people=1, days=365)
    assert (found.adopted_ppm, found.median_days_to_decision, found.median_days_to_shipping) == (None, None, None)
    assert found.per_month == 0.1


@pytest.mark.parametrize("change", [{"state": "adopted"}, {"shipped_at": NOW}, {"state": "sold"}, {"supports": -1}])
def test_the_database_keeps_what_an_idea_promises(cast: Cast, change: dict[str, Any]) -> None:
    made = propose(cast)
    with pytest.raises(IntegrityError, match="connect_idea_"), transaction.atomic():
        Idea.objects.filter(pk=made.id).update(**change)
