"""Make tables and static files ready. `kith serve` does it by itself."""

import click

from kith.cli.frame import json_option, tell, with_database_as_it_is


@click.command()
@click.option("--writer", metavar="ROLE", help="A database role that may serve Kith and may not rewrite its books.")
@json_option
@with_database_as_it_is
def command(*, writer: str | None, as_json: bool) -> None:
    """Make tables and static files ready, before a new version is started on several machines, say.

    With --writer, as the owner of the database, grant a role what serving needs: it adds to the books, and neither changes
    nor removes a line of them.
    """
    # Django is set up only now.
    from kith.run.migrations import migrate  # noqa: PLC0415
    from kith.run.static import collect  # noqa: PLC0415
    from kith.run.writer import admit  # noqa: PLC0415

    applied = migrate()
    collected = collect()
    books = admit(writer) if writer else []
    lines = [f"applied {name}" for name in applied] + ["collected the static files"] * collected
    lines += [f"{writer} may serve, and only add to {', '.join(books)}"] * bool(writer)
    tell({"applied": applied, "collected": collected, "books": books}, as_json=as_json, lines=lines)
