"""The story the tests read, told once, and a few ways to look at it."""

from datetime import UTC, datetime
from functools import cache

from kith.demo.data import Posted, Replied, Story
from kith.demo.story import story

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@cache
def told() -> Story:
    return story(NOW)


def texts(of: Story) -> list[Posted | Replied]:
    return [e for e in of.events if isinstance(e, (Posted, Replied))]


def posts(of: Story) -> list[Posted]:
    return [e for e in of.events if isinstance(e, Posted)]


def replies(of: Story) -> list[Replied]:
    return [e for e in of.events if isinstance(e, Replied)]
