"""Check what the books promise."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from kith.cli.frame import found_problems, json_option, tell, with_database
from kith.lib.books import Promise

if TYPE_CHECKING:
    from kith.people.api import Community


@click.command()
@json_option
@with_database
def command(*, as_json: bool) -> None:
    """Check every promise of both books and of the orders, each with the number of rows looked at; exit 1 when one is broken.

    The ties of every community are rebuilt beside the projection and compared row for row; the hash chain over each value
    book is computed anew. The newest seals are told: kept elsewhere, they show later that nothing before them was changed.
    """
    # Django is set up only now.
    from kith.energy import api as energy  # noqa: PLC0415
    from kith.launch import api as launch  # noqa: PLC0415
    from kith.ledger import api as ledger  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415
    from kith.share import api as share  # noqa: PLC0415

    communities = people.every_community()
    # Each part that promises something has an `audit`; here they stand in one row.
    audits = (energy.audit, partial(_ties, communities), ledger.audit, launch.audit, share.audit)
    promises = [p for audit in audits for p in audit()]
    seals = {c.slug: seal for c in communities if (seal := ledger.last_seal(c))}
    facts = {
        "promises": [{"promise": p.name, "checked": p.checked, "broken": p.broken} for p in promises],
        "seals": {slug: {"day": seal.day, "root": seal.root} for slug, seal in seals.items()},
        "clean": not any(p.broken for p in promises),
    }
    lines = [_line(p) for p in promises]
    lines += [f"seal  {slug}: {seal.day} {seal.root}" for slug, seal in seals.items()]
    tell(facts, as_json=as_json, lines=lines)
    if not facts["clean"]:
        found_problems()


def _ties(communities: "Sequence[Community]") -> list[Promise]:
    """Compare the projection of each energy book with a rebuild."""
    from kith.energy import api as energy  # noqa: PLC0415 -- Django is set up only now

    found = {community.slug: energy.compare(community) for community in communities}
    return [
        Promise(f"ties of {slug} equal a rebuild from the book", c.ties, c.missing + c.surplus + c.different)
        for slug, c in found.items()
    ]


def _line(promise: Promise) -> str:
    kept = "BROKEN" if promise.broken else "ok "
    return f"{kept}  {promise.name}: {promise.checked:,} checked, {promise.broken:,} broken"
