"""State machines as data, and when to ask again about what somebody else decides."""

from collections.abc import Mapping
from datetime import datetime, timedelta

# Each state with those that may follow it.
Machine = Mapping[str, tuple[str, ...]]


def before(machine: Machine, to: str) -> list[str]:
    """Return the states from which one may come to a state."""
    return [state for state, follow in machine.items() if to in follow]


def next_query(tries: int, now: datetime) -> datetime:
    """Return when to ask a provider again: after 30 s, then twice as long each time, at most an hour."""
    return now + timedelta(seconds=min(30 * 2 ** min(tries, 10), 3600))
