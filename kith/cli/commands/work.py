"""Do the background work: tasks and schedules. `kith serve` starts one by itself."""

import click

from kith.cli.frame import with_database


@click.command()
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 64), help="Tasks at a time.")
@click.option("--until-idle", is_flag=True, help="End when nothing is left to do.")
@with_database
def command(*, concurrency: int, until_idle: bool) -> None:
    """Do the background work until told to stop. Start as many as you like, on as many machines."""
    from kith.run.working import work  # noqa: PLC0415 -- Django is set up only now

    work(concurrency=concurrency, until_idle=until_idle)
