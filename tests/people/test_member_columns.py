"""Members as columns say what members as values say."""

from kith.people import api as people
from kith.people.api import Chapter, Membership
from tests.conftest import NOW, Cast


def test_columns_say_what_standings_say_by_rising_id(cast: Cast) -> None:
    people.bring_people(community=cast.home, names=["小满", "机器人"], now=NOW)
    rows = Membership.objects.filter(community=cast.home)
    rows.filter(person=cast.core).update(
        chapter=Chapter.objects.create(community=cast.home, name="杭州"), hides_rank=True
    )
    rows.filter(person=cast.other).update(refuses_measures=True)
    rows.filter(person__name="机器人").update(is_bot=True)
    found = people.member_columns(cast.home)
    told = sorted(people.members(cast.home), key=lambda m: m.person_id)
    assert len(told) == 7
    assert list(zip(
        found.person, found.name, found.chapter, found.joined_at, found.is_bot, found.is_staff, found.hides_rank, found.refuses_measures,
        strict=True,
    )) == [
        (m.person_id, m.name, m.chapter, m.joined_at.timestamp(), m.is_bot, m.is_staff, m.hides_rank, m.refuses_measures) for m in told
    ]  # fmt: skip


def test_a_community_nobody_stands_in_has_empty_columns(cast: Cast) -> None:
    Membership.objects.filter(community=cast.rival).delete()
    assert people.member_columns(cast.rival).person == ()
