"""Introductions: half of them held out by lot, made only with two yeses, and nobody learns of a no."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.api import Introduction, NoSuchIntroduction, NotBetweenThem, OneOfTheTwo, QuestionClosed
from kith.see.models import Introduction as Row
from kith.see.rules.consent import held_out, ratio
from tests.see.conftest import NOW, Town

DAY = timedelta(days=1)


def person(town: Town, name: str) -> Person:
    return Person.objects.get(pk=town.id[name])


def pairs(town: Town) -> set[tuple[int, int]]:
    return set(Row.objects.filter(community=town.community).values_list("a_id", "b_id"))


@pytest.fixture
def met(town: Town) -> Town:
    """The two towns: Jiang and Wei know Tang, Su and Zhao know Luo; He and Wei, who know Qin, are held out by lot.

    Who the lot takes goes by numbers that differ from run to run: what it does is tested by itself.
    """
    see.refresh(community=town.community, now=NOW)
    for score, (one, other, link, held) in enumerate(
        [("He", "Wei", "Qin", True), ("Su", "Zhao", "Luo", False), ("Jiang", "Wei", "Tang", False)]
    ):
        Row.objects.create(
            community=town.community, a_id=town.id[one], b_id=town.id[other], score=score, mutual=[town.id[link]],
            held_out=held, proposed_at=NOW,
        )  # fmt: skip
    return town


def first(town: Town) -> Introduction:
    return see.introductions(town.community, now=NOW)[0]


def sides(town: Town) -> tuple[Person, Person]:
    shown = first(town)
    return Person.objects.get(pk=shown.a.person_id), Person.objects.get(pk=shown.b.person_id)


def asked(town: Town) -> int:
    """Have the founder ask the first two, and return the number of the introduction."""
    pk = first(town).id
    see.ask(community=town.community, introduction_id=pk, by=person(town, "Founder"), now=NOW)
    return pk


def say(town: Town, pk: int, by: Person, *, yes: bool, days: float = 0) -> see.Question:
    return see.answer(community=town.community, introduction_id=pk, by=by, yes=yes, now=NOW + days * DAY)


def introduced(town: Town) -> list[tuple[int, int | None]]:
    founder = town.id["Founder"]
    acts = energy.acts_of(town.community, founder)
    return sorted((a.actor_id, a.other_id) for a in acts if a.kind == "introduce")


def test_the_lot_is_fair_and_always_the_same() -> None:
    drawn = [held_out(1, a, b) for a in range(60) for b in range(a)]
    assert sum(drawn) == pytest.approx(len(drawn) / 2, rel=0.1)
    assert held_out(1, 7, 3) == held_out(1, 3, 7)


def test_proposed_are_strangers_with_somebody_in_common_and_the_lot_decides_who_is_shown(town: Town) -> None:
    new = see.propose_introductions(community=town.community, now=NOW)
    rows = list(Row.objects.filter(community=town.community))
    assert rows
    for row in rows:
        assert energy.pair(town.community, row.a_id, row.b_id, at=NOW) == (None, None)
        assert set(row.mutual) <= energy.partners(town.community, row.a_id) & energy.partners(town.community, row.b_id)
        assert row.held_out == held_out(town.community.pk, row.a_id, row.b_id)
    shown = see.introductions(town.community, now=NOW)
    assert {i.id for i in shown} == {row.pk for row in rows if not row.held_out}
    assert {i.state for i in shown} <= {"proposed"}
    assert len(shown) == new <= 10


def test_the_next_night_proposes_only_what_is_new(town: Town) -> None:
    see.propose_introductions(community=town.community, now=NOW)
    known = pairs(town)
    see.propose_introductions(community=town.community, now=NOW + DAY)
    assert known <= pairs(town)
    assert Row.objects.count() == len(pairs(town))


def test_what_is_held_out_can_be_neither_seen_nor_asked(met: Town) -> None:
    hidden = Row.objects.filter(held_out=True).first()
    assert hidden
    for act in (see.introduction,):
        with pytest.raises(NoSuchIntroduction):
            act(met.community, hidden.pk, now=NOW)
    with pytest.raises(NoSuchIntroduction):
        see.ask(community=met.community, introduction_id=hidden.pk, by=person(met, "Founder"), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.filter(pk=hidden.pk).update(asked_at=NOW)


CHOICES: dict[str, Callable[[Any, int], Any]] = {
    "refuses measures": lambda c, p: people.choose_sight(community=c, person_id=p, hides_rank=False, refuses_measures=True),
    "hides from rankings": lambda c, p: people.choose_sight(community=c, person_id=p, hides_rank=True, refuses_measures=False),
    "declines introductions": lambda c, p: people.decline(community=c, person_id=p, introductions=True),
    "is a program": lambda c, p: people.mark_bot(community=c, person_id=p, is_bot=True),
}  # fmt: skip


@pytest.mark.parametrize("choice", CHOICES)
def test_who_does_not_wish_it_is_proposed_to_nobody(town: Town, choice: str) -> None:
    one = town.id["Tang"]
    CHOICES[choice](town.community, one)
    see.propose_introductions(community=town.community, now=NOW)
    assert Row.objects.exists()
    assert one not in {p for pair in pairs(town) for p in pair}
    assert all(one not in row.mutual for row in Row.objects.all()) or choice == "declines introductions"


def test_who_changed_their_mind_meanwhile_is_not_asked(met: Town) -> None:
    one, _ = sides(met)
    people.decline(community=met.community, person_id=one.pk, introductions=True)
    with pytest.raises(NoSuchIntroduction):
        asked(met)
    see.forget_introductions(community=met.community, person_id=one.pk)
    assert one.pk not in {p for pair in pairs(met) for p in pair}


def test_both_are_asked_and_see_who_asks_and_whom_both_know(met: Town) -> None:
    one, other = sides(met)
    pk = asked(met)
    [question] = see.questions(met.community, one.pk, now=NOW)
    assert (question.id, question.other.name, question.by and question.by.name) == (pk, other.name, "Founder")
    assert (question.said, question.made_at, question.asked_at) == (None, None, NOW)
    assert question.mutual
    assert [q.other.name for q in see.questions(met.community, other.pk, now=NOW)] == [one.name]
    assert see.questions(met.community, met.id["Founder"], now=NOW) == ()


def test_asking_twice_asks_once(met: Town) -> None:
    pk = asked(met)
    again = see.ask(community=met.community, introduction_id=pk, by=person(met, "Founder"), now=NOW + DAY)
    assert (again.state, again.asked_at) == ("asked", NOW)


def test_two_yeses_introduce_and_the_introducer_has_done_something_for_both(met: Town) -> None:
    one, other = sides(met)
    pk = asked(met)
    assert say(met, pk, one, yes=True).made_at is None
    assert introduced(met) == []
    assert see.introduction(met.community, pk, now=NOW).state == "asked"
    assert say(met, pk, other, yes=True, days=1).made_at == NOW + DAY
    founder = met.id["Founder"]
    assert introduced(met) == sorted([(founder, one.pk), (founder, other.pk)])
    assert see.introduction(met.community, pk, now=NOW + DAY).state == "made"
    for who, whom in ((one, other), (other, one)):
        [told] = see.questions(met.community, who.pk, now=NOW + 2 * DAY)
        assert (told.other.name, told.made_at) == (whom.name, NOW + DAY)
    assert say(met, pk, one, yes=True, days=2).made_at == NOW + DAY
    assert len(introduced(met)) == 2
    with pytest.raises(QuestionClosed):
        say(met, pk, one, yes=False, days=2)


@pytest.mark.parametrize("first_says", [True, False])
def test_a_no_is_told_to_nobody(met: Town, *, first_says: bool) -> None:
    one, other = sides(met)
    pk = asked(met)
    before = see.introduction(met.community, pk, now=NOW)
    asked_other = see.questions(met.community, other.pk, now=NOW)
    say(met, pk, one, yes=first_says)
    assert see.introduction(met.community, pk, now=NOW) == before
    assert see.questions(met.community, other.pk, now=NOW) == asked_other
    said = say(met, pk, other, yes=not first_says)
    assert (said.said, said.made_at) == (not first_says, None)
    assert see.introduction(met.community, pk, now=NOW) == before
    assert introduced(met) == []


def test_one_may_change_ones_mind_until_then(met: Town) -> None:
    one, other = sides(met)
    pk = asked(met)
    say(met, pk, one, yes=False)
    say(met, pk, other, yes=True)
    assert say(met, pk, one, yes=True).made_at == NOW


def test_after_a_month_the_question_is_closed(met: Town) -> None:
    one, _ = sides(met)
    pk = asked(met)
    assert see.questions(met.community, one.pk, now=NOW + 31 * DAY) == ()
    with pytest.raises(QuestionClosed):
        say(met, pk, one, yes=True, days=31)
    assert see.introduction(met.community, pk, now=NOW + 31 * DAY).state == "past"


def test_strangers_to_the_question_cannot_answer_it(met: Town, cast: Any) -> None:
    one, _ = sides(met)
    pk = first(met).id
    with pytest.raises(NoSuchIntroduction):
        say(met, pk, one, yes=True)
    asked(met)
    for nobody in (person(met, "Founder"), cast.enemy):
        with pytest.raises(NoSuchIntroduction):
            say(met, pk, nobody, yes=True)
    with pytest.raises(NoSuchIntroduction):
        see.answer(community=cast.home, introduction_id=pk, by=one, yes=True, now=NOW)
    people.remove_members(community=met.community, person_ids=[one.pk])
    with pytest.raises(NoSuchIntroduction):
        say(met, pk, one, yes=True)


def test_members_do_not_introduce_but_super_nodes_do_between_those_they_know(met: Town, cast: Any) -> None:
    bridge = Person.objects.get(pk=see.super_nodes(met.community)[0].who.person_id)
    [mine] = see.introductions_of(met.community, bridge.pk, now=NOW)
    assert [m.person_id for m in mine.mutual] == [bridge.pk]
    for nobody in (person(met, "Ma"), cast.founder):
        with pytest.raises(NotBetweenThem):
            see.ask(community=met.community, introduction_id=mine.id, by=nobody, now=NOW)
    [far] = [i for i in see.introductions(met.community, now=NOW) if i.id != mine.id]
    with pytest.raises(NotBetweenThem):
        see.ask(community=met.community, introduction_id=far.id, by=bridge, now=NOW)
    found = see.ask(community=met.community, introduction_id=mine.id, by=bridge, now=NOW)
    assert found.by
    assert found.by.person_id == bridge.pk


def test_nobody_introduces_themselves(met: Town) -> None:
    one, _ = sides(met)
    people.change_role(community=met.community, person_id=one.pk, role="operator")
    with pytest.raises(OneOfTheTwo):
        see.ask(community=met.community, introduction_id=first(met).id, by=one, now=NOW)


def test_after_ninety_days_the_book_says_who_met_shown_or_held_out(met: Town) -> None:
    shown, hidden = Row.objects.filter(held_out=False).first(), Row.objects.filter(held_out=True).first()
    assert shown
    assert hidden
    name = {pk: n for n, pk in met.id.items()}
    met.act(name[shown.b_id], name[shown.a_id], days_ago=-50)
    met.act(name[hidden.a_id], name[hidden.b_id], days_ago=-95)
    assert see.judge_introductions(community=met.community, now=NOW + 60 * DAY) == 1
    see.judge_introductions(community=met.community, now=NOW + 96 * DAY)
    many = Row.objects.filter(held_out=False).count()
    found = see.lift(met.community)
    assert (found.shown, found.shown_met, found.held_out, found.held_out_met) == (
        many,
        1,
        Row.objects.count() - many,
        0,
    )
    assert (found.made, found.ratio) == (0, None)


def test_below_twenty_judged_pairs_there_is_too_little_to_say() -> None:
    assert ratio(19, 9, 40, 4) is None
    assert ratio(40, 8, 19, 4) is None
    assert ratio(40, 8, 40, 0) is None
    assert ratio(40, 8, 20, 2) == pytest.approx(2.0)


def test_an_introduction_to_make_is_an_errand_and_asking_does_it(met: Town) -> None:
    see.propose_errands(community=met.community, now=NOW)
    found = [e for e in see.errands(met.community, now=NOW) if e.kind == "introduce"]
    assert found
    assert found[0].reason.code in {"both_know_one", "both_know_two"}
    pk = int(found[0].reason.facts["introduction"])
    founder = person(met, "Founder")
    see.ask(community=met.community, introduction_id=pk, by=founder, now=NOW)
    assert see.errand(met.community, found[0].id).state == "done"


def test_introductions_are_read_by_three_statements(met: Town) -> None:
    with CaptureQueriesContext(connection) as few:
        see.introductions(met.community, now=NOW)
    with CaptureQueriesContext(connection) as mine:
        see.questions(met.community, met.id["Tang"], now=NOW)
    assert (len(few), len(mine)) == (4, 2)


def test_where_nobody_is_in_touch_nobody_is_introduced(empty: Town) -> None:
    assert see.propose_introductions(community=empty.community, now=NOW) == 0
    assert see.introductions(empty.community, now=NOW) == ()
    assert see.lift(empty.community).ratio is None
