"""The documents name what there is."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tools import messages

ROOT = Path(__file__).parents[1]
TICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
FOLDERS = ("kith", "tests", "tools", "bench", "docs")
NAME = re.compile(r"`([a-z]+(?:\.\w+)+)`(?: \(`(\w+)`\))?")
DOCUMENTS = sorted(
    p for where in ("*.md", "docs/**/*.md", "kith/*/README.md") for p in ROOT.glob(where) if "node_modules" not in p.parts
)  # fmt: skip


def words() -> list[tuple[str, str, str]]:
    """Return the rows of the glossary that have code: Chinese, code, English message or nothing."""
    rows = [
        line.strip("|").split("|")
        for line in (ROOT / "docs/glossary.md").read_text().splitlines()
        if line.startswith("| ")
    ]
    return [(zh.strip(), code, page.strip()) for zh, code, page, *rest in rows if rest and "`" in code]


WORDS = words()
MESSAGES = {one for m in messages.gather() for one in ((m.id,) if isinstance(m.id, str) else m.id)}


def named_paths(text: str) -> list[str]:
    """Return what a document names as a path of this repository, seen from its root."""
    ticked = [name.removeprefix("./").split(" ")[0] for name in TICKED.findall(FENCE.sub("", text))]
    return [name for name in ticked if name.split("/")[0] in FOLDERS and "/" in name and not set("<*…") & set(name)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_path_a_document_names_exists(document: Path) -> None:
    text = document.read_text()
    assert [name for name in named_paths(text) if not (ROOT / name).exists()] == []
    links = [to for to in LINK.findall(FENCE.sub("", text)) if not to.startswith(("http:", "https:", "mailto:"))]
    assert [to for to in links if not (document.parent / to).exists()] == []


def test_where_answers_many_questions() -> None:
    lines = (ROOT / "docs/where.md").read_text().splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ") and "want to change" not in line]
    assert len(rows) >= 30
    assert [question for question, answer in rows if not TICKED.search(answer)] == []
    assert len({path for _, answer in rows for path in named_paths(answer)}) >= 50


def found(part: str, path: list[str]) -> Any:
    """Return what a dotted name stands for behind the door of a part; for a field of a dataclass its type."""
    thing: Any = import_module(f"kith.{part}.api")
    for step in path:
        fields = getattr(thing, "__annotations__", {}) if isinstance(thing, type) else {}
        thing = fields[step] if step in fields else getattr(thing, step)
    return thing


@pytest.mark.parametrize(("zh", "code", "page"), WORDS, ids=[zh for zh, _, _ in WORDS])
def test_words_of_the_glossary_are_words_of_the_code(zh: str, code: str, page: str) -> None:
    names = NAME.findall(code)
    assert names, zh
    for dotted, member in names:
        part, *path = dotted.split(".")
        thing = found(part, path)
        assert not member or member in thing
    if page:
        assert page in MESSAGES


def test_the_glossary_has_words() -> None:
    assert len(WORDS) >= 35
    assert len({zh for zh, _, _ in WORDS}) == len(WORDS)


def test_chinese_pages_use_the_words_of_the_glossary() -> None:
    catalog = messages.read(messages.catalogs()[0])
    shown = {page: zh.split("（")[0] for zh, _, page in WORDS if page}
    said = {m.id: m.string for m in catalog if isinstance(m.id, str)}
    assert {page: said[page] for page, zh in shown.items() if zh not in str(said[page])} == {}
