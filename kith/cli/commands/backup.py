"""Write everything into one file, while the server runs or not."""

from pathlib import Path

import click

from kith.cli.frame import json_option, tell, with_database_as_it_is


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Overwrite FILE.")
@json_option
@with_database_as_it_is
def command(*, file: Path, replace: bool, as_json: bool) -> None:
    """Write the database as it is at this moment, and the media folder, into FILE (a tar).

    Keep the file where only you can read it: it holds everything people wrote.
    """
    # Django is set up only now.
    import os  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kith.run.backup import back_up  # noqa: PLC0415

    facts = back_up(
        url=os.environ["DATABASE_URL"], media=Path(settings.MEDIA_ROOT), file=file, now=timezone.now(), replace=replace
    )
    size = facts["bytes"]
    tell(facts, as_json=as_json, lines=[f"{file}: {facts['rows']} rows, {facts['files']} files, {size} bytes"])
