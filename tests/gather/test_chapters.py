"""Chapters: their own leads manage their own, numbers count each person once, at a fixed price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.gather import api as gather
from kith.gather.api import NotALead, OperatorsOnly
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Chapter, NameTaken, Person
from tests.conftest import NOW, Cast

DAY = timedelta(days=1)


def opened(cast: Cast, name: str, *people_in: Person) -> Chapter:
    made = gather.open_chapter(community=cast.home, name=name, by=cast.founder, now=NOW)
    for person in people_in:
        gather.choose_chapter(community=cast.home, chapter_id=made.pk, by=person, now=NOW)
    return made


def led(cast: Cast, chapter: Chapter, person: Person) -> None:
    role = gather.appoint_lead(
        community=cast.home, chapter_id=chapter.pk, person_id=person.pk, by=cast.founder, now=NOW
    )
    assert gather.leads(cast.home).get(chapter.pk, []) == []  # not before they accept
    gather.answer_figure(community=cast.home, figure_id=role.id, yes=True, by=person, now=NOW)


def test_a_member_chooses_and_changes_their_chapter(cast: Cast) -> None:
    south = opened(cast, "成都", cast.member)
    north = opened(cast, "北京", cast.member)
    place = people.standing(cast.home, cast.member)
    assert place
    assert (place.chapter, place.chapter_id) == ("北京", north.pk)
    assert [m.name for m in people.members(cast.home, chapter_id=south.pk)] == []
    gather.choose_chapter(community=cast.home, chapter_id=None, by=cast.member, now=NOW)
    chosen = [d.detail["after"] for d in people.deeds(cast.home, kinds=("gather.chapter_chosen",))]
    assert chosen == [0, north.pk, south.pk]
    elsewhere = gather.open_chapter(community=cast.rival, name="对岸", by=cast.enemy, now=NOW)
    with pytest.raises(NotFound):
        gather.choose_chapter(community=cast.home, chapter_id=elsewhere.pk, by=cast.member, now=NOW)


def test_a_lead_manages_their_own_chapter_and_no_other(cast: Cast) -> None:
    own, other = opened(cast, "成都", cast.core, cast.member), opened(cast, "北京", cast.other)
    led(cast, own, cast.core)
    facts = {"community": cast.home, "by": cast.core, "now": NOW}
    gather.amend_chapter(**facts, chapter_id=own.pk, about="锦江边")  # type: ignore[arg-type]  # shared facts
    gather.choose_chapter(**facts, chapter_id=None, person_id=cast.member.pk)  # type: ignore[arg-type]  # shared facts
    with pytest.raises(NotALead):
        gather.amend_chapter(**facts, chapter_id=other.pk, about="我的")  # type: ignore[arg-type]  # shared facts
    with pytest.raises(NotALead):
        gather.choose_chapter(**facts, chapter_id=None, person_id=cast.other.pk)  # type: ignore[arg-type]  # shared facts
    with pytest.raises(NotALead):  # nobody is put anywhere by a lead
        gather.choose_chapter(**facts, chapter_id=own.pk, person_id=cast.other.pk)  # type: ignore[arg-type]  # shared facts
    with pytest.raises(OperatorsOnly):
        gather.close_chapter(**facts, chapter_id=own.pk)  # type: ignore[arg-type]  # shared facts
    gather.dismiss_lead(community=cast.home, chapter_id=own.pk, person_id=cast.core.pk, by=cast.founder, now=NOW)
    with pytest.raises(NotALead):
        gather.amend_chapter(**facts, chapter_id=own.pk, about="还是我的")  # type: ignore[arg-type]  # shared facts


def test_a_name_is_given_once_and_a_closed_chapter_leaves_its_people(cast: Cast) -> None:
    chapter = opened(cast, "成都", cast.member)
    led(cast, chapter, cast.core)
    with pytest.raises(NameTaken):
        opened(cast, "成都")
    gather.close_chapter(community=cast.home, chapter_id=chapter.pk, by=cast.founder, now=NOW)
    assert gather.leads(cast.home) == {}
    assert people.count(cast.home) == 5


def test_numbers_count_each_person_and_each_pair_once(cast: Cast) -> None:
    south, north = opened(cast, "成都", cast.member, cast.other), opened(cast, "北京", cast.core)
    acts = [
        NewAct(cast.member.pk, "reply", NOW - DAY, "1", "t", other_id=cast.other.pk),
        NewAct(cast.other.pk, "reply", NOW - DAY, "2", "t", other_id=cast.member.pk),  # the same pair
        NewAct(cast.member.pk, "answer", NOW - DAY, "3", "t", other_id=cast.core.pk),
        NewAct(cast.core.pk, "reply", NOW - 90 * DAY, "4", "t", other_id=cast.founder.pk),  # long ago
    ]
    energy.record(community=cast.home, acts=acts)
    found = gather.chapter_report(cast.home, now=NOW)
    rows = {r.id: (r.members, r.active, r.within, r.between, r.answers) for r in found.rows}
    assert rows == {south.pk: (2, 2, 1, 1, 1), north.pk: (1, 0, 0, 1, 0), 0: (2, 0, 0, 0, 0)}
    assert (found.members, found.active, found.within, found.between, found.answers) == (5, 2, 1, 1, 1)


def test_numbers_cost_the_same_for_many_chapters(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as few:
        gather.chapter_report(cast.home, now=NOW)
    for n in range(12):
        opened(cast, f"第{n}城", cast.member)
    with CaptureQueriesContext(connection) as many:
        gather.chapter_report(cast.home, now=NOW)
    assert len(many) == len(few) <= 5
