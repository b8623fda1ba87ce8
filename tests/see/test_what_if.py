"""What is only thought of: people gone, introductions made, whom to begin a launch with; by page and drawn on the map."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.api import NotMeasured, TooManyAtOnce
from kith.see.models import Introduction
from tests.conftest import signed_in
from tests.see.conftest import NOW, Town


@pytest.fixture
def seen(town: Town) -> Town:
    see.refresh(community=town.community, now=NOW)
    return town


def reader(town: Town, name: str = "Founder") -> Client:
    client = signed_in(Person.objects.get(pk=town.id[name]))
    client.cookies["lang"] = "en"
    return client


def json_of(page: str) -> Any:
    found = re.search(r"data-map-effect='([^']*)'", page)
    assert found
    return json.loads(html.unescape(found[1]))


def effect(page: str) -> dict[str, list[int]]:
    drawn: dict[str, list[int]] = json_of(page)
    return drawn


def ask(town: Town, address: str, by: str = "Founder") -> str:
    answer = reader(town, by).get(f"/c/two-towns/network/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_the_bridges_the_towns_fall_apart(seen: Town) -> None:
    tang, qin = seen.id["Tang"], seen.id["Qin"]
    one = see.think_without(seen.community, [tang])
    assert (one.parts, one.cut_off, one.ties, one.connected) == (0, (), 3, 10)
    assert one.loss == pytest.approx(22 / 88, abs=0.01)
    both = see.think_without(seen.community, [tang, qin])
    kunming = {seen.id[name] for name in ("Luo", "Su", "Ma", "Gu", "Zhao")}
    assert (both.parts, both.ties) == (2, 6)
    assert set(both.cut_off) | kunming == kunming | {seen.id[name] for name in ("Jiang", "He", "Wei")}
    assert [who.name for who in both.gone] == ["Tang", "Qin"]


def test_the_page_says_it_in_words_and_tells_the_map_whom(seen: Town) -> None:
    tang, qin = seen.id["Tang"], seen.id["Qin"]
    page = ask(seen, f"without?person={tang}&add={qin}")
    assert "If these 2 left" in page
    assert "6 warm ties would end." in page
    assert "Of 10 people with a warm tie, 3 would lose touch with the rest; grey on the map." in page
    drawn = effect(page)
    assert drawn["gone"] == [tang, qin]
    assert set(drawn["cut"]) == {seen.id[name] for name in ("Jiang", "He", "Wei")}
    one = ask(seen, f"without?person={tang}&person={qin}&back={qin}")
    assert "If this person left" in one
    assert "Nobody would be cut off: the others hold together." in one
    assert reader(seen).get(f"/c/two-towns/network/without?person={tang}&back={tang}").content == b""


def test_members_may_ask_of_themselves_only(seen: Town) -> None:
    tang, luo = seen.id["Tang"], seen.id["Luo"]
    mine = ask(seen, "without", by="Tang")
    assert "If you left" in mine
    assert effect(mine)["gone"] == [tang]
    assert ask(seen, f"without?add={tang}", by="Tang") == mine
    for others in (f"add={luo}", f"person={tang}&add={luo}"):
        assert reader(seen, "Tang").get(f"/c/two-towns/network/without?{others}").status_code == 403


@pytest.mark.parametrize("given", ["person=x", "person=-1", "person=" + "9" * 40])
def test_what_is_no_person_is_left_out(seen: Town, given: str) -> None:
    assert effect(ask(seen, f"without?{given}"))["gone"] == [seen.id["Founder"]]


def test_nobody_is_thought_of_who_refuses_or_is_not_here(seen: Town) -> None:
    people.choose_sight(community=seen.community, person_id=seen.id["Tang"], hides_rank=True, refuses_measures=True)
    people.mark_bot(community=seen.community, person_id=seen.id["Su"], is_bot=True)
    for nobody in (seen.id["Tang"], seen.id["Su"], 999_999):
        with pytest.raises(NotMeasured):
            see.think_without(seen.community, [nobody])
    with pytest.raises(TooManyAtOnce):
        see.think_without(seen.community, list(range(21)))
    assert reader(seen).get("/c/two-towns/network/without?person=999999").status_code == 404


def test_a_community_without_ties_loses_nothing(empty: Town) -> None:
    with pytest.raises(NotFound):
        see.think_without(empty.community, [empty.id["Tang"]])
    page = ask(empty, f"without?person={empty.id['Tang']}")
    assert "No warm tie would end." in page
    assert "Nobody yet" in ask(empty, "seeds")
    assert "Nobody to introduce today" in ask(empty, "introduced")


def test_seeds_begin_with_who_moves_most_and_never_with_the_same_people_twice(seen: Town) -> None:
    found = see.launch_seeds(seen.community, count=50)
    adds = [seed.adds for seed in found.seeds]
    assert adds == sorted(adds, reverse=True)
    assert len({seed.who.person_id for seed in found.seeds}) == len(adds)
    assert found.seeds[0].who.name in {"Tang", "Luo"}
    assert found.reach == pytest.approx(sum(adds))
    assert found.people == 11
    assert 0 < found.share <= 10 / 11
    assert see.launch_seeds(seen.community, count=3) == found.first(3)


def test_who_hides_is_no_seed_and_programs_neither(seen: Town) -> None:
    first = see.launch_seeds(seen.community, count=1).seeds[0].who.person_id
    people.choose_sight(community=seen.community, person_id=first, hides_rank=True, refuses_measures=False)
    people.mark_bot(community=seen.community, person_id=seen.id["Gu"], is_bot=True)
    see.refresh(community=seen.community, now=NOW)
    found = see.launch_seeds(seen.community, count=50)
    assert not {first, seen.id["Gu"]} & {seed.who.person_id for seed in found.seeds}
    assert found.people == 10


def test_the_page_of_seeds_lists_names_to_copy(seen: Town) -> None:
    page = ask(seen, "seeds?k=2")
    names = [seed.who.name for seed in see.launch_seeds(seen.community, count=2).seeds]
    assert effect(page)["seeds"] == [seen.id[name] for name in names]
    assert f'data-copy="{names[0]}\n{names[1]}"' in page
    assert "of 11 members" in page
    assert "<input" not in ask(seen, "seeds?k=2&part=1")
    for bad in ("k=0", "k=x", "k=99999", "k="):
        assert 1 <= len(effect(ask(seen, f"seeds?{bad}"))["seeds"]) <= 50
    assert reader(seen, "Tang").get("/c/two-towns/network/seeds").status_code == 403


def introduction(town: Town, a: str, b: str, *, held_out: bool = False, **more: object) -> None:
    one, other = sorted((town.id[a], town.id[b]))
    Introduction.objects.create(
        community=town.community, a_id=one, b_id=other, score=1, mutual=[town.id["Tang"]], held_out=held_out, proposed_at=NOW, **more
    )  # fmt: skip


def test_introductions_are_drawn_but_for_those_held_out(seen: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    introduction(seen, "He", "Luo")
    introduction(seen, "Jiang", "Qin")
    introduction(seen, "Ma", "Wei", held_out=True)
    found = see.think_with(seen.community, None, now=NOW)
    assert {tuple(sorted((i.a.name, i.b.name))) for i in found.pairs} == {("He", "Luo"), ("Jiang", "Qin")}
    assert (found.joined, found.across) == ((), 1)
    page = ask(seen, "introduced")
    drawn = {frozenset(pair) for pair in json_of(page)["added"]}
    assert drawn == {frozenset({seen.id["He"], seen.id["Luo"]}), frozenset({seen.id["Jiang"], seen.id["Qin"]})}
    assert "both know Tang" in page
    assert "Wei" not in page


def test_an_introduction_joins_who_stood_apart(seen: Town) -> None:
    introduction(seen, "Founder", "Luo")
    found = see.think_with(seen.community, None, now=NOW)
    assert found.joined == (seen.id["Founder"],)


def test_a_member_sees_only_what_they_may_introduce_themselves(seen: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    introduction(seen, "Jiang", "Luo")
    introduction(seen, "Ma", "Wei")
    assert {"Jiang", "Luo"} == {
        who.name for i in see.think_with(seen.community, seen.id["Tang"], now=NOW).pairs for who in (i.a, i.b)
    }
    assert len(effect(ask(seen, "introduced", by="Tang"))["added"]) == 1


def test_what_is_thought_of_costs_a_fixed_number_of_queries(
    seen: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [seen.id[name] for name in ("Tang", "Qin", "Luo")]
    for some in (ids[:1], ids):
        with django_assert_max_num_queries(7):
            see.think_without(seen.community, some)
    with django_assert_max_num_queries(6):
        see.launch_seeds(seen.community, count=50)
