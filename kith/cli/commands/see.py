"""Show the network of a community: numbers and super nodes, each with its reason."""

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from kith.cli.frame import json_option, tell, with_database

if TYPE_CHECKING:
    from kith.people.api import Community
    from kith.see.api import Node, Summary


@click.command()
@click.argument("slug")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many super nodes.")
@click.option("--language", type=click.Choice(["en", "zh-hans"]), default="en", help="The language of the reasons.")
@json_option
@with_database
def command(*, slug: str, limit: int, language: str, as_json: bool) -> None:
    """Show the network of a community as of now: numbers and super nodes, each with its reason.

    A community in which nobody acted for 30 days is shown as of its last act. Reads the book anew each time.
    """
    # Django is set up only now.
    from django.utils import timezone, translation  # noqa: PLC0415

    from kith.people import api as people  # noqa: PLC0415
    from kith.see import api as see  # noqa: PLC0415

    community = people.community(slug)
    summary = see.refresh(community=community, now=timezone.now())
    with translation.override(language):
        nodes = see.super_nodes(community, limit=limit)
        rows = [_row(node, see.sentence(node.reasons[0])) for node in nodes]
    facts = _facts(community, summary) | {"super_nodes": rows}
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
