"""Static files, gathered under the data folder with hashed names, when their sources changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MARK = ".sources"


def collect() -> bool:
    """Gather the files unless they are those gathered last; return whether there was anything to do."""
    target = Path(settings.STATIC_ROOT)
    mark = target / MARK
    now = fingerprint()
    if mark.exists() and mark.read_text() == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    target.mkdir(parents=True, exist_ok=True)
    mark.write_text(now)
    return True


def fingerprint() -> str:
    """Return a digest over name, size and time of every source, and over how they are stored."""
    seen = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
