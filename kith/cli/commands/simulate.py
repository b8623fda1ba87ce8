"""Simulate what choices would do: a community's own graph grown many times, with bands from its own past."""

import math
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from kith.cli.frame import json_option, language_option, progress, tell, with_database

if TYPE_CHECKING:
    from kith.see.api import Choices, Simulated, Span


@click.command()
@click.argument("slug")
@click.option("--weeks", type=int, default=26, show_default=True, help="How many weeks ahead, 4 to 104.")
@click.option("--runs", type=int, default=200, show_default=True, help="How many runs, 20 to 1000.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed and book give the same numbers.")
@click.option("--answer-newcomers", is_flag=True, help="What if every newcomer were answered within a day.")
@click.option("--hosts", type=int, default=0, help="What if so many more welcomed newcomers, 0 to 100.")
@click.option("--lose-top", type=int, default=0, help="What if the first so many super nodes left, 0 to 20.")
@language_option
@json_option
@with_database
def command(  # noqa: PLR0913 -- the options
    *,
    slug: str,
    weeks: int,
    runs: int,
    seed: int,
    answer_newcomers: bool,
    hosts: int,
    lose_top: int,
    language: str,
    as_json: bool,
) -> None:
    """Simulate what choices would do to a community: people active, acts, pairs in touch, each of four weeks.

    It is a simulation, not a promise: the community's own graph is grown week by week, with and without each choice and with the
    same luck. Several choices are told alone and together. Keeps nothing.
    """
    # Django is set up only now.
    from django.utils import timezone, translation  # noqa: PLC0415

    from kith.people import api as people  # noqa: PLC0415
    from kith.see import api as see  # noqa: PLC0415

    community = people.community(slug)
    wanted = see.WhatIf(see.Choices(answer_newcomers, hosts, lose_top), weeks, runs, seed)
    with progress("runs", see.simulated_runs(wanted)) as count:
        found = see.simulate(community=community, wanted=wanted, now=timezone.now(), count=count)
    if as_json:
        tell(_facts(slug, found), as_json=True, lines=[])
        return
    with translation.override(language):
        tell({}, as_json=False, lines=_lines(community.name, found))
        _tables(found)


def _facts(slug: str, found: "Simulated") -> dict[str, Any]:
    from kith.see import api as see  # noqa: PLC0415 -- Django is set up only now

    return {"community": slug, "is_simulation": True} | see.simulated_as_stored(found)


def _lines(name: str, found: "Simulated") -> list[str]:
    from kith.see import api as see  # noqa: PLC0415 -- Django is set up only now

    lines = [f"{name}, a simulation of {found.wanted.weeks} weeks in {found.runs} runs as of {found.at:%Y-%m-%d}"]
    for measure, base in found.base.items():
        tried = (
            f"off by {100 * math.expm1(min(base.errors['month'], base.errors['quarter'])):.0f}%"
            f" (the simulation {100 * math.expm1(base.errors['simulation']):.0f}%),"
            f" {100 * (base.held or 0):.0f}% held at {base.cuts} moments of its own past"
            if base.errors
            else "too little past to try it on"
        )
        lines.append(f"  {measure}: {see.foretold_by(base.by)}; {tried}")
    return lines


def _tables(found: "Simulated") -> None:
    end = found.points[-1]
    table = Table(f"in {end} weeks, 10th to 90th of 100", *found.base, box=None, header_style="bold")
    for one in found.scenarios:
        table.add_row(_choice(one.choices), *(_told(one.changes[name][-1], "+.0f") for name in found.base))
    table.add_row("nothing is changed", *(_told(base.spans[-1], ".0f") for base in found.base.values()))
    for column in table.columns[1:]:
        column.justify = "right"
    Console().print(table)


def _choice(choices: "Choices") -> str:
    said = ["newcomers answered"] if choices.answer_newcomers else []
    said += [f"{choices.hosts} more hosts"] if choices.hosts else []
    said += [f"first {choices.lose_top} gone"] if choices.lose_top else []
    return ", ".join(said)


def _told(span: "Span", form: str) -> str:
    return f"{span.middle:{form}} ({span.low:{form}} to {span.high:{form}})"
