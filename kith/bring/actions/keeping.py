"""Uploads, as they wait in a folder of their community for their preview and import."""

import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.utils.text import get_valid_filename

from kith.bring.actions.importing import check_staff
from kith.bring.data import NoFile, UnknownFormat, UploadTooBig
from kith.bring.formats import FORMATS
from kith.bring.queries import jobs_open, room_of
from kith.people.api import Community, Person

KEPT_SECONDS = 86_400
FILE_GIGABYTES = 2
NAME_SHOWN = 50  # of Chinese characters no more bytes than a file system takes


def keep_upload(
    *, community: Community, format_name: str, name: str, size: int, chunks: Iterable[bytes], by: Person | None
) -> Path:
    """Keep a file for a day, longer where an import waits for it. `kept_upload` finds it by the name it has there.

    Raises:
        StaffOnly: somebody who does not run the community.
        UnknownFormat, NoFile, UploadTooBig: as they say.

    """
    check_staff(community, by)
    if format_name not in FORMATS:
        raise UnknownFormat(format=format_name, known=", ".join(FORMATS))
    if not name:
        raise NoFile
    if size > FILE_GIGABYTES * 10**9:
        raise UploadTooBig(gigabytes=FILE_GIGABYTES)
    kept = _cleared(community) / f"{secrets.token_hex(12)}-{_plain(name)}"
    with kept.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
    return kept


def _plain(name: str) -> str:
    try:
        return get_valid_filename(name)[-NAME_SHOWN:]
    except SuspiciousFileOperation:  # nothing is left of it
        return "file"


def _cleared(community: Community) -> Path:
    """Return the folder, without those older than a day that no import waits for."""
    room = room_of(community)
    room.mkdir(parents=True, exist_ok=True)
    waited_for = {job.path.name for job in jobs_open(community)}
    for old in room.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS and old.name not in waited_for:
            old.unlink(missing_ok=True)
    return room
