"""Which column of a table is which: by the names in its first line."""

from collections.abc import Mapping, Sequence

Names = Mapping[str, Sequence[str]]

TIME_NAMES = ("time", "ts", "timestamp", "at", "date", "datetime", "created_at", "时间")
FROM_NAMES = ("from", "src", "source", "actor", "sender", "author", "user", "from_id", "发送人")


def header_of(fields: Sequence[str], names: Names) -> dict[str, int]:
    """Return the place of every known column; of two that mean the same the first in `names` wins."""
    places = {field.strip().strip("#\"'").strip().lower(): at for at, field in reversed(list(enumerate(fields)))}
    found = {key: [places[name] for name in known if name in places] for key, known in names.items()}
    return {key: at[0] for key, at in found.items() if at}
