"""All findings of a reading, in the order in which they lean on each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kith.lib.acts import DAY_SECONDS
from kith.see.data import Findings, Tally
from kith.see.rules.report.alive import alive
from kith.see.rules.report.bots import bots
from kith.see.rules.report.cohorts import cohorts
from kith.see.rules.report.concentration import concentration
from kith.see.rules.report.crises import crises
from kith.see.rules.report.dependence import dependence
from kith.see.rules.report.hard_soft import hard_soft
from kith.see.rules.report.levels import gravity, levels
from kith.see.rules.report.months import months
from kith.see.rules.report.newcomers import newcomers
from kith.see.rules.report.numbers import numbers
from kith.see.rules.report.reading import ACTIVE_DAYS, Reading
from kith.see.rules.report.removal import Leaving, top
from kith.see.rules.report.stage import stage


def findings(
    reading: Reading, left: Leaving, sources: Mapping[int, str] | None = None, tallies: Sequence[Tally] = ()
) -> Findings:
    """Find everything; `left` from removal.leaving, `sources` names the first acts of who waits, `tallies` tell of promises."""
    then = reading.at - ACTIVE_DAYS * DAY_SECONDS
    past = list(months(reading))
    found = Findings(
        numbers=numbers(reading, reading.at, gravity(reading, past, reading.at)),
        before=numbers(reading, then, gravity(reading, past, then)),
        stage=stage(reading),
        crises=crises(reading, tallies),
        dependence=dependence(reading, top(reading, left)),
        concentration=concentration(reading),
        cohorts=cohorts(reading, past),
        levels=levels(reading, past),
        newcomers=newcomers(reading, sources),
        hard_soft=hard_soft(reading),
        alive=alive(reading),
        bots=bots(reading),
        too_little=(),
    )
    return _with_gaps(found)


def _with_gaps(found: Findings) -> Findings:
    gaps = {
        "stage": found.stage.now is None,
        "crises": all(i.z is None for c in found.crises.values() for i in c.indicators),
        "dependence": found.dependence.centre_share is None,
        "concentration": found.concentration is None,
        "cohorts": all(share is None for c in found.cohorts for share in c.active),
        "levels": not found.levels,
        "newcomers": found.newcomers.return_answered is None or found.newcomers.return_unanswered is None,
        "hard_soft": found.hard_soft.staff_share is None,
        "alive": found.alive is None,
    }
    return replace(found, too_little=tuple(name for name, lacks in gaps.items() if lacks))
