"""Fold every tie anew from the energy book."""

import click

from kith.cli.frame import found_problems, json_option, progress, tell, with_database


@click.command()
@click.argument("slug", required=False)
@click.option("--check", is_flag=True, help="Change nothing: compare with a rebuild, exit 1 where they differ.")
@json_option
@with_database
def command(*, slug: str | None, check: bool, as_json: bool) -> None:
    """Fold the ties of a community, or of all, anew from the energy book: the same result at any time."""
    # Django is set up only now.
    from kith.energy import api as energy  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    communities = [people.community(slug)] if slug else people.every_community()
    facts = []
    with progress("communities", len(communities)) as count:
        for community in communities:
            ties = None if check else energy.rebuild(community=community)
            found = energy.compare(community)
            facts.append(
                {
                    "community": community.slug, "ties": found.ties, "rebuilt": ties, "equal": found.is_equal,
                    "missing": found.missing, "surplus": found.surplus, "different": found.different, "worst": found.worst,
                }
            )  # fmt: skip
            count(1)
    lines = [
        f"{f['community']}: {f['ties']:,} ties, {'equal' if f['equal'] else 'DIFFERENT'} to the book" for f in facts
    ]
    tell({"communities": facts}, as_json=as_json, lines=lines)
    if not all(f["equal"] for f in facts):
        found_problems()
