"""Make an invented community to look around in, or take it away again."""

from dataclasses import asdict

import click

from kith.cli.frame import json_option, progress, tell, with_database

# People and events of a story, nearly; what the bar counts to.
STEPS = 3_500


@click.command()
@click.option("--remove", is_flag=True, help="Take the invented community away, to the last row.")
@click.option("--if-empty", is_flag=True, help="Make it only where there is no community yet.")
@json_option
@with_database
def command(*, remove: bool, if_empty: bool, as_json: bool) -> None:
    """Make an invented community of 300 people in six cities, to look around in; a second call changes nothing."""
    from kith.people import api as people  # noqa: PLC0415 -- Django is set up only now

    if if_empty and people.every_community():
        tell({"made": False}, as_json=as_json, lines=["There is a community already; none was invented."])
        return
    (_remove if remove else _make)(as_json=as_json)


def _make(*, as_json: bool) -> None:
    # Django is set up only now.
    from django.utils import timezone  # noqa: PLC0415

    from kith.demo import api as demo  # noqa: PLC0415

    with progress("Telling the story", STEPS) as step:
        made = demo.pour(now=timezone.now(), step=step)
    size = f"{made.people} people, {made.texts:,} posts and replies, {made.acts:,} acts"
    word = f"made in {made.seconds:.0f} s" if made.made else "is here already"
    lines = [f"The invented community “{made.slug}” {word}: {size}.", "`kith demo --remove` takes it away."]
    tell(asdict(made), as_json=as_json, lines=lines)


def _remove(*, as_json: bool) -> None:
    from kith.demo import api as demo  # noqa: PLC0415 -- Django is set up only now

    gone = demo.remove()
    lines = [f"Removed “{gone.slug}”: {gone.people} people, {gone.texts:,} posts and replies, {gone.acts:,} acts."]
    if gone.kept:
        lines.append(f"{gone.kept} invented people stay: they have a place elsewhere.")
    tell(asdict(gone), as_json=as_json, lines=lines)
