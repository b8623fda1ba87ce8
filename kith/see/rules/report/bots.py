"""Who acts like a program: a rule anybody can follow, for the founder to judge; nobody is marked by it.

Looked at are the acts of 90 days, of members with 50 and more who are no staff (staff only by their rhythm). Signs: `floods` (half
of all acts and more), `unanswered` (of 20 acts given to others less than one in twenty comes back), `clockwork` (half of the
gaps between acts are of the same length to the second, and longer than ten, or every hour of the day is as busy as any other: entropy
over 24 hours above .97 with 200 acts and more), `is_named` (called bot). Suspected: two signs, or a clockwork, or a name. Nothing
published fits so small a book; the thresholds are ours, set so that none of MathOverflow's and CollegeMsg's people has two by chance.
"""

import re

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags, Numbers, Rows, share_of
from kith.see.data import Reason, Suspect
from kith.see.rules.report.reading import TICK, Reading

DAYS = 90
LEAST_ACTS = 50
FLOOD = 0.5
UNANSWERED, LEAST_GIVEN = 0.05, 20
SAME_GAPS, LEAST_GAP_SECONDS = 0.5, 10
FLAT, LEAST_FLAT_ACTS = 0.97, 200
NAMED = re.compile(r"(?i)(\b|_|-)(ro)?bot\b|机器人|小助手")
LIMIT = 20


def bots(reading: Reading) -> tuple[Suspect, ...]:
    """Return the suspects, the busiest first; who is marked already is left out, and who refuses measures."""
    acts = reading.acts.between(reading.at + TICK - DAYS * DAY_SECONDS, reading.at + TICK)
    gave = np.bincount(acts.actor, minlength=acts.people)
    may = ~reading.roll.is_bot & ~reading.roll.is_refusing & (gave >= LEAST_ACTS)
    rows = np.flatnonzero(may)
    rows = rows[np.argsort(-gave[rows], kind="stable")][:1000]
    back = _answered(acts)
    own = _own_acts(acts, rows)
    found = []
    for row in rows.tolist():
        why = _signs(reading, row, int(gave[row]) / len(acts), back, own[row])
        codes = {r.code for r in why}
        if "clockwork" in codes or "is_named" in codes or (len(codes) > 1 and not reading.roll.is_staff[row]):
            found.append(Suspect(int(reading.roll.person[row]), int(gave[row]) / len(acts), why))
    return tuple(found[:LIMIT])


def _signs(reading: Reading, row: int, part: float, back: tuple[Rows, Numbers], at: Numbers) -> tuple[Reason, ...]:
    given, answered = back
    regular = clockwork(at)
    signs = (
        Reason("floods", {"percent": round(100 * part)}) if part >= FLOOD else None,
        Reason("unanswered", {"percent": round(100 * float(answered[row])), "acts": int(given[row])})
        if given[row] >= LEAST_GIVEN and answered[row] < UNANSWERED
        else None,
        Reason("clockwork", {"percent": round(100 * regular), "acts": len(at)}) if regular else None,
        Reason("is_named", {}) if NAMED.search(reading.roll.name[row]) else None,
    )
    return tuple(sign for sign in signs if sign)


def _answered(acts: Acts) -> tuple[Rows, Numbers]:
    """Return how many acts each gave to others, and how many they got for each, at most 1."""
    toward = (acts.other >= 0) & (acts.other != acts.actor)
    given = np.bincount(acts.actor[toward], minlength=acts.people)
    got = np.bincount(acts.other[toward], minlength=acts.people)
    return given, share_of(got.astype(np.float64), given.astype(np.float64))


def _own_acts(acts: Acts, rows: Rows) -> dict[int, Numbers]:
    """Return when each of a few people acted, rising."""
    wanted: Flags = np.zeros(acts.people, bool)
    wanted[rows] = True
    part = np.flatnonzero(wanted[acts.actor])
    order = part[np.argsort(acts.actor[part], kind="stable")]
    names, first = np.unique(acts.actor[order], return_index=True)
    ends = [*first[1:].tolist(), len(order)]
    rows_of = zip(names.tolist(), first.tolist(), ends, strict=False)  # one end more where there is nobody
    return {name: acts.at[order[start:end]] for name, start, end in rows_of}


def clockwork(at: Numbers) -> float:
    """Return the regular part of a rhythm, 0 for a human one."""
    gaps = np.round(np.diff(at)).astype(np.int64)
    gaps = gaps[gaps > LEAST_GAP_SECONDS]
    if len(gaps) >= LEAST_GIVEN:
        _, many = np.unique(gaps, return_counts=True)
        same = float(many.max()) / len(gaps)
        if same >= SAME_GAPS:
            return same
    if len(at) >= LEAST_FLAT_ACTS:
        hours = np.bincount((at // 3600 % 24).astype(np.int64), minlength=24) / len(at)
        flat = float(-(hours[hours > 0] * np.log(hours[hours > 0])).sum() / np.log(24))
        return flat if flat > FLAT else 0.0
    return 0.0
