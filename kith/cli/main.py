"""The `kith` command. Each command is a module of kith.cli.commands, loaded only when called."""

import ast
import importlib
import os
import pkgutil
from pathlib import Path

import click

from kith.cli import commands
from kith.cli.frame import REFUSED, SURROUNDINGS, UNAVAILABLE, end_on_sigterm, note, said, terminal_language
from kith.lib.errors import Refusal

FOLDER = Path(next(iter(commands.__path__)))
EXIT_CODES = """
\b
Exit codes:
  0  done
  1  checked, and problems were found
  2  refused: what was asked or given cannot be done; the sentence says why
  3  trouble around Kith: the database, a port, a folder, the disk
"""


class Lazy(click.Group):
    """Finds commands by file name, so that `kith --help` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_command_name(module.name) for module in pkgutil.iter_modules([str(FOLDER)]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"{commands.__name__}.{_module_name(cmd_name)}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, _summary(FOLDER / f"{_module_name(name)}.py")) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            note(f"kith: {said(refusal, ctx.find_root().obj or terminal_language())}")
            ctx.exit(SURROUNDINGS if refusal.status == UNAVAILABLE else REFUSED)


@click.group(cls=Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), envvar="KITH_DATA",
    help="The folder everything lives in (KITH_DATA; default: data, here).",
)  # fmt: skip
@click.version_option(package_name="kith")
def main(data: Path | None) -> None:
    """Kith 同道: the server of a community."""
    if data is not None:
        os.environ["KITH_DATA"] = str(data.resolve())
    end_on_sigterm()


def _command_name(module: str) -> str:
    """Name the command: `import_.py` is `import`, `two_words.py` is `two-words`."""
    return module.rstrip("_").replace("_", "-")


def _module_name(command: str) -> str:
    plain = command.replace("-", "_")
    return plain if (FOLDER / f"{plain}.py").exists() else f"{plain}_"


def _summary(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]
