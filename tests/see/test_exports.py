"""The network to take away: who may, what is in it, and who is not."""

import csv
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO, StringIO

import pytest
from django.test import Client

from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from tests.conftest import signed_in
from tests.see.conftest import NOW, Town

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def seen(town: Town) -> Town:
    see.refresh(community=town.community, now=NOW)
    return town


def reader(town: Town, name: str = "Founder") -> Client:
    client = signed_in(Person.objects.get(pk=town.id[name]))
    client.cookies["lang"] = "en"
    return client


def rows(town: Town, name: str) -> list[dict[str, str]]:
    answer = reader(town).get("/c/two-towns/network/tables.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        return list(csv.DictReader(StringIO(packed.read(f"{name}.csv").decode("utf-8-sig"))))


def test_the_picture_is_for_whoever_sees_the_map(seen: Town) -> None:
    answer = reader(seen, "Tang").get("/c/two-towns/network/map.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"].startswith('attachment; filename="two-towns-')
    root = ET.fromstring(answer.content)  # noqa: S314 -- written by ourselves
    said = {text.text for text in root.findall(f".//{SVG}text")}
    assert {"Two towns", "Chongqing", "Kunming"} <= said
    assert any("11 members · 12 ties" in (text or "") for text in said)
    assert Client().get("/c/two-towns/network/map.svg").status_code == 404


@pytest.mark.parametrize("file", ["graph.graphml", "tables.zip"])
def test_the_data_are_for_those_who_run_the_community(seen: Town, file: str) -> None:
    assert reader(seen).get(f"/c/two-towns/network/{file}").status_code == 200
    assert reader(seen, "Tang").get(f"/c/two-towns/network/{file}").status_code == 403


def test_the_tables_hold_the_facts_of_the_list_and_every_tie(seen: Town) -> None:
    nodes, edges = rows(seen, "nodes"), rows(seen, "edges")
    tang = next(row for row in nodes if row["name"] == "Tang")
    known = see.node(seen.community, seen.id["Tang"])
    assert (tang["id"], tang["chapter"], tang["role"]) == (f"p{seen.id['Tang']}", "Chongqing", "member")
    assert float(tang["score"]) == pytest.approx(known.score, abs=1e-3)
    assert (int(tang["ties"]), int(tang["two_way"])) == (known.ties, known.two_way)
    assert len(nodes) == 11
    assert len(edges) == 23
    tie = next(e for e in edges if (e["source"], e["target"]) == (f"p{seen.id['Qin']}", f"p{seen.id['Su']}"))
    assert (tie["acts"], tie["first"], tie["last"]) == ("2", "2025-05-19", "2025-05-19")


def test_graphml_names_the_same_people(seen: Town) -> None:
    root = ET.fromstring(reader(seen).get("/c/two-towns/network/graph.graphml").content)  # noqa: S314 -- our own
    ids = {node.get("id") for node in root.findall("{*}graph/{*}node")}
    assert ids == {f"p{pk}" for pk in seen.id.values()}
    assert len(root.findall("{*}graph/{*}edge")) == 23


def test_who_refuses_is_in_no_file_and_who_hides_has_no_score(seen: Town) -> None:
    tang, luo = seen.id["Tang"], seen.id["Luo"]
    people.choose_sight(community=seen.community, person_id=tang, hides_rank=True, refuses_measures=True)
    people.choose_sight(community=seen.community, person_id=luo, hides_rank=True, refuses_measures=False)
    for refreshed in (False, True):
        if refreshed:
            see.refresh(community=seen.community, now=NOW)
        nodes, edges = rows(seen, "nodes"), rows(seen, "edges")
        assert "Tang" not in {row["name"] for row in nodes}
        assert f"p{tang}" not in {end for edge in edges for end in (edge["source"], edge["target"])}
        assert next((row["score"], row["is_super"]) for row in nodes if row["name"] == "Luo") == ("", "False")
    drawn = reader(seen).get("/c/two-towns/network/map.svg").content.decode()
    assert "Tang" not in drawn


def test_a_name_that_is_a_formula_stays_a_name(seen: Town) -> None:
    person = people.make_person(name="=HYPERLINK(1)")
    people.add_member(community=seen.community, person=person, now=NOW)
    see.refresh(community=seen.community, now=NOW)
    assert "'=HYPERLINK(1)" in {row["name"] for row in rows(seen, "nodes")}


def test_a_community_without_ties_can_be_taken_away_too(empty: Town) -> None:
    assert rows(empty, "edges") == []
    assert len(rows(empty, "nodes")) == 11
    assert reader(empty).get("/c/two-towns/network/map.svg").status_code == 200
