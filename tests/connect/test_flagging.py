"""Flags: the broken rule is named, enough of them cover a text, somebody decides, another one on the appeal."""

from datetime import timedelta
from typing import Any

import pytest

from kith.connect import api as connect
from kith.connect import rules
from kith.connect.api import (
    AlreadyFlagged,
    AnotherMustDecide,
    AppealTooLate,
    CaseDecided,
    CaseGone,
    CaseValue,
    NothingToAppeal,
    NotOwnCase,
    NotOwnFlag,
    PostGone,
    RuleMissing,
    Said,
    UnknownOutcome,
)
from kith.energy.api import ties
from kith.gather import api as gather
from kith.gather.api import Muted, NoReason, OperatorsOnly
from kith.people.api import Person, add_member, deeds, standing
from tests.conftest import NOW, Cast

LATER = NOW + timedelta(days=1)


@pytest.fixture
def rule(cast: Cast) -> int:
    made = gather.write_agreement(community=cast.home, title="不卖货", text="不发广告。", by=cast.founder, now=NOW)
    for person in (cast.operator, cast.core, cast.member, cast.other):
        gather.accept_agreements(community=cast.home, person=person, accepted=[made.id], now=NOW)
    return made.id


def advert(cast: Cast, by: Person) -> Said:
    root = connect.post(community=cast.home, text="聊聊", by=cast.core, now=NOW)
    return connect.reply(community=cast.home, to=root.id, text="快来买", by=by, now=NOW)


def flag(cast: Cast, post: Said, by: Person, rule: int | None, **more: Any) -> CaseValue:
    return connect.flag(community=cast.home, post_id=post.id, by=by, agreement_id=rule, now=NOW, **more)


def decide(cast: Cast, case: CaseValue, outcome: str, by: Person | None = None, **more: Any) -> CaseValue:
    wanted: dict[str, Any] = {"reason": "广告"} | more
    return connect.decide_case(
        community=cast.home, case_id=case.id, outcome=outcome, by=by or cast.operator, now=NOW, **wanted
    )


def test_a_flag_names_the_rule_and_two_cover_a_text(cast: Cast, rule: int) -> None:
    post = advert(cast, cast.member)
    for wrong in (None, rule + 1):
        with pytest.raises(RuleMissing):
            flag(cast, post, cast.other, wrong)
    with pytest.raises(NotOwnFlag):
        flag(cast, post, cast.member, rule)
    first = flag(cast, post, cast.other, rule, note="又来")
    assert (first.is_blurred, [(f.by, f.rule, f.note) for f in first.flags]) == (False, [("赵穗", "不卖货", "又来")])
    with pytest.raises(AlreadyFlagged):
        flag(cast, post, cast.other, rule)
    add_member(community=cast.home, person=cast.stranger, now=NOW)
    assert flag(cast, post, cast.stranger, rule).is_blurred
    shown = connect.one(cast.home, post.id, reader=cast.other)
    assert (shown.is_blurred, shown.version) == (True, post.version + 1)  # a kept card is made anew
    assert connect.count_cases(cast.home) == 1
    told = deeds(cast.home, kinds=("gather.flagged",))
    assert {(d.person_id, d.by_id) for d in told} == {(cast.member.pk, None)}  # the author is told, not by whom


def test_one_flag_of_somebody_trusted_is_enough(cast: Cast, rule: int) -> None:
    assert flag(cast, advert(cast, cast.member), cast.core, rule).is_blurred
    assert rules.is_trusted("member", upheld=3, dismissed=1)
    assert not rules.is_trusted("member", upheld=3, dismissed=2)
    assert not rules.is_trusted("member", upheld=2, dismissed=0)


def test_what_is_left_stands_open_again_and_both_sides_hear_of_it(cast: Cast, rule: int) -> None:
    post = advert(cast, cast.member)
    case = flag(cast, post, cast.core, rule)
    done = decide(cast, case, "left", reason="")
    assert (done.state, done.decided_by, connect.one(cast.home, post.id, reader=None).is_blurred) == ("dismissed", "Olga", False)  # fmt: skip
    found = {(d.kind, d.person_id) for d in deeds(cast.home)[:2]}
    assert found == {("gather.left_standing", cast.member.pk), ("gather.flag_dismissed", cast.core.pk)}
    with pytest.raises(CaseDecided):
        decide(cast, case, "removed")
    with pytest.raises(NothingToAppeal):
        connect.appeal(community=cast.home, case_id=case.id, text="?", by=cast.member, now=NOW)


def test_what_is_taken_away_comes_back_on_appeal_with_its_act(cast: Cast, rule: int) -> None:
    post = advert(cast, cast.member)
    before = ties(cast.home, at=LATER)
    case = flag(cast, post, cast.other, rule)
    with pytest.raises(NoReason):
        decide(cast, case, "muted", reason=" ")
    decide(cast, case, "muted", days=7)
    assert ties(cast.home, at=LATER) == []
    with pytest.raises(PostGone):
        connect.one(cast.home, post.id, reader=cast.member)
    with pytest.raises(Muted):
        connect.post(community=cast.home, text="为什么", by=cast.member, now=NOW)
    [mine] = connect.cases_of(cast.home, cast.member)
    assert (mine.text, mine.outcome, mine.flags) == ("快来买", "muted", ())
    connect.appeal(community=cast.home, case_id=case.id, text="是转述", by=cast.member, now=LATER)
    assert [c.appeal for c in connect.cases(cast.home)] == ["是转述"]
    with pytest.raises(AnotherMustDecide):
        connect.decide_appeal(community=cast.home, case_id=case.id, grant=False, by=cast.operator, now=LATER)
    connect.decide_appeal(community=cast.home, case_id=case.id, grant=True, by=cast.founder, now=LATER, reason="有道理")
    assert connect.one(cast.home, post.id, reader=cast.member).text == "快来买"
    assert ties(cast.home, at=LATER) == before
    assert connect.post(community=cast.home, text="谢谢", by=cast.member, now=LATER).mine
    assert [(c.appeal_state, c.appeal_by) for c in connect.decided_cases(cast.home)] == [("granted", "罗")]


def test_who_was_banned_by_a_decision_may_appeal_once_and_in_time(cast: Cast, rule: int) -> None:
    case = flag(cast, advert(cast, cast.member), cast.core, rule)
    decide(cast, case, "banned", days=None)
    assert standing(cast.home, cast.member) is None
    with pytest.raises(AppealTooLate):
        connect.appeal(community=cast.home, case_id=case.id, text="晚", by=cast.member, now=NOW + timedelta(days=15))
    connect.appeal(community=cast.home, case_id=case.id, text="求情", by=cast.member, now=LATER)
    connect.decide_appeal(community=cast.home, case_id=case.id, grant=False, by=cast.founder, now=LATER)
    with pytest.raises(NothingToAppeal):
        connect.appeal(community=cast.home, case_id=case.id, text="再求", by=cast.member, now=LATER)


def test_staff_decide_of_this_community_and_nobody_about_themselves(cast: Cast, rule: int) -> None:
    case = flag(cast, advert(cast, cast.operator), cast.other, rule)
    for by in (cast.core, cast.member, cast.enemy):
        with pytest.raises(OperatorsOnly):
            decide(cast, case, "removed", by)
    with pytest.raises(NotOwnCase):
        decide(cast, case, "left", cast.operator)
    with pytest.raises(UnknownOutcome):
        decide(cast, case, "burnt", cast.founder)
    with pytest.raises(CaseGone):
        connect.decide_case(community=cast.rival, case_id=case.id, outcome="left", by=cast.enemy, now=NOW)
    with pytest.raises(CaseGone):
        connect.appeal(community=cast.home, case_id=case.id, text="我", by=cast.other, now=NOW)


def test_without_agreements_the_free_rules_are_meant(cast: Cast) -> None:
    assert flag(cast, advert(cast, cast.member), cast.other, None, note="吵").flags[0].rule == ""
