"""Who may fall silent: for those who run the community, never by colour alone, grey where there is too little to say."""

import gzip

import pytest
from django.test import Client

from kith.lib.graph_map import decode
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.models import Measure
from tests.conftest import signed_in
from tests.see.conftest import NOW, Town

FACTS = {
    "Tang": (0.72, {"silent_days": 41, "weeks": 3, "of": 13}),
    "Luo": (0.5, {"silent_days": 2, "weeks": 5, "of": 13}),
    "Su": (0.1, {"silent_days": 0, "weeks": 13, "of": 13}),
    "Ma": (None, {"silent_days": 1, "weeks": 1, "of": 13}),
}


@pytest.fixture
def measured(town: Town) -> Town:
    see.refresh(community=town.community, now=NOW)
    for name, (risk, facts) in FACTS.items():
        Measure.objects.create(
            community=town.community, person_id=town.id[name], acts=9, risk=risk, stake=1, cut_off=0, loss=0, facts=facts
        )  # fmt: skip
    return town


def reader(town: Town, name: str) -> Client:
    client = signed_in(Person.objects.get(pk=town.id[name]))
    client.cookies["lang"] = "en"
    return client


def beside(town: Town, name: str, by: str = "Founder") -> str:
    return reader(town, by).get(f"/c/two-towns/network/person/{town.id[name]}").content.decode()


def test_each_person_of_the_map_has_a_byte(measured: Town) -> None:
    answer = reader(measured, "Founder").get("/c/two-towns/network/risks.bin")
    persons = decode(gzip.decompress(see.picture(measured.community).gzipped)).person.tolist()
    found = dict(zip(persons, answer.content, strict=True))
    assert [found[measured.id[name]] for name in ("Tang", "Luo", "Su", "Ma", "Qin")] == [72, 50, 10, 255, 255]


def test_members_are_not_told_of_each_other(measured: Town) -> None:
    assert reader(measured, "Su").get("/c/two-towns/network/risks.bin").status_code == 403
    assert 'value="risk"' not in reader(measured, "Su").get("/c/two-towns/network").content.decode()
    assert 'value="risk"' in reader(measured, "Founder").get("/c/two-towns/network").content.decode()
    assert "fall silent" not in beside(measured, "Tang", by="Su")


def test_the_inspector_says_why_and_of_how_many(measured: Town) -> None:
    tang = beside(measured, "Tang")
    assert "Likely to fall silent" in tang
    assert "Silent for 41 days; active in 3 of the last 13 weeks." in tang
    assert "Of 100 with such habits, about 72 stay silent for 90 days." in tang
    luo = beside(measured, "Luo")
    assert "Could go either way" in luo
    assert "Active in 5 of the last 13 weeks." in luo
    assert "Likely to stay" in beside(measured, "Su")


def test_where_there_is_too_little_to_say_there_is_no_number(measured: Town) -> None:
    for name in ("Ma", "Qin"):
        said = beside(measured, name)
        assert "Too little to say" in said
        assert "Of 100" not in said


def test_who_refuses_measures_has_no_risk(measured: Town) -> None:
    tang = measured.id["Tang"]
    people.choose_sight(community=measured.community, person_id=tang, hides_rank=True, refuses_measures=True)
    assert see.risks_of(measured.community, [tang])[tang].percent is None
    see.refresh(community=measured.community, now=NOW)
    persons = decode(gzip.decompress(see.picture(measured.community).gzipped)).person.tolist()
    assert tang not in persons
    assert len(see.risks(measured.community)) == len(persons)


def test_the_list_has_the_same_words_for_those_who_run_the_community(measured: Town) -> None:
    page = reader(measured, "Founder").get("/c/two-towns/network/list").content.decode()
    assert page.count('<td class="only-d risk">') == 11
    assert "likely to fall silent<small>Silent for 41 days; active in 3 of the last 13 weeks.</small>" in page
    assert page.count('<td class="only-d risk">too little to say</td>') == 8
    members = reader(measured, "Su").get("/c/two-towns/network/list").content.decode()
    assert "only-d risk" not in members
    assert members.count("Kunming") >= 5
