"""Serve the community: the database, the web pages and the background work on one port."""

import os

import click

from kith.cli.frame import note

MANY = 4


def some_workers() -> int:
    """One process for each processor, but no more than a small machine's memory bears."""
    return max(1, min(os.cpu_count() or 1, MANY))


@click.command()
@click.option("--host", default="127.0.0.1", envvar="KITH_HOST", show_default=True, help="0.0.0.0 for every address.")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=some_workers, envvar="KITH_WORKERS", type=click.IntRange(1, 256), help="Web processes."
)
@click.option("--work/--no-work", default=True, help="Also do the background work.")
@click.option("--demo", is_flag=True, envvar="KITH_DEMO", help="With an invented community in it.")
def command(*, host: str, port: int, workers: int, work: bool, demo: bool) -> None:
    """Serve the community until Ctrl-C: the database, the web pages and the background work on one port."""
    from kith.run.supervisor import Plan, serve  # noqa: PLC0415 -- `kith serve --help` need not wait for it

    if demo:
        os.environ["KITH_DEMO"] = "1"
    serve(Plan(host=host, port=port, workers=workers, work=work, demo=demo), note)
