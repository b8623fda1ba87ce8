"""One plain sentence says how a community moved and what most wants doing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kith.see import api as see
from kith.see.api import Crisis, Findings, Numbers, Report, Waiting
from kith.see.rules.definitions import NOTES
from kith.see.rules.headline import headline
from tests.see.conftest import NOW, Town


@pytest.fixture
def report(town: Town) -> Report:
    return see.make_report(community=town.community, now=NOW)


def moved(report: Report, now: dict[str, Any], before: dict[str, Any], **more: Any) -> Report:
    found: Findings = report.findings
    plain: Numbers = replace(found.numbers, newcomers=0)
    findings = replace(found, numbers=replace(plain, **now), before=replace(plain, **before), newcomers=replace(found.newcomers, waiting=()))  # fmt: skip
    return replace(report, findings=replace(findings, **more))


def said(report: Report, language: str = "en") -> str:
    with translation.override(language):
        return see.headline(report)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ((38.6, 30), (36.5, 20), "Warmer and wider: 38.6°, up 2.1° in 30 days."),
        ((38.6, 20), (36.5, 20), "Warmer: 38.6°, up 2.1° in 30 days."),
        ((38.6, 20), (36.5, 30), "Warmer, but carried by fewer: 38.6°, up 2.1° in 30 days."),
        ((30.0, 30), (29.5, 20), "Wider, and as warm as before: 30.0°, up 0.5° in 30 days."),
        ((30.0, 21), (30.04, 20), "Holding steady: 30.0°, as 30 days ago."),
        ((30.0, 20), (30.5, 30), "Narrower, though as warm as before: 30.0°, down 0.5° in 30 days."),
        ((20.0, 30), (40.0, 20), "Wider, but cooler: 20.0°, down 20.0° in 30 days."),
        ((20.0, 20), (40.0, 20), "Cooler: 20.0°, down 20.0° in 30 days."),
        ((20.0, 20), (40.0, 30), "Cooler and narrower: 20.0°, down 20.0° in 30 days."),
        ((20.0, 4), (40.0, 30), "20.0°, too little to say how it moves."),
        ((20.0, 30), (0.0, 0), "20.0°, too little to say how it moves."),
    ],
)
def test_it_says_how_warmth_and_breadth_moved(report: Report, now: Any, before: Any, sentence: str) -> None:
    names = ("temperature", "active")
    assert said(moved(report, dict(zip(names, now, strict=True)), dict(zip(names, before, strict=True)))) == sentence


def worried(report: Report, **more: Any) -> str:
    found = moved(
        report, {"temperature": 30.0, "active": 20, "newcomers": 9}, {"temperature": 30.0, "active": 20}, **more
    )
    return said(found).partition("; ")[2]


def test_newcomers_who_wait_come_before_everything(report: Report) -> None:
    waiting = tuple(Waiting(n, NOW, "") for n in range(4))
    alarm = {"cohesion": Crisis(True, 8, ())}
    assert worried(report, newcomers=replace(report.findings.newcomers, waiting=waiting), crises=alarm) == "4 of 9 newcomers still wait for an answer."  # fmt: skip
    assert worried(report, newcomers=replace(report.findings.newcomers, waiting=waiting[:1])) == "1 of 9 newcomers still waits for an answer."  # fmt: skip


def test_then_a_crisis_then_what_rests_on_the_centre_then_good_news(report: Report) -> None:
    dependence = replace(report.findings.dependence, centre_share=0.72)
    for name, sentence in (
        ("cohesion", "people turn to each other less than they used to."),
        ("execution", "fewer words find an answer than used to."),
        ("efficiency", "an answer takes more than it used to."),
    ):
        assert worried(report, crises={name: Crisis(True, 8, ())}, dependence=dependence) == sentence
    calm = {"cohesion": Crisis(False, 8, ())}
    assert worried(report, crises=calm, dependence=dependence) == "72% of the energy runs through those who run it."
    assert worried(report, crises=calm, dependence=replace(dependence, centre_share=0.6)) == "all 9 newcomers of the month have been heard."  # fmt: skip


def test_an_empty_community_has_a_headline_too(empty: Town) -> None:
    found = see.make_report(community=empty.community, now=NOW)
    assert said(found) == "Nothing has happened here yet. The first word and the first answer begin it."
    assert headline(found.findings).warmth == ""


def test_it_speaks_chinese(report: Report) -> None:
    found = moved(report, {"temperature": 38.6, "active": 30}, {"temperature": 36.5, "active": 20})
    assert said(found, "zh-hans") == "更暖，也更宽：38.6°，30 天里升了 2.1°。"


def test_every_number_has_a_definition_in_both_languages() -> None:
    for name, note in NOTES.items():
        with translation.override("en"):
            assert see.definition(name) == note
        with translation.override("zh-hans"):
            assert see.definition(name) != note


def test_the_document_says_the_definitions_word_for_word() -> None:
    document = (Path(__file__).parents[2] / "docs/see.md").read_text()
    assert [name for name, note in NOTES.items() if note not in document] == []
