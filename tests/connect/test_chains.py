"""Chains: own lines, the cap under many hands, closing, pasting, and who sees what."""

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from kith.connect import api as connect
from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle

LATER = NOW + timedelta(hours=1)


def started(cast: Cast, **more: Any) -> int:
    facts: dict[str, Any] = {"pattern": "姓名-数量", **more}
    return connect.start_chain(community=cast.home, text="# 周六采摘\n八点西门", by=cast.member, now=NOW, **facts).id


def add(cast: Cast, chain: int, by: Person, *values: str, now: datetime = LATER) -> connect.ChainPage:
    return connect.add_line(community=cast.home, post_id=chain, values=values, by=by, now=now)


def lines(cast: Cast, chain: int, reader: Person | None = None) -> list[tuple[str, ...]]:
    return [line.values for line in connect.chain(cast.home, chain, reader=reader, now=LATER).lines]


def test_everybody_writes_changes_and_takes_out_their_own_line(cast: Cast) -> None:
    chain = started(cast)
    mine = add(cast, chain, cast.other, "赵穗", "2份").lines[0]
    add(cast, chain, cast.core, "何以南", "")
    facts: dict[str, Any] = {"community": cast.home, "post_id": chain, "line_id": mine.id, "now": LATER}
    with pytest.raises(connect.NotYourLine):
        connect.edit_line(**facts, values=["偷", "9"], by=cast.core)
    connect.edit_line(**facts, values=["赵穗", "3"], by=cast.other)
    assert lines(cast, chain) == [("赵穗", "3"), ("何以南", "")]
    connect.remove_line(**facts, by=cast.other)
    assert lines(cast, chain) == [("何以南", "")]


def test_taking_part_is_one_act_and_leaving_takes_it_back(cast: Cast) -> None:
    chain = started(cast)
    first = add(cast, chain, cast.other, "赵穗", "1").lines[0]
    second = add(cast, chain, cast.other, "赵穗的朋友", "1").lines[1]
    (act,) = energy.acts_of(cast.home, cast.other.pk)
    assert (act.kind, act.other_id, act.source) == ("attend", cast.member.pk, f"post:{chain}")
    for line in (first, second):
        connect.remove_line(community=cast.home, post_id=chain, line_id=line.id, by=cast.other, now=LATER)
    assert energy.acts_of(cast.home, cast.other.pk) == []


def test_the_cap_counts_quantities_where_it_was_said(cast: Cast) -> None:
    chain = started(cast, cap=5, counts_quantity=True)
    line = add(cast, chain, cast.other, "赵穗", "4").lines[0]
    with pytest.raises(connect.ChainFull):
        add(cast, chain, cast.core, "何以南", "2")
    add(cast, chain, cast.core, "何以南", "1")
    facts: dict[str, Any] = {
        "community": cast.home,
        "post_id": chain,
        "line_id": line.id,
        "by": cast.other,
        "now": LATER,
    }
    with pytest.raises(connect.ChainFull):
        connect.edit_line(**facts, values=["赵穗", "5"])
    connect.edit_line(**facts, values=["赵穗", "1"])
    assert connect.chain(cast.home, chain, reader=None, now=LATER).value.left == 3


def test_nobody_writes_after_it_closed_and_who_started_it_opens_it_again(cast: Cast) -> None:
    chain = started(cast, closes_at=LATER)
    with pytest.raises(connect.ChainClosed):
        add(cast, chain, cast.other, "赵穗", "1", now=LATER)
    facts: dict[str, Any] = {"community": cast.home, "post_id": chain, "now": LATER, "is_closed": False}
    with pytest.raises(connect.OnlyTheStarter):
        connect.close_chain(**facts, by=cast.other)
    assert connect.close_chain(**facts, by=cast.operator).is_open
    add(cast, chain, cast.other, "赵穗", "1", now=LATER)
    assert [d.kind for d in people.deeds_of(cast.home, subject=f"post:{chain}")] == ["connect.chain_opened"]


def test_lines_are_shown_to_whom_the_starter_said(cast: Cast) -> None:
    chain = started(cast, seen_by="own")
    add(cast, chain, cast.other, "赵穗", "1")
    add(cast, chain, cast.core, "何以南", "1")
    assert lines(cast, chain, cast.other) == [("赵穗", "1")]
    assert connect.chain(cast.home, chain, reader=cast.other, now=LATER).hidden
    assert len(lines(cast, chain, cast.member)) == len(lines(cast, chain, cast.operator)) == 2
    assert lines(cast, chain) == []


def test_a_pasted_text_is_looked_at_before_it_is_taken(cast: Cast) -> None:
    chain = started(cast, cap=3)
    add(cast, chain, cast.core, "何以南", "1")
    text = "#接龙\n周六采摘\n1. 何以南 1\n2. 赵穗 2份\n3. 路人 很多\n4. 路人甲 1\n5. 路人乙 1"
    facts: dict[str, Any] = {"community": cast.home, "post_id": chain, "text": text, "by": cast.member, "now": LATER}
    seen = connect.paste_chain(**facts, take=False)
    assert [(line.values[0], line.name, line.problem) for line in seen.lines] == [
        ("何以南", "何以南", "known"), ("赵穗", "赵穗", ""), ("路人", "", "not_number"), ("路人甲", "", ""), ("路人乙", "", "full"),
    ]  # fmt: skip
    assert len(lines(cast, chain)) == 1
    assert connect.paste_chain(**facts, take=True).taken == 2
    assert lines(cast, chain) == [("何以南", "1"), ("赵穗", "2"), ("路人甲", "1")]
    page = connect.chain(cast.home, chain, reader=cast.other, now=LATER)
    assert [line.mine for line in page.lines] == [False, True, False]  # 赵穗 may change hers
    with pytest.raises(connect.OnlyTheStarter):
        connect.paste_chain(**facts | {"by": cast.other}, take=False)
    with pytest.raises(connect.NothingPasted):
        connect.paste_chain(**facts | {"text": "谁来"}, take=True)


def test_its_text_goes_back_to_the_group_as_it_came(cast: Cast) -> None:
    chain = started(cast)
    add(cast, chain, cast.other, "赵穗", "2")
    page = connect.chain(cast.home, chain, reader=cast.other, now=LATER)
    assert page.text == "#接龙\n周六采摘\n八点西门\n例 姓名-数量\n\n1. 赵穗-2\n"


def test_the_other_community_reaches_no_chain_of_this_one(cast: Cast) -> None:
    chain = started(cast)
    with pytest.raises(connect.NotAChain):
        connect.chain(cast.rival, chain, reader=cast.enemy, now=LATER)
    with pytest.raises(connect.PostGone):
        connect.add_line(community=cast.rival, post_id=chain, values=["敌", "1"], by=cast.enemy, now=LATER)


@pytest.mark.usefixtures("committed")
def test_the_last_place_is_taken_once_however_many_reach_for_it() -> None:
    cast = settle()
    chain = started(cast, cap=2)
    outcomes: list[str] = []

    def reach(by: Person) -> None:
        try:
            add(cast, chain, by, by.name, "1")
            outcomes.append("in")
        except connect.ChainFull:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [Thread(target=reach, args=(p,)) for p in (cast.other, cast.core, cast.operator, cast.founder)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["full", "full", "in", "in"]
    assert connect.chain(cast.home, chain, reader=None, now=LATER).value.taken == 2
