"""What a list says of imported people is written, told and taken back; who has an account speaks for themselves."""

from datetime import timedelta

import pytest

from kith.people import api as people
from kith.people.api import Chapter, Details, Person, TooManyChapters, member
from tests.conftest import NOW, Cast

EARLY = NOW - timedelta(days=900)


def brought(cast: Cast, *names: str) -> list[int]:
    return people.bring_people(community=cast.home, names=names, now=NOW)


def place(cast: Cast, person_id: int) -> tuple[str, str, object]:
    (found,) = [m for m in people.members(cast.home, limit=99) if m.person_id == person_id]
    return found.chapter, found.headline, found.joined_at


def chapters(cast: Cast) -> list[str]:
    return sorted(Chapter.objects.filter(community=cast.home).values_list("name", flat=True))


def test_a_list_fills_chapter_headline_and_date_and_leaves_what_it_does_not_say(cast: Cast) -> None:
    ann, bo = brought(cast, "ann", "bo")
    said = {ann: Details("重庆\u202e", "种茶 \x07的人", EARLY), bo: Details(headline="x")}
    done = people.describe(community=cast.home, details=said)
    assert place(cast, ann) == ("重庆", "种茶 的人", EARLY)
    assert place(cast, bo) == ("", "x", NOW)
    assert done.changes[bo] == (Details(), Details(headline="x"))
    assert len(done.chapters) == 1
    again = people.describe(community=cast.home, details=said)
    assert (again.changes, again.chapters) == ({}, ())


def test_what_was_changed_goes_back_unless_it_was_changed_since(cast: Cast) -> None:
    ann, bo = brought(cast, "ann", "bo")
    people.describe(community=cast.home, details={ann: Details("重庆", "first", EARLY)})
    done = people.describe(community=cast.home, details={ann: Details("成都", "second"), bo: Details("成都", "x")})
    people.describe(community=cast.home, details={bo: Details(headline="later")})
    assert people.undescribe(community=cast.home, changes=done.changes, chapters=done.chapters) == 2
    assert place(cast, ann) == ("重庆", "first", EARLY)
    assert place(cast, bo) == ("", "later", NOW)
    assert chapters(cast) == ["重庆"]


def test_a_chapter_that_has_people_by_now_stays(cast: Cast) -> None:
    ann, bo = brought(cast, "ann", "bo")
    done = people.describe(community=cast.home, details={ann: Details("成都")})
    people.describe(community=cast.home, details={bo: Details("成都")})
    people.undescribe(community=cast.home, changes=done.changes, chapters=done.chapters)
    assert chapters(cast) == ["成都"]


def test_who_has_an_account_or_stands_elsewhere_is_left_alone(cast: Cast) -> None:
    (ann,) = brought(cast, "ann")
    people.merge_person(imported=Person.objects.get(pk=ann), into=cast.stranger)
    (far,) = people.bring_people(community=cast.rival, names=["far"], now=NOW)
    before = place(cast, cast.member.pk)
    said = dict.fromkeys((cast.member.pk, cast.stranger.pk, ann, far), Details("x", "x", EARLY))
    assert people.describe(community=cast.home, details=said).changes == {}
    assert place(cast, cast.member.pk) == before
    there = Details("x", "x", EARLY)
    assert people.undescribe(community=cast.home, changes={cast.member.pk: (Details(headline="y"), there)}) == 0
    assert member(cast.rival, "far").headline == ""


def test_a_column_of_something_else_makes_no_thousand_chapters(cast: Cast) -> None:
    ids = brought(cast, *(f"p{i}" for i in range(201)))
    with pytest.raises(TooManyChapters, match="201 chapters"):
        people.describe(community=cast.home, details={i: Details(f"138{i}") for i in ids})
    assert chapters(cast) == []
