"""Export all of a community into a ZIP."""

from pathlib import Path

import click

from kith.cli.frame import json_option, tell, with_database
from kith.lib.errors import Refusal


class FileThere(Refusal):
    sentence = "%(path)s exists already. Name another file."


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--whole", is_flag=True, help="Also what members keep to themselves: messages, drafts, addresses of e-mail."
)
@json_option
@with_database
def command(*, slug: str, file: Path, whole: bool, as_json: bool) -> None:
    """Write all of the community SLUG into FILE, a ZIP: JSON lines for each table, and the pictures.

    Sealed addresses, ways of payment and keys are in no export; `kith backup` keeps those. docs/own-data.md describes the files.
    """
    # Django is set up only now.
    from django.utils import timezone  # noqa: PLC0415

    from kith.own import api as own  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    if file.exists():
        raise FileThere(path=str(file))
    community = people.community(slug)
    file.touch(mode=0o600)
    try:
        size = own.pack_community(community=community, path=file, now=timezone.now(), is_whole=whole)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    tell({"file": str(file), "bytes": size, "whole": whole}, as_json=as_json, lines=[f"{file}: {size:,} bytes"])
