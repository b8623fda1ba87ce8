"""Who spoke and is not turned to; who acted and who met in a span."""

from datetime import datetime, timedelta

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from tests.conftest import NOW, Cast, account

MONTH = NOW - timedelta(days=30)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def act(actor: int, kind: str, days: float, other: int | None = None) -> NewAct:
    name = f"{actor}:{kind}:{days}"
    return NewAct(actor, kind, ago(days), name, f"post:{round(days * 10)}", other)


def test_who_spoke_waits_from_their_first_word_after_anybody_last_turned_to_them(cast: Cast) -> None:
    one, other, third = cast.member.pk, cast.other.pk, cast.core.pk
    energy.record(
        community=cast.home,
        acts=[
            act(one, "post", 90), act(other, "reply", 9, one), act(one, "post", 5), act(one, "reply", 4, third),
            act(third, "post", 3), act(other, "thank", 2, third),
        ],
    )  # fmt: skip
    found = energy.waiting(cast.home, since=MONTH, until=ago(0.5))
    assert [(w.person_id, w.at, w.source, w.first_at) for w in found] == [
        (other, ago(9), "post:90", ago(9)),
        (one, ago(5), "post:50", ago(90)),
    ]


def test_words_that_are_too_fresh_do_not_wait_yet_and_thanks_ask_for_nothing(cast: Cast) -> None:
    energy.record(
        community=cast.home, acts=[act(cast.member.pk, "post", 0.2), act(cast.other.pk, "thank", 3, cast.core.pk)]
    )
    assert energy.waiting(cast.home, since=MONTH, until=ago(0.5)) == []


def test_a_withdrawn_word_does_not_wait_and_a_withdrawn_answer_answers_nothing(cast: Cast) -> None:
    one, other = cast.member.pk, cast.other.pk
    energy.record(community=cast.home, acts=[act(one, "post", 5), act(other, "thank", 4, one), act(other, "post", 3)])
    energy.withdraw(community=cast.home, at=NOW, keys=[f"{other}:thank:4"])
    energy.withdraw(community=cast.home, at=NOW, keys=[f"{other}:post:3"])
    assert [w.person_id for w in energy.waiting(cast.home, since=MONTH, until=NOW)] == [one]


def test_answers_to_lines_that_were_claimed_answer_who_claimed_them(cast: Cast) -> None:
    [old] = people.bring_people(community=cast.home, names=["旧人"], now=NOW)
    energy.record(community=cast.home, acts=[act(old, "post", 8), act(cast.other.pk, "thank", 2, old)])
    claimer = account("新人", "new@example.org")
    imported = people.Person.objects.get(pk=old)
    people.merge_person(imported=imported, into=claimer)
    assert energy.waiting(cast.home, since=MONTH, until=NOW) == []
    spans = [(claimer.pk, ago(9), ago(7)), (claimer.pk, ago(7), NOW), (cast.other.pk, ago(9), ago(2))]
    assert energy.acted_within(cast.home, spans) == [True, False, True]
    assert energy.met_within(cast.home, [(claimer.pk, cast.other.pk, ago(3), NOW)]) == [True]


def test_two_met_when_either_turned_to_the_other_after_the_moment(cast: Cast) -> None:
    one, other = cast.member.pk, cast.other.pk
    energy.record(community=cast.home, acts=[act(other, "reply", 5, one)])
    spans = [
        (one, other, ago(6), NOW),
        (other, one, ago(6), NOW),
        (one, other, ago(5), NOW),
        (one, other, ago(9), ago(6)),
    ]
    assert energy.met_within(cast.home, spans) == [True, True, False, False]
    assert energy.met_within(cast.home, []) == []


def test_acts_of_another_community_count_for_nothing(cast: Cast) -> None:
    energy.record(
        community=cast.home, acts=[act(cast.member.pk, "post", 5), act(cast.member.pk, "reply", 5, cast.core.pk)]
    )
    assert energy.waiting(cast.rival, since=MONTH, until=NOW) == []
    assert energy.acted_within(cast.rival, [(cast.member.pk, ago(9), NOW)]) == [False]
    assert energy.met_within(cast.rival, [(cast.member.pk, cast.core.pk, ago(9), NOW)]) == [False]


def test_who_acted_or_was_turned_to_was_seen(cast: Cast) -> None:
    turned_to, weightless, spoke, undone, stranger = people.bring_people(community=cast.home, names="abcde", now=NOW)
    one = cast.member.pk
    light = NewAct(one, "reply", NOW, "light", "t", weightless, weight=0)
    energy.record(
        community=cast.home,
        acts=[act(one, "reply", 3, turned_to), light, act(spoke, "post", 3), act(one, "thank", 3, undone)],
    )
    energy.withdraw(community=cast.home, at=NOW, keys=[f"{one}:thank:3"])
    asked = [turned_to, weightless, spoke, undone, stranger]
    assert energy.seen_among(cast.home, asked) == {turned_to, weightless, spoke}
    assert energy.seen_among(cast.rival, asked) == set()


def test_the_first_word_of_somebody_is_told_by_where_it_stands(cast: Cast) -> None:
    one, silent = cast.member.pk, cast.core.pk
    (claimed,) = people.bring_people(community=cast.home, names=["Bo"], now=NOW)
    claimer = account("Bo", "bo@example.org")
    energy.record(
        community=cast.home,
        acts=[
            act(one, "thank", 9, claimed), act(one, "reply", 8, claimed), act(one, "post", 7), act(claimed, "post", 5),
            act(silent, "thank", 3, one),
        ],
    )  # fmt: skip
    people.merge_person(imported=people.Person.objects.get(pk=claimed), into=claimer)
    told = energy.first_words(cast.home, [one, silent, claimer.pk])
    assert told == {one: "post:80", claimer.pk: "post:50"}
    assert energy.first_words(cast.rival, [one]) == {}
