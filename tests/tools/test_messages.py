"""The sentences of the interface are gathered, kept and checked without GNU gettext."""

import gettext
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tools import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
class TooFar(Refusal):
    sentence = "%(name)s is too far."
class Plain:
    sentence = compute()
REASONS = {"late": "It came late.", "marked": gettext_noop("It came early."), "made": compute()}
NOTES: Mapping[str, str] = {"cut": "%(count)s were cut."}
OTHERS = {"word": "not a sentence"}
def inner():
    NOTES = {"word": "not of the module"}
_("Hello"); ngettext("%(n)s reply", "%(n)s replies", 2); pgettext_lazy("month", "May")
"""
JINJA = "{% trans name=who %}Hello {{ name }}{% endtrans %} <b>{{ _('Thanks') }}</b>"
DJANGO = "{% load i18n %}{% translate 'Sign in' %}{% blocktranslate %}Dear {{ who }}{% endblocktranslate %}"


@pytest.fixture
def found(tmp_path: Path) -> list[tuple[object, str | None]]:
    files = {"a.py": PYTHON, "templates/b.html": JINJA, "account_templates/c.html": DJANGO, "static/d.html": "{{"}
    gathered: list[tuple[object, str | None]] = []
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        gathered += [(message, context) for _, message, _, context in messages.messages_of(path)]
    return gathered


def test_sentences_are_gathered_from_code_pages_and_refusals(found: list[tuple[object, str | None]]) -> None:
    assert sorted(found, key=str) == sorted(
        [
            ("Hello", None),
            (("%(n)s reply", "%(n)s replies"), None),
            ("May", "month"),
            ("%(name)s is too far.", None),
            ("It came late.", None),
            ("It came early.", None),
            ("%(count)s were cut.", None),
            ("Hello %(name)s", None),
            ("Thanks", None),
            ("Sign in", None),
            ("Dear %(who)s", None),
        ],
        key=str,
    )


@pytest.fixture
def template() -> Catalog:
    catalog = Catalog()
    catalog.add("Hello", locations=[("a.py", 1)])
    catalog.add("%(name)s is too far.", locations=[("a.py", 3)])
    catalog.add(("%(n)s reply", "%(n)s replies"), locations=[("a.py", 6)])
    return catalog


@pytest.fixture
def path(tmp_path: Path, template: Catalog) -> Path:
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    messages.update(path, template)
    return path


def translate(path: Path, **words: str) -> None:
    catalog = messages.read(path)
    catalog["Hello"].string = words.get("hello", "你好")
    catalog["%(name)s is too far."].string = words.get("far", "%(name)s 太远了。")
    catalog["%(n)s reply"].string = ("%(n)s 条回复",)
    with path.open("wb") as file:
        write_po(file, catalog)


def test_what_is_not_translated_is_told_with_its_place(path: Path, template: Catalog) -> None:
    assert "untranslated: 'Hello' (a.py:1)" in list(messages.faults(path, template))
    translate(path)
    assert list(messages.faults(path, template)) == []


def test_a_lost_placeholder_is_told(path: Path, template: Catalog) -> None:
    translate(path, far="%(nmae)s 太远了。")
    (fault,) = messages.faults(path, template)
    assert "%(name)s is too far." in fault


def test_what_is_new_and_what_is_gone_are_told(path: Path, template: Catalog) -> None:
    translate(path)
    template.add("Good bye", locations=[("b.py", 2)])
    template.delete("Hello")
    assert list(messages.faults(path, template)) == ["missing: 'Good bye' (b.py:2)", "no longer used: 'Hello'"]


def test_an_update_without_news_changes_nothing(path: Path, template: Catalog) -> None:
    translate(path)
    messages.update(path, template)
    before = path.read_bytes()
    messages.update(path, template)
    assert path.read_bytes() == before


def test_what_is_compiled_can_be_read(path: Path) -> None:
    translate(path)
    messages.compile_catalog(path)
    with path.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Hello") == "你好"
    assert read.ngettext("%(n)s reply", "%(n)s replies", 3) == "%(n)s 条回复"


def test_another_word_than_the_three_is_refused() -> None:
    done = subprocess.run([sys.executable, messages.__file__, "translate"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "messages: say update, compile or check.\n")
