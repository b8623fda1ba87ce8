"""Decisions on core figures, circles and treasures. Pure."""

from collections.abc import Mapping, Sequence

from kith.gather.data import (
    ALARM_DAYS,
    CIRCLES,
    DUTIES,
    FIGURES,
    MOST_DUTIES,
    TREASURES,
    BadAlarm,
    BadDuty,
    FigureNameMissing,
    PurposeMissing,
    UnknownDoor,
    UnknownFigure,
    UnknownTreasure,
)
from kith.lib.text import clean_line

BRIDGES = ("bridges_chapters", "bridges_circles", "bridges_own_circle")


def checked_figure(kind: str, title: str) -> tuple[str, str]:
    """Return the kind and title of a role; only roles of one's own naming have a title.

    Raises:
        UnknownFigure, FigureNameMissing: as they say.

    """
    if kind not in FIGURES:
        raise UnknownFigure(kind=clean_line(kind)[:20])
    name = clean_line(title)[:40].strip() if kind == "own" else ""
    if kind == "own" and not name:
        raise FigureNameMissing
    return kind, name


def checked_duties(duties: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the duties, each once; whether the things exist is another question.

    Raises:
        BadDuty: there is no such kind, or newcomers with a thing, or more than anybody can do.

    """
    kept = list(dict.fromkeys(duties))
    if len(kept) > MOST_DUTIES or any(k not in DUTIES or (k == "newcomers") != (thing == 0) for k, thing in kept):
        raise BadDuty
    return kept


def role_of(reasons: Sequence[str]) -> str:
    """Return which role the reasons of a super node speak for: who bridges connects, who meets newcomers hosts, others lead."""
    if any(code in BRIDGES for code in reasons):
        return "connector"
    return "host" if "answers_newcomers" in reasons else "leader"


def checked_purpose(raw: str) -> str:
    purpose = clean_line(raw)[:300].strip()
    if not purpose:
        raise PurposeMissing
    return purpose


def checked_door(raw: str) -> str:
    if raw not in CIRCLES:
        raise UnknownDoor
    return raw


def checked_treasure(kind: str, alarm_days: int) -> str:
    """Return the kind of a treasure.

    Raises:
        UnknownTreasure, BadAlarm: as they say.

    """
    if kind not in TREASURES:
        raise UnknownTreasure
    if not ALARM_DAYS[0] <= alarm_days <= ALARM_DAYS[1]:
        raise BadAlarm(least=ALARM_DAYS[0], most=ALARM_DAYS[1])
    return kind


def between(pairs: Mapping[tuple[int, int], int], group: int) -> int:
    """Return how many pairs a group shares with others."""
    return sum(n for (low, high), n in pairs.items() if low != high and group in (low, high))
