"""Run one of Django's management commands, with the database up."""

import click

from kith.cli.frame import with_database_as_it_is


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@with_database_as_it_is
def command(words: tuple[str, ...]) -> None:
    """Run one of Django's management commands, for instance `kith manage createsuperuser`."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- Django is set up only now

    execute_from_command_line(["kith manage", *words])
