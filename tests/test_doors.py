"""A part is entered only through its door."""

import ast
from pathlib import Path

import grimp

CODE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# lib has no inside to protect; the others compose what stands below them and are entered by who starts them.
OPEN = {"lib", "settings", "web", "rest", "front", "run", "cli"}


def test_parts_call_each_other_only_by_api() -> None:
    graph = grimp.build_graph("kith")
    around = [
        f"{importer} -> {imported}"
        for importer in graph.modules - {"kith"}
        for imported in graph.find_modules_directly_imported_by(importer)
        if (to := imported.split("."))[1] not in OPEN | {importer.split(".")[1]}
        if to[2:] != ["api"]
    ]
    assert around == []


def test_a_door_holds_no_code() -> None:
    doors = [d for d in (Path(__file__).parents[1] / "kith").glob("*/api.py") if d.parent.name != "rest"]
    assert doors
    for door in doors:
        code = [n.name for n in ast.walk(ast.parse(door.read_text())) if isinstance(n, CODE)]
        assert code == [], door
