"""Every refusal of Kith has a code, an English sentence that takes its facts, and an HTTP status."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import kith
from kith.lib.errors import NotAllowed, NotFound, Refusal

PLACES = re.compile(r"%\((\w+)\)s")


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(kith.__path__, "kith."):
        if module.name.endswith(".data"):
            importlib.import_module(module.name)
    return sorted(set(below(Refusal)), key=lambda k: k.__name__)


def test_facts_fill_the_sentence() -> None:
    class Missing(Refusal):
        sentence = "There is no “%(what)s” here."

    refused = Missing(what="tea")
    assert (str(refused), refused.facts, refused.code, refused.status) == (
        "There is no “tea” here.",
        {"what": "tea"},
        "Missing",
        400,
    )


def test_a_refusal_without_facts_says_its_sentence() -> None:
    assert str(NotFound()) == "There is nothing here, or it is not yours to see."
    assert (NotFound.status, NotAllowed.status) == (404, 403)


@pytest.mark.parametrize("kind", refusals(), ids=lambda k: k.__name__)
def test_every_refusal_is_a_sentence(kind: type[Refusal]) -> None:
    facts = dict.fromkeys(PLACES.findall(kind.sentence), "x")
    said = str(kind(**facts))
    assert "%(" not in said
    assert said[0].isupper() or said[0] in "x“`"
    assert said.endswith((".", "x", "”"))
    assert kind.status == 202 or 400 <= kind.status < 600  # 202: it is kept, and others see it later


def test_codes_are_told_apart() -> None:
    names = [kind.__name__ for kind in refusals()]
    assert len(names) > 30
    assert len(names) == len(set(names))
