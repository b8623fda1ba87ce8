"""Agreements: accepted at every door, asked again when they change; who declines leaves."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import (
    AgreementsMissing,
    AgreementsOpen,
    BadAgreement,
    FounderDecides,
    NoAgreement,
    TooManyAgreements,
)
from kith.people.api import Community, LastFounder, Person, amend, deeds, standing
from tests.conftest import NOW, Cast

LATER = NOW + timedelta(hours=1)


def write(
    cast: Cast, title: str = "待人以诚", text: str = "不骗人。", number: int | None = None, **more: Person
) -> int:
    by = more.get("by", cast.founder)
    return gather.write_agreement(community=cast.home, title=title, text=text, by=by, now=NOW, number=number).id


def say(cast: Cast, person: Person) -> connect.Said:
    return connect.post(community=cast.home, text="大家好", by=person, now=LATER)


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(cast: Cast) -> None:
    write(cast)
    write(cast, text="不骗人，也不瞒人。", number=1)
    assert [(a.version, a.is_current) for a in gather.agreement_versions(cast.home, 1)] == [(2, True), (1, False)]
    assert [a.text for a in gather.agreements(cast.home)] == ["不骗人，也不瞒人。"]
    assert [d.detail["version"] for d in deeds(cast.home, kinds=("gather.agreement_written",))] == [2, 1]


def test_the_same_words_again_ask_nobody(cast: Cast) -> None:
    assert write(cast) == write(cast, text=" 不骗人。 ", number=1)


def test_only_a_founder_writes_and_there_is_something_to_read(cast: Cast) -> None:
    with pytest.raises(FounderDecides):
        write(cast, by=cast.operator)
    for title, text in (("", "x"), ("x", " \n"), ("长" * 81, "x"), ("x", "长" * 8001)):
        with pytest.raises(BadAgreement):
            write(cast, title, text)
    with pytest.raises(NoAgreement):
        write(cast, number=7)
    for n in range(20):
        write(cast, title=f"约{n}")
    with pytest.raises(TooManyAgreements):
        write(cast)


def test_every_door_asks_for_all_of_them(cast: Cast) -> None:
    first, second = write(cast), write(cast, title="守口如瓶")
    square = amend(community=cast.home, entered_by="open")
    token = gather.invite(community=cast.home, by=cast.founder, now=NOW)
    for accepted in ([], [first], [second, 999]):
        with pytest.raises(AgreementsMissing):
            gather.join(community=square, person=cast.stranger, now=NOW, accepted=accepted)
        with pytest.raises(AgreementsMissing):
            gather.accept_invitation(community=square, token=token, person=cast.stranger, now=NOW, accepted=accepted)
    with pytest.raises(AgreementsMissing):
        gather.apply(community=cast.home, person=cast.stranger, answers=["来"], now=NOW, accepted=[first])
    gather.join(community=square, person=cast.stranger, now=NOW, accepted=[first, second])
    assert set(gather.accepted_at(cast.home, cast.stranger)) == {first, second}
    assert say(cast, cast.stranger).text == "大家好"


def test_members_are_asked_before_their_next_word_and_again_after_a_change(cast: Cast) -> None:
    first = write(cast)
    with pytest.raises(AgreementsOpen):
        say(cast, cast.member)
    [asked] = gather.open_agreements(cast.home, cast.member)
    assert (asked.agreement.id, asked.before) == (first, None)
    gather.accept_agreements(community=cast.home, person=cast.member, accepted=[first], now=NOW)
    post = say(cast, cast.member)
    second = write(cast, text="更严。", number=1)
    with pytest.raises(AgreementsOpen):
        connect.reply(community=cast.home, to=post.id, text="还在", by=cast.member, now=LATER)
    with pytest.raises(AgreementsOpen):
        connect.thank(community=cast.home, post_id=post.id, by=cast.other, now=LATER)
    with pytest.raises(AgreementsMissing):  # what was read is not what holds now
        gather.accept_agreements(community=cast.home, person=cast.member, accepted=[first], now=NOW)
    [asked] = gather.open_agreements(cast.home, cast.member)
    assert (asked.agreement.id, asked.before and asked.before.text) == (second, "不骗人。")
    assert say(cast, cast.founder).text == "大家好"  # who writes one has accepted it


def test_what_is_taken_back_is_asked_no_more(cast: Cast) -> None:
    write(cast)
    gather.retire_agreement(community=cast.home, number=1, by=cast.founder, now=NOW)
    assert (gather.agreements(cast.home), say(cast, cast.member).text) == ([], "大家好")
    assert len(gather.agreement_versions(cast.home, 1)) == 1
    assert gather.agreements(cast.rival) == []


def test_who_declines_leaves_and_the_last_founder_stays(cast: Cast) -> None:
    write(cast)
    gather.decline_agreements(community=cast.home, person=cast.member, now=NOW)
    assert standing(cast.home, cast.member) is None
    assert deeds(cast.home)[0].kind == "gather.declined_agreements"
    with pytest.raises(LastFounder):
        gather.decline_agreements(community=cast.home, person=cast.founder, now=NOW)


def test_agreements_of_another_community_bind_nobody_here(cast: Cast) -> None:
    there: Community = cast.rival
    gather.write_agreement(community=there, title="别处", text="别处的约定", by=cast.enemy, now=NOW)
    assert say(cast, cast.member).text == "大家好"
