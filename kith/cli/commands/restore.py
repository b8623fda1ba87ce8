"""Put a backup in the place of what is there, all of it or nothing."""

from pathlib import Path

import click

from kith.cli.frame import json_option, tell, with_database_as_it_is


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Replace the people and everything else that is there now.")
@json_option
@with_database_as_it_is
def command(*, file: Path, yes: bool, as_json: bool) -> None:
    """Put the backup FILE in the place of what is there, while the server runs or not.

    A file that is broken anywhere changes nothing.
    """
    # Django is set up only now.
    import os  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from kith.run.environment import data_folder  # noqa: PLC0415
    from kith.run.migrations import anybody, known  # noqa: PLC0415
    from kith.run.restart import ask_for_restart  # noqa: PLC0415
    from kith.run.restore import Place, restore  # noqa: PLC0415

    occupied = anybody()
    connection.close()
    place = Place(url=os.environ["DATABASE_URL"], data=data_folder(), media=Path(settings.MEDIA_ROOT))
    manifest = restore(file=file, place=place, known=known(), occupied=occupied, agreed=yes)
    ask_for_restart(data_folder())
    rows = sum(manifest["tables"].values())
    facts = {
        "made_at": manifest["made_at"],
        "kith": manifest["kith"],
        "rows": rows,
        "files": len(manifest["members"]) - 1,
    }
    tell(facts, as_json=as_json, lines=[f"restored {rows} rows and {facts['files']} files of {manifest['made_at']}"])
