"""Make tables and static files ready. `kith serve` does it by itself."""

import click

from kith.cli.frame import json_option, tell, with_database_as_it_is


@click.command()
@json_option
@with_database_as_it_is
def command(*, as_json: bool) -> None:
    """Make tables and static files ready, before a new version is started on several machines, say."""
    # Django is set up only now.
    from kith.run.migrations import migrate  # noqa: PLC0415
    from kith.run.static import collect  # noqa: PLC0415

    applied = migrate()
    collected = collect()
    lines = [f"applied {name}" for name in applied] + ["collected the static files"] * collected
    tell({"applied": applied, "collected": collected}, as_json=as_json, lines=lines)
