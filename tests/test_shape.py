"""Promises about the shape of the code that no linter keeps."""

import ast
import inspect
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOT = Path(__file__).parents[1]
FOLDERS = ("kith", "tests", "bench", "tools")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def contracts() -> dict[str, dict[str, Any]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {c["id"]: c for c in table["tool"]["importlinter"]["contracts"]}


LAYERS = contracts()["parts"]["layers"]
HEIGHT = {part.strip(): height for height, layer in enumerate(reversed(LAYERS)) for part in layer.split("|")}


def part_of(model: type[Model]) -> str:
    root, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if root == "kith" else ""


def test_foreign_keys_point_downward() -> None:
    checked, upward = 0, []
    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001 -- Django's documented way to a model's fields
            if not (part_of(model) and field.is_relation and field.concrete and inspect.isclass(field.related_model)):
                continue
            checked += 1
            here, there = part_of(model), part_of(field.related_model)
            if here != there and HEIGHT[here] <= HEIGHT.get(there, len(HEIGHT)):
                upward.append(f"{model.__name__}.{field.name} -> {field.related_model.__name__}")
    assert checked > 10
    assert upward == []


@pytest.mark.parametrize("path", sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))  # fmt: skip
def test_modules_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS) and node.end_lineno and "migrations" not in path.parts:
            assert node.end_lineno - node.lineno + 1 <= 60, f"{node.name} is too long"


def test_every_part_with_tables_is_installed() -> None:
    configs = {f"kith.{p.parent.name}" for p in (ROOT / "kith").glob("*/apps.py")}
    assert {"kith.people", "kith.energy", "kith.gather", "kith.connect"} <= configs
    assert {a for a in settings.INSTALLED_APPS if a.startswith("kith.") and a != "kith.demo"} <= configs
    assert configs <= set(settings.INSTALLED_APPS)


def test_every_folder_of_code_has_a_layer() -> None:
    parts = {p.parent.name for p in (ROOT / "kith").glob("*/__init__.py")}
    assert parts - {"settings", "locale"} <= set(HEIGHT)
    assert {c.removeprefix("kith.") for c in contracts()["inside"]["containers"]} == set(settings.PARTS)
