"""Time the map of 12,000 people and 50,000 pairs: made cold from the book, and read as stored. One JSON line.

    python -m bench.map [--people N] [--pairs N]

The community is invented, in an embedded database of its own in a temporary folder.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from kith.run.environment import database, set_up_django

if TYPE_CHECKING:
    from kith.energy.api import NewAct
    from kith.people.api import Community

READS = 200
TOWNS = 30
ACROSS = 1 / 7
NOW = datetime(2026, 11, 1, tzinfo=UTC)
Rows = np.ndarray[Any, np.dtype[np.int64]]


def pairs_of(people: int, pairs: int) -> Rows:
    """Invent who is in touch: towns of uneven size, a few much-tied people, one tie in seven across towns."""
    chance = np.random.default_rng(7)
    weights = np.arange(TOWNS, 0, -1)
    town = np.sort(chance.choice(TOWNS, people, p=weights / weights.sum()))
    pull = np.cumsum(chance.pareto(1.5, people) + 0.1)
    edges = np.append(0.0, pull)[np.searchsorted(town, np.arange(TOWNS + 1))]
    one = np.searchsorted(pull, chance.random(pairs * 3) * pull[-1])
    across = chance.random(len(one)) < ACROSS
    low = np.where(across, 0.0, edges[town[one]])
    high = np.where(across, pull[-1], edges[town[one] + 1])
    other = np.minimum(np.searchsorted(pull, low + chance.random(len(one)) * (high - low)), people - 1)
    keys = (np.minimum(one, other) * people + np.maximum(one, other))[one != other]
    chosen = chance.permutation(np.unique(keys))[:pairs]
    return np.column_stack([chosen // people, chosen % people])


def acts(rows: Rows, ids: list[int]) -> "Iterator[NewAct]":
    """Yield one to six replies per pair over the last 120 days, two thirds of the pairs both ways."""
    from kith.energy.api import NewAct  # noqa: PLC0415 -- Django is set up only now

    chance = np.random.default_rng(8)
    for number, (a, b) in enumerate(rows.tolist()):
        for nth in range(int(chance.integers(1, 7))):
            actor, other = (a, b) if nth % 2 == 0 or number % 3 == 0 else (b, a)
            at = NOW - timedelta(days=float(chance.random() * 120))
            yield NewAct(ids[actor], "reply", at, f"bench:{number}:{nth}", "bench", ids[other])


def invent(people_count: int, pairs: int) -> "Community":
    from django.db import transaction  # noqa: PLC0415 -- Django is set up only now

    from kith.energy import api as energy  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    founder = people.make_person(name="Founder")
    community = people.found(name="Bench", slug="bench", pursuit="To be timed.", by=founder, now=NOW)
    ids = people.bring_people(community=community, names=(f"P{i}" for i in range(people_count)), now=NOW)
    with transaction.atomic(), energy.staging():
        energy.stage(acts(pairs_of(people_count, pairs), ids))
        energy.append_staged(community=community)
    return community


def timed(body: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    body()
    return time.perf_counter() - wall, time.process_time() - cpu


def measure(people_count: int, pairs: int) -> dict[str, object]:
    from kith.see import api as see  # noqa: PLC0415 -- Django is set up only now

    community = invent(people_count, pairs)
    cold = timed(lambda: see.refresh(community=community, now=NOW))
    reads = [timed(lambda: see.picture(community)) for _ in range(READS)]
    walls = sorted(wall for wall, _ in reads)
    summary = see.look(community=community, now=NOW)
    return {
        "bench": "map",
        "people": summary.shown,
        "pairs": summary.shown_ties,
        "circles": summary.circles,
        "bytes": len(see.picture(community).gzipped),
        "cold_seconds": round(cold[0], 3),
        "cold_cpu_seconds": round(cold[1], 3),
        "cached_ms_median": round(1000 * statistics.median(walls), 2),
        "cached_ms_p99": round(1000 * walls[int(0.99 * len(walls))], 2),
        "cached_cpu_ms": round(1000 * statistics.mean(cpu for _, cpu in reads), 2),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--pairs", type=int, default=50_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        os.environ["KITH_DATA"] = folder
        with database():
            set_up_django()
            from kith.run.migrations import migrate  # noqa: PLC0415 -- Django is set up only now

            migrate()
            print(json.dumps(measure(asked.people, asked.pairs)))


if __name__ == "__main__":
    main()
