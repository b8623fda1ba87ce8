"""One plain sentence about a community: how it moved in 30 days, and what most wants doing. The words are in queries.

Warmer or cooler from a degree on; wider or narrower from a tenth of the active on, two people at least. Below five active
people then or now nothing is said of a movement.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kith.see.data import Findings, Numbers

LEAST_ACTIVE = 5
A_DEGREE = 1.0
A_TENTH = 0.1
TWO_PEOPLE = 2
CENTRED = 0.6


@dataclass(frozen=True, slots=True)
class Headline:
    """`warmth` is warmer, cooler or steady; `breadth` wider, narrower or steady; both "" where there is too little to say.

    `by` are the degrees gained since 30 days ago; `worry` is a code or "", its `facts` fill its sentence.
    """

    temperature: float
    warmth: str
    breadth: str
    by: float
    worry: str
    facts: Mapping[str, str | int]


def headline(found: Findings) -> Headline:
    now, before = found.numbers, found.before
    worry, facts = _worry(found)
    if min(now.active, before.active) < LEAST_ACTIVE:
        return Headline(now.temperature, "", "", 0.0, worry, facts)
    by = now.temperature - before.temperature
    warmth = "steady" if abs(by) < A_DEGREE else "warmer" if by > 0 else "cooler"
    return Headline(now.temperature, warmth, _breadth(now, before), by, worry, facts)


def _breadth(now: Numbers, before: Numbers) -> str:
    more = now.active - before.active
    if abs(more) < max(TWO_PEOPLE, A_TENTH * before.active):
        return "steady"
    return "wider" if more > 0 else "narrower"


def _worry(found: Findings) -> tuple[str, dict[str, str | int]]:
    """Return what most wants doing: newcomers who wait, a crisis, too much on the centre; else that newcomers are well."""
    numbers, waiting = found.numbers, len(found.newcomers.waiting)
    if waiting:
        return "newcomers_wait", {"people": waiting, "all": max(waiting, numbers.newcomers)}
    for name, crisis in found.crises.items():
        if crisis.alarm:
            return name, {}
    share = found.dependence.centre_share
    if share is not None and share > CENTRED:
        return "centred", {"percent": round(100 * share)}
    return ("newcomers_well", {"people": numbers.newcomers}) if numbers.newcomers else ("", {})
