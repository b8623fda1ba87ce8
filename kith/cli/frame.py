"""What every command of `kith` stands in.

    @click.command()
    @json_option
    @with_database
    def command(*, as_json: bool) -> None:
        from kith.people import api as people   # Django is set up only now
        tell({"people": people.count()}, as_json=as_json, lines=["..."])

A command imports Django, and parts that need it, inside its body. It raises a `Refusal` to end with a
sentence and exit code 2 (3 when the surroundings are at fault), and calls `found_problems()` to end with 1.
"""

import functools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kith.lib.errors import Refusal
from kith.run.data import DatabaseBroke
from kith.run.environment import database, set_up_django

P = ParamSpec("P")
R = TypeVar("R")

FOUND_PROBLEMS = 1
REFUSED = 2
SURROUNDINGS = 3
UNAVAILABLE = 503

json_option = click.option("--json", "as_json", is_flag=True, help="Print the facts as JSON.")


def terminal_language() -> str:
    """Return the language of the terminal, as its environment names it: Chinese, else English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh-hans" if named.lower().startswith("zh") else "en"


def _keep_language(context: click.Context, _: click.Parameter, language: str) -> str:
    context.find_root().obj = language  # refusals are told by the root
    return language


language_option = click.option(
    "--language", type=click.Choice(["en", "zh-hans"]), default=terminal_language, callback=_keep_language,
    help="The language of reasons and refusals; else that of the terminal (LC_ALL, LANG).",
)  # fmt: skip


def said(refusal: Refusal, language: str) -> str:
    """Return the sentence of a refusal, in English as long as there are no translations yet."""
    # Django may be imported only now.
    from django.conf import settings  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    if not settings.configured:
        return str(refusal)
    with translation.override(language):
        sentence = translation.gettext(refusal.sentence)
    return sentence % refusal.facts if refusal.facts else sentence


def with_database(body: Callable[P, R]) -> Callable[P, R]:
    """Run the command with the database up, Django set up and all migrations applied."""
    return _within(body, migrated=True)


def with_database_as_it_is(body: Callable[P, R]) -> Callable[P, R]:
    """Do as `with_database`, but leave the tables as they are."""
    return _within(body, migrated=False)


def tell(facts: object, *, as_json: bool, lines: Iterable[str]) -> None:
    """Print the result on stdout: the facts for programs, the lines for people."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for line in lines:
        click.echo(line)


def note(sentence: str) -> None:
    """Say something on the way, on stderr, so that stdout keeps only the result."""
    click.echo(sentence, err=True)


def found_problems() -> NoReturn:
    raise click.exceptions.Exit(FOUND_PROBLEMS)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr when a person watches; yield what counts it on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)

        def count(steps: int) -> None:
            bar.advance(task, steps)

        yield count


def end_on_sigterm() -> None:
    """Turn SIGTERM into SystemExit: what was opened is closed, the database is let go."""

    def leave(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def _within(body: Callable[P, R], *, migrated: bool) -> Callable[P, R]:
    @functools.wraps(body)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with database():
            set_up_django()
            # Django may be imported only now.
            from django.db import OperationalError  # noqa: PLC0415

            from kith.run.migrations import migrate  # noqa: PLC0415

            try:
                if migrated:
                    migrate()
                return body(*args, **kwargs)
            except OperationalError as fault:
                raise DatabaseBroke(reason=str(fault).strip()) from fault

    return wrapped
