"""Time the simulation, and ask at every moment of published histories what it would have said. JSON lines on stdout.

    python -m bench.what_if [--data FOLDER]

Without a folder (else KITH_BENCH_DATA) that holds mathoverflow_edges.csv.gz and CollegeMsg.txt.gz only the time is told, and it says so.
At each moment the bands are made from nothing but what lay before it, and compared with what came.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kith.lib.acts import Acts
from kith.lib.synthetic import synthetic
from kith.see.data import SIMULATED, Choices, WhatIf
from kith.see.rules.simulation.asking import CUTS, asked_at, points
from kith.see.rules.simulation.bands import LEAST_CUTS, Asked, Band, banded
from kith.see.rules.simulation.outlook import outlook
from kith.see.rules.simulation.weeks import WEEK_SECONDS, past

# File, delimiter, lines of heading, columns of moment, actor, other; weeks ahead, between moments, of life before the first;
# and which of the older moments a band is made from: one in so many, as the community's own simulation takes them.
HISTORIES = {
    "mathoverflow": ("mathoverflow_edges.csv.gz", ",", 1, (0, 1, 2), 26, 6, 40, 1),
    "college": ("CollegeMsg.txt.gz", " ", 0, (2, 0, 1), 8, 1, 10, 2),
}


def read(file: Path, delimiter: str, skipped: int, columns: tuple[int, int, int]) -> Acts:
    rows = np.loadtxt(file, np.int64, delimiter=delimiter, skiprows=skipped, usecols=columns)
    at, actor, other = rows[np.argsort(rows[:, 0], kind="stable")].T
    ids, where = np.unique(np.concatenate([actor, other]), return_inverse=True)
    many = len(at)
    return Acts(
        len(ids), where[:many], where[many:], np.ones(many), at.astype(np.float64), np.zeros(many, np.int16)
    )  # fmt: skip


def back_test(name: str, acts: Acts, weeks: int, step: int, lead: int, every: int) -> dict[str, object]:
    """Return by measure the share of truths held, and the median error beside that of “stays as it is”."""
    began, end = time.process_time(), float(acts.at[-1]) + 1
    moments = np.arange(end, acts.at[0] + lead * WEEK_SECONDS, -step * WEEK_SECONDS)
    known = past(acts, end)
    asked = [asked_at(past(acts, float(at)), weeks, known) for at in moments]
    ahead = np.array(points(weeks), np.float64)
    found: dict[str, object] = {
        "name": f"back-test {name}",
        "weeks": weeks,
        "cpu_seconds": round(time.process_time() - began, 1),
    }
    for kind, few in (("", False), ("_with_little_past", True)):
        told = [
            (asked[i], banded(asked[i], before, ahead))
            for i, at in enumerate(moments)
            if (
                len(
                    before := known_then(
                        asked[i + every :: every], moments[i + every :: every].tolist(), float(at), ahead
                    )
                )
                < LEAST_CUTS
            )
            == few
            and np.isfinite(asked[i].came).any()
        ]
        found |= {f"{measure}{kind}": _marks(told, m) for m, measure in enumerate(SIMULATED) if told}
    return found


def known_then(older: Sequence[Asked], moments: Sequence[float], at: float, ahead: np.ndarray) -> list[Asked]:
    """Return the older moments as they were known then: without what came only later."""
    kept = [
        replace(one, came=np.where(then + ahead * WEEK_SECONDS <= at + 1, one.came, np.nan))
        for one, then in zip(older, moments, strict=True)
    ]
    return [one for one in kept if np.isfinite(one.came).any()][:CUTS]


def _marks(told: list[tuple[Asked, list[Band]]], m: int) -> dict[str, float | int]:
    off = np.array([np.abs(one.came[m] - bands[m].middle) for one, bands in told])
    half, known = np.array([bands[m].half for _, bands in told]), np.isfinite(off)
    plain = np.array([np.abs(one.came[m] - one.month[m]) for one, _ in told])
    simulated = np.array([np.abs(one.came[m] - one.middle[m]) for one, _ in told])
    return {
        "held": round(float((off <= half)[known].mean()), 3),
        "error": round(float(np.median(off[known])), 3),
        "error_as_it_is": round(float(np.median(plain[known])), 3),
        "error_simulation": round(float(np.median(simulated[known])), 3),
        "half": round(float(np.median(half[known])), 3),
        "moments": len(told), "truths": int(known.sum()),
    }  # fmt: skip


def speed(people: int, acts: int) -> dict[str, object]:
    made, at = synthetic(people, acts, until=2e9).acts, 2e9
    began = time.process_time()
    found = outlook(made, at, WhatIf(Choices(True, 2, 3)), half_life_days=30)
    return {
        "name": "simulate", "people": people, "acts": acts, "active": found.base["active"].past[-1], "runs": 200, "weeks": 26,
        "scenarios": len(found.scenarios), "cpu_seconds": round(time.process_time() - began, 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=os.environ.get("KITH_BENCH_DATA"))
    folder = parser.parse_args().data
    print(json.dumps(speed(5_000, 200_000)), flush=True)
    for name, (file, delimiter, skipped, columns, *plan) in HISTORIES.items():
        if folder is None or not (Path(folder) / file).exists():
            print(f"bench: SKIPPED {name}: no {file}; name its folder by --data", file=sys.stderr)
            continue
        print(json.dumps(back_test(name, read(Path(folder) / file, delimiter, skipped, columns), *plan)), flush=True)


if __name__ == "__main__":
    main()
