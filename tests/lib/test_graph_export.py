"""A network for other programs: well-formed, read back by igraph, no cell a formula."""

import csv
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import igraph
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.graph_circles import LOOSE
from kith.lib.graph_export import Column, Network, graphml, table, tables
from kith.lib.graph_map import NO_CHAPTER, MapData
from kith.lib.graph_svg import Names, drawn

SVG = "{http://www.w3.org/2000/svg}"
texts = st.text(max_size=12)


def network(names: list[str]) -> Network:
    return Network(
        ids=["p1", "p2", "p3"],
        nodes=[
            Column("name", "string", names),
            Column("is_program", "boolean", [False, True, False]),
            Column("score", "double", [1.5, None, 0.25]),
        ],
        source=["p1", "p1"],
        target=["p2", "p3"],
        edges=[Column("acts", "int", [3, 1])],
    )


def test_igraph_reads_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "network.graphml"
    file.write_bytes(graphml(network(['罗 <b> & "co"', "=1+1", "O'Hara"])))
    found = igraph.Graph.Read_GraphML(str(file))
    assert found.is_directed()
    assert found.vs["name"] == ['罗 <b> & "co"', "=1+1", "O'Hara"]
    assert found.vs["id"] == ["p1", "p2", "p3"]
    assert found.vs["is_program"] == [False, True, False]
    assert [found.vs["score"][0], found.vs["score"][2]] == [1.5, 0.25]
    assert np.isnan(found.vs["score"][1])
    assert [(e.source, e.target, e["acts"]) for e in found.es] == [(0, 1, 3), (0, 2, 1)]


@given(st.lists(texts, min_size=3, max_size=3))
def test_any_name_gives_well_formed_xml(names: list[str]) -> None:
    root = ET.fromstring(graphml(network(names)))  # noqa: S314 -- written by ourselves
    assert len(root.findall("{*}graph/{*}node")) == 3


DANGER = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "fine", "a=b"]


def test_no_cell_of_a_table_begins_a_formula() -> None:
    rows = list(csv.reader(StringIO(table([Column("name", "string", DANGER)]).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["name", *("'" + d for d in DANGER[:7]), "fine", "a=b"]
    assert table([Column("live", "double", [-0.5, None])]).decode("utf-8-sig").splitlines() == ["live", "-0.5", '""']


def test_the_tables_lie_in_a_zip_and_are_the_same_every_time() -> None:
    raw = tables(network(["A", "B", "C"]))
    assert raw == tables(network(["A", "B", "C"]))
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        assert packed.namelist() == ["nodes.csv", "edges.csv"]
        nodes = packed.read("nodes.csv").decode("utf-8-sig").splitlines()
        edges = packed.read("edges.csv").decode("utf-8-sig").splitlines()
    assert nodes == ["id,name,is_program,score", "p1,A,False,1.5", "p2,B,True,", "p3,C,False,0.25"]
    assert edges == ["source,target,acts", "p1,p2,3", "p1,p3,1"]


def small_map() -> MapData:
    return MapData(
        person=np.arange(4), at=np.array([[-1, -1], [0, 0.5], [0.8, 1], [1, 0]]), circle=np.array([0, 0, 1, LOOSE]), circles=2,
        chapter=np.full(4, NO_CHAPTER), ties_of=np.array([1, 2, 1, 0]), warmth_of=np.array([0, 4, 2, 0]),
        is_super=np.array([False, True, False, False]), a=np.array([0, 1]), b=np.array([1, 2]), warmth=np.array([1, 4]),
    )  # fmt: skip


@pytest.mark.parametrize("title", ["山野社", "<script>&\"'\x00\ufffe"])
def test_the_picture_holds_everybody_every_tie_and_the_names(title: str) -> None:
    names = Names({0: "Dali & co", 1: "", 7: "gone"}, [(1, "Tang")], title, "4 members", "cool", "warm")
    root = ET.fromstring(drawn(small_map(), names))  # noqa: S314 -- written by ourselves
    assert len(root.findall(f".//{SVG}circle")) == 4 + 1
    assert sum(str(path.get("d")).count("M") for path in root.findall(f".//{SVG}path")) == 2
    said = [text.text for text in root.findall(f".//{SVG}text")]
    assert {"Dali & co", "Tang", "4 members", "cool", "warm"} <= set(said)
    assert "gone" not in said
    assert not root.findall(f".//{SVG}script")


def test_an_empty_map_is_a_picture_too() -> None:
    none = np.zeros(0, np.int64)
    empty = MapData(none, np.zeros((0, 2)), none, 0, none, none, none, none.astype(bool), none, none, none)
    root = ET.fromstring(drawn(empty, Names({}, [], "Nobody", "", "", "")))  # noqa: S314 -- written by ourselves
    assert root.findall(f".//{SVG}circle") == []
