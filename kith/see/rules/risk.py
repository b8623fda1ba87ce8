"""The chance to fall silent, in three levels: what a map can show and a word can say."""

from collections.abc import Mapping

from kith.see.data import Reason
from kith.see.rules.churn import SILENT_DAYS

EDGES = (1 / 3, 2 / 3)
UNKNOWN, STAYS, UNSURE, LEAVES = range(4)
UNKNOWN_BYTE = 255


def level(risk: float | None) -> int:
    """Return UNKNOWN where there is too little to say, else STAYS, UNSURE or LEAVES."""
    return UNKNOWN if risk is None else STAYS + sum(risk >= edge for edge in EDGES)


def byte(risk: float | None) -> int:
    """Return the chance as whole percents, UNKNOWN_BYTE where there is too little to say; the level can be told from it."""
    return UNKNOWN_BYTE if risk is None else int(100 * risk)


def why(facts: Mapping[str, float | int | None]) -> Reason | None:
    """Say from the facts of a Measure what makes the chance: silence of a week or more, else how seldom they come."""
    silent, weeks, of = (facts.get(name) for name in ("silent_days", "weeks", "of"))
    if silent is None or weeks is None or of is None:
        return None
    code = "fell_silent" if silent >= SILENT_DAYS else "comes_seldom"
    return Reason(code, {"days": int(silent), "weeks": int(weeks), "of": int(of)})
