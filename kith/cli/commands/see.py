"""Show the network of a community: numbers and super nodes, each with its reason; or how its scores did on its own past."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from kith.cli.frame import json_option, language_option, tell, with_database

if TYPE_CHECKING:
    from kith.people.api import Community
    from kith.see.api import Indicator, Node, Record, Summary, Trials


@click.command()
@click.argument("slug")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many super nodes.")
@language_option
@click.option(
    "--validate",
    is_flag=True,
    help="Try every score on the community's own past beside simple orders; changes nothing.",
)
@click.option(
    "--at",
    "asked",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    multiple=True,
    help="With --validate: a moment (UTC) to ask at, instead of the usual ones; may be repeated.",
)
@click.option("--cuts", type=click.IntRange(1, 100), help="With --validate: at how many moments to ask.")
@click.option(
    "--keep",
    is_flag=True,
    help="With --validate: keep the record and take half-lives that are clearly better, as the monthly job does.",
)
@json_option
@with_database
def command(
    *,
    slug: str,
    limit: int,
    language: str,
    validate: bool,
    asked: tuple[datetime, ...],
    cuts: int | None,
    keep: bool,
    as_json: bool,
) -> None:
    """Show the network of a community as of now: numbers and super nodes, each with its reason.

    A community in which nobody acted for 30 days is shown as of its last act. Reads the book anew each time.
    """
    _check(validate=validate, asked=asked, cuts=cuts, keep=keep)
    # Django is set up only now.
    from kith.people import api as people  # noqa: PLC0415

    community = people.community(slug)
    if validate:
        _validate(community, asked=asked, cuts=cuts, keep=keep, as_json=as_json)
    else:
        _show(community, limit=limit, language=language, as_json=as_json)


def _check(*, validate: bool, asked: tuple[datetime, ...], cuts: int | None, keep: bool) -> None:
    if (asked or cuts or keep) and not validate:
        raise click.UsageError("--at, --cuts and --keep go with --validate.")
    if keep and (asked or cuts):
        raise click.UsageError("Only the usual trials are kept: leave out --at and --cuts, or --keep.")


def _validate(
    community: "Community", *, asked: tuple[datetime, ...], cuts: int | None, keep: bool, as_json: bool
) -> None:
    from django.utils import timezone, translation  # noqa: PLC0415 -- Django is set up only now

    from kith.see import api as see  # noqa: PLC0415

    now = timezone.now()
    if keep:
        found = see.trial(community=community, now=now)
    else:
        moments = [at.replace(tzinfo=at.tzinfo or UTC) for at in asked]
        found = see.validate(community=community, now=now, asked=moments, cuts=cuts or 0)
    facts = {name: record.as_json() for name, record in found.records.items()}
    with translation.override("en"):
        for entry in facts.values():
            if "too_little" in entry:
                entry["too_little"] = see.too_little(entry["too_little"])
        tell(facts, as_json=as_json, lines=[] if as_json else _half_lives(community.name, found))
        if not as_json:
            _records(found)


def _half_lives(name: str, found: "Trials") -> list[str]:
    lines = [f"{name}: {found.people:,} people, {found.acts:,} acts"]
    for what, days in (("ties", found.tie), ("super nodes", found.node)):
        told = "set by hand" if found.is_fixed else f"chosen on {days.windows} {days.source} windows"
        lines.append(
            f"half-life of {what}: {days.days:g} days, {told if days.windows or found.is_fixed else 'too little to choose from'}"
        )
    return lines


def _records(found: "Trials") -> None:
    for name, record in found.records.items():
        Console().print(f"\n[bold]{name.replace('_', ' ')}[/bold]: {_asked(record)}")
        if record.metric:
            Console().print(_marks(record))


def _asked(record: "Record") -> str:
    from kith.see import api as see  # noqa: PLC0415 -- Django is set up only now

    if record.too_little:
        return see.too_little(record.too_little)
    since, until = record.windows[0]
    windows = f"{len(record.windows)} windows of {(until - since).days} days"
    verdict = "" if record.beats else f"; {see.order_name(record.leads)} does better here, and ranks"
    return f"{record.n:,} cases in {windows}{verdict}"


def _marks(record: "Record") -> Table:
    from kith.see import api as see  # noqa: PLC0415 -- Django is set up only now

    table = Table("", *record.metric, box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, marks in {see.SCORE: record.metric, **record.baselines}.items():
        table.add_row(f"  {see.order_name(name)}", *(f"{value:.3f}" for value in marks.values()))
    return table


def _show(community: "Community", *, limit: int, language: str, as_json: bool) -> None:
    from django.utils import timezone, translation  # noqa: PLC0415 -- Django is set up only now

    from kith.see import api as see  # noqa: PLC0415

    summary = see.refresh(community=community, now=timezone.now())
    with translation.override(language):
        nodes = see.super_nodes(community, limit=limit)
        rows = [_row(node, see.sentence(node.reasons[0])) for node in nodes]
    facts = _facts(community, summary) | {"super_nodes": rows, "crises": _crises(community)}
    if as_json:
        tell(facts, as_json=True, lines=[])
        return
    tell(facts, as_json=False, lines=_lines(community.name, summary))
    _table(rows)


def _row(node: "Node", reason: str) -> dict[str, Any]:
    return {
        "name": node.who.name,
        "handle": node.who.handle,
        "score": round(node.score, 3),
        "in": round(node.energy_in, 3),
        "out": round(node.energy_out, 3),
        "ties": node.ties,
        "two_way": node.two_way,
        "circle": node.circle,
        "reason": reason,
    }


def _facts(community: "Community", summary: "Summary") -> dict[str, Any]:
    return {
        "community": community.slug,
        "at": summary.at,
        "people": summary.people,
        "acts": summary.acts,
        "ties": summary.ties,
        "pairs": summary.pairs,
        "two_way_percent": summary.two_way_percent,
        "reciprocity": round(summary.reciprocity, 4),
        "temperature": round(summary.temperature, 1),
        "active": summary.active,
        "circles": summary.circles,
        "clear_circles": summary.has_clear_circles,
        "modularity": round(summary.clarity, 3),
        "super_node_count": summary.super_nodes,
    }


def _crises(community: "Community") -> dict[str, Any] | None:
    """Return the crises of the report: each indicator of the newest quarter; None while a large community has no report yet."""
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only now

    from kith.see import api as see  # noqa: PLC0415

    try:
        found = see.report(community, now=timezone.now()).findings.crises
    except see.NotReported:
        return None
    return {name: {"alarm": c.alarm, "indicators": {i.name: _indicator(i) for i in c.indicators}} for name, c in found.items()}  # fmt: skip


def _indicator(found: "Indicator") -> dict[str, Any]:
    newest = found.quarters[-1]
    told = {"since": newest.start_at, "value": newest.value, "n": newest.n, "z": found.z, "alarm": found.alarm}
    parts = {name: {"value": of[-1].value, "n": of[-1].n} for name, of in found.parts.items()}
    return told | ({"parts": parts} if parts else {})


def _lines(name: str, summary: "Summary") -> list[str]:
    clear = "" if summary.has_clear_circles else ", none of them clear"
    lines = [
        f"{name}: {summary.people:,} people, {summary.acts:,} acts, {summary.ties:,} ties",
        f"{summary.pairs:,} pairs in touch, {summary.two_way_percent}% of them both ways",
        f"{summary.circles} circles{clear}; {summary.super_nodes} super nodes",
        f"{summary.temperature:.1f}° of warmth among {summary.active:,} active",
    ]
    if summary.is_silent:
        lines.append(f"Nobody acted for 30 days: shown as of the last act, {summary.at:%Y-%m-%d}.")
    return lines


def _table(rows: list[dict[str, Any]]) -> None:
    table = Table("", "name", "score", "in", "out", "reason", box=None, header_style="bold")
    for column in (2, 3, 4):
        table.columns[column].justify = "right"
    for place, row in enumerate(rows, 1):
        table.add_row(
            str(place), row["name"], f"{row['score']:.1f}", f"{row['in']:.1f}", f"{row['out']:.1f}", row["reason"]
        )
    if rows:
        Console().print(table)
