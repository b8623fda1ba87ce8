"""Check what the books promise."""

import click

from kith.cli.frame import found_problems, json_option, tell, with_database


@click.command()
@json_option
@with_database
def command(*, as_json: bool) -> None:
    """Check every promise of the books, each with the number of rows looked at; exit 1 when one is broken.

    The ties of every community are rebuilt beside the projection and compared row for row.
    """
    # Django is set up only now.
    from kith.energy import api as energy  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    promises = energy.audit()
    for community in people.every_community():
        found = energy.compare(community)
        broken = found.missing + found.surplus + found.different
        promises.append(energy.Promise(f"ties of {community.slug} equal a rebuild from the book", found.ties, broken))
    facts = [{"promise": p.name, "checked": p.checked, "broken": p.broken} for p in promises]
    lines = [
        f"{'ok ' if not p.broken else 'BROKEN'}  {p.name}: {p.checked:,} checked, {p.broken:,} broken" for p in promises
    ]
    tell({"promises": facts, "clean": not any(p.broken for p in promises)}, as_json=as_json, lines=lines)
    if any(p.broken for p in promises):
        found_problems()
