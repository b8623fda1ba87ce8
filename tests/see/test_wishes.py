"""People may keep out of rankings, or refuse to be measured; the measures of everybody else stay as they were."""

import gzip
import struct
from datetime import timedelta

import pytest

from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import NotAMember
from kith.see import api as see
from kith.see.api import NotMeasured, NotOnTheMap
from kith.see.models import Errand, Measure, Node
from tests.see.conftest import NOW, Town

MEASURES = ("score", "energy_in", "energy_out", "ties", "two_way", "warmth", "percentile", "circle")


def measures(town: Town) -> dict[int, tuple[float, ...]]:
    rows = Node.objects.filter(community=town.community)
    return {row.person_id: tuple(getattr(row, m) for m in MEASURES) for row in rows}


def choose(town: Town, name: str, *, refuses: bool) -> None:
    see.choose_sight(
        community=town.community, person_id=town.id[name], hides_rank=True, refuses_measures=refuses, now=NOW
    )


def on_the_map(town: Town) -> set[int]:
    raw = gzip.decompress(see.picture(town.community).gzipped)
    _, persons, _, _ = struct.unpack_from("<4I", raw)
    return set(struct.unpack_from(f"<{persons}I", raw, 16))


@pytest.fixture
def seen(town: Town) -> Town:
    see.refresh(community=town.community, now=NOW)
    return town


@pytest.mark.parametrize("refuses", [False, True])
def test_the_measures_of_others_are_the_same_with_and_without(seen: Town, *, refuses: bool) -> None:
    before, numbers = measures(seen), see.look(community=seen.community, now=NOW)
    choose(seen, "Tang", refuses=refuses)
    after = see.refresh(community=seen.community, now=NOW)
    found = measures(seen)
    assert {p: m for p, m in found.items() if p != seen.id["Tang"]} == {p: m for p, m in before.items() if p != seen.id["Tang"]}  # fmt: skip
    assert (seen.id["Tang"] in found) is not refuses
    same = ("people", "tied", "acts", "ties", "pairs", "energy", "temperature", "reciprocity", "active", "circles")
    assert [getattr(after, n) for n in same] == [getattr(numbers, n) for n in same]
    assert energy.compare(seen.community).is_equal


@pytest.mark.parametrize("refreshed", [False, True])
@pytest.mark.parametrize("refuses", [False, True])
def test_who_keeps_out_stands_in_no_order_of_people_at_once(seen: Town, *, refuses: bool, refreshed: bool) -> None:
    first = see.super_nodes(seen.community)[0].who
    choose(seen, first.name, refuses=refuses)
    if refreshed:
        see.refresh(community=seen.community, now=NOW)
    here = first.person_id
    assert here not in {n.who.person_id for n in see.super_nodes(seen.community)}
    assert here not in {n.who.person_id for n in see.listing(seen.community).rows}
    assert see.listing(seen.community, search=first.name).total == 0
    assert here not in {s["person"] for s in see.labels(seen.community)["supers"]}
    assert all(not t.who.is_super for p in seen.id.values() if p != here for t in see.ties_of(seen.community, p, at=NOW) if t.who.person_id == here)  # fmt: skip


def test_who_is_next_takes_the_place_and_the_hidden_have_none(seen: Town) -> None:
    first = see.listing(seen.community).rows[0].who
    choose(seen, first.name, refuses=False)
    see.refresh(community=seen.community, now=NOW)
    rows = see.listing(seen.community).rows
    assert [rows[0].rank, rows[0].who.is_super] == [1, True]
    mine = see.node(seen.community, first.person_id)
    assert (mine.rank, mine.percentile, mine.who.is_super) == (0, 0.0, False)
    assert mine.score >= rows[0].score


def test_of_who_refuses_nothing_is_measured_drawn_or_told(seen: Town) -> None:
    town, tang, luo = seen.community, seen.id["Tang"], seen.id["Luo"]
    choose(seen, "Tang", refuses=True)
    for refreshed in (False, True):
        if refreshed:
            see.refresh(community=town, now=NOW)
            assert on_the_map(seen) == set(seen.id.values()) - {tang}
        for read in (lambda: see.node(town, tang), lambda: see.person(town, tang, now=NOW)):
            with pytest.raises(NotOnTheMap):
                read()
        with pytest.raises(NotMeasured):
            see.ties_of(town, tang, at=NOW)
        with pytest.raises(NotMeasured):
            see.cooling(town, tang, now=NOW)
        for pair in ((tang, luo), (luo, tang)):
            with pytest.raises(NotMeasured):
                see.pair(town, *pair, now=NOW)
        view = see.person(town, luo, now=NOW)
        assert tang not in {t.who.person_id for t in view.ties}
        assert view.node.ties == len(view.ties) + 1


def test_no_circle_is_called_after_who_keeps_out_and_no_reason_names_them(seen: Town) -> None:
    plain = people.found(name="Plain", slug="plain", pursuit="x", by=people.make_person(name="P"), now=NOW)
    town = Town(plain, {})
    for name in ("Ada", "Bob", "Cid", "Dot", "Eve", "Fay", "Gil", "Hal"):
        person = people.make_person(name=name)
        people.add_member(community=plain, person=person, now=NOW)
        town.id[name] = person.pk
    for ring in ("Ada Bob Cid Dot", "Eve Fay Gil Hal"):
        names = ring.split()
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                town.exchange(one, other, times=5)
    town.exchange("Ada", "Eve", times=3)
    see.refresh(community=plain, now=NOW)
    assert {c["name"] for c in see.labels(plain)["circles"]} == {"Ada", "Eve"}
    choose(town, "Ada", refuses=False)
    see.refresh(community=plain, now=NOW)
    assert "Ada" not in {c["name"] for c in see.labels(plain)["circles"]}
    told = [
        f for p in town.id.values() if p != town.id["Ada"] for r in see.node(plain, p).reasons for f in r.facts.values()
    ]
    assert "Ada" not in told
    for name in ("Bob", "Cid", "Dot"):
        choose(town, name, refuses=False)
    see.refresh(community=plain, now=NOW)
    assert {c["name"] for c in see.labels(plain)["circles"]} == {"Eve"}
    assert see.look(community=plain, now=NOW).circles == 2


def test_measures_and_errands_that_come_of_them_go_at_once(seen: Town) -> None:
    for name in ("Tang", "Jiang"):
        Measure.objects.create(community=seen.community, person_id=seen.id[name], risk=0.9, stake=4, acts=9, cut_off=0, loss=0.1, facts={"weeks": 4, "ties": 6})  # fmt: skip
    see.propose_errands(community=seen.community, now=NOW)
    assert {e.who.name for e in see.errands(seen.community, now=NOW) if e.kind == "call"} == {"Tang", "Jiang"}
    choose(seen, "Tang", refuses=True)
    choose(seen, "Jiang", refuses=False)
    assert [e for e in see.errands(seen.community, now=NOW) if e.kind == "call"] == []
    kept = set(Measure.objects.values_list("person_id", flat=True))
    assert kept == {seen.id["Jiang"]}


def test_a_program_is_nobodys_errand(empty: Town) -> None:
    new = people.make_person(name="Robo")
    people.add_member(community=empty.community, person=new, now=NOW - timedelta(days=1))
    see.propose_errands(community=empty.community, now=NOW)
    assert [e.who.name for e in see.errands(empty.community, now=NOW)] == ["Robo"]
    assert see.mark_bot(community=empty.community, person_id=new.pk, is_bot=True, now=NOW).is_bot
    assert Errand.objects.filter(state="open").count() == 0
    assert not see.mark_bot(community=empty.community, person_id=new.pk, is_bot=False, now=NOW).is_bot


def test_only_members_have_wishes(seen: Town) -> None:
    with pytest.raises(NotAMember):
        see.choose_sight(community=seen.community, person_id=0, hides_rank=True, refuses_measures=False, now=NOW)
    with pytest.raises(NotAMember):
        see.mark_bot(community=seen.community, person_id=0, is_bot=True, now=NOW)
