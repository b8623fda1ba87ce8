"""Tell a running `kith serve` that its processes hold in memory what is no longer so."""

from pathlib import Path

MARK = "restart"


def ask_for_restart(data: Path) -> None:
    (data / MARK).touch()


class RestartMark:
    """Notices each new request; those made before it was looked at first do not count."""

    def __init__(self, data: Path) -> None:
        self._path = data / MARK
        self._seen = self._time()

    def is_new(self) -> bool:
        before, self._seen = self._seen, self._time()
        return self._seen != before

    def _time(self) -> int:
        return self._path.stat().st_mtime_ns if self._path.exists() else 0
