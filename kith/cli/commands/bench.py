"""Time this machine: how many orders a second a rush brings."""

import importlib.util
import subprocess
import sys

import click

from kith.cli.frame import FOUND_PROBLEMS
from kith.lib.errors import Refusal

BENCHMARKS = ("rush",)


class NoBenchmarks(Refusal):
    sentence = "Benchmarks come with the source of Kith: call this in its folder."


@click.command()
@click.argument("name", type=click.Choice(BENCHMARKS))
@click.option("--seconds", type=click.IntRange(1, 3600), default=60, show_default=True, help="How long orders come.")
@click.option("--stock", type=click.IntRange(100, 10**7), help="Units there are; callers want more.")
@click.option(
    "--callers", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Who order at the same time."
)
def command(*, name: str, seconds: int, stock: int | None, callers: int) -> None:
    """Run a benchmark on a database of its own in a temporary folder, and print one line of JSON.

    `rush`: a thing with less stock than demand, sold by the order lane, beside the plain way; the web process and the database are
    killed while it goes on, and every acknowledged order is looked for. It ends with exit code 1 if one was lost, more or less was
    sold than there was, or the audit finds a problem.
    """
    if importlib.util.find_spec("bench") is None:
        raise NoBenchmarks
    words = ["--seconds", str(seconds), "--callers", str(callers), *(["--stock", str(stock)] if stock else [])]
    ended = subprocess.run([sys.executable, "-m", f"bench.{name}", *words], check=False)  # noqa: S603
    if ended.returncode:
        raise click.exceptions.Exit(FOUND_PROBLEMS)
