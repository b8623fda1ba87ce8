"""Time the folding of acts into ties: staged and appended, flat and skewed, in batches and all at once. One JSON line.

    python -m bench.fold [--acts N] [--people N] [--batch N]

The community is invented, in an embedded database of its own in a temporary folder. `acts_per_s` is the slowest case,
staging included; every case ends with a comparison of its ties with a rebuild from the book.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kith.postgres.api import running
from kith.run.environment import set_up_django

if TYPE_CHECKING:
    from kith.energy.api import NewAct
    from kith.people.api import Community

NOW = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 3000
SKEW = 1.3  # exponent of the crowd around the few that most acts go to
KINDS = ("reply", "mention", "thank", "answer")


def drawn(people: int, acts: int, *, skewed: bool) -> list[tuple[int, int]]:
    """Invent who turns to whom; skewed, a few people and pairs have most of it."""
    chance = np.random.default_rng(11)
    if skewed:
        one, other = ((chance.zipf(SKEW, acts) - 1) % people for _ in range(2))
    else:
        one, other = (chance.integers(0, people, acts) for _ in range(2))
    return list(zip(one.tolist(), other.tolist(), strict=True))


def written(pairs: list[tuple[int, int]], ids: list[int]) -> "Iterator[NewAct]":
    from kith.energy.api import NewAct  # noqa: PLC0415 -- Django is set up only now

    for number, (a, b) in enumerate(pairs):
        at = NOW - timedelta(days=number * 7919 % DAYS, seconds=number)
        yield NewAct(ids[a], KINDS[number % len(KINDS)], at, f"bench:{number}", "bench", ids[b])


def fold(community: "Community", acts: "list[NewAct]", batch: int) -> dict[str, float]:
    """Return the seconds of staging and of appending with its commit, a transaction a batch."""
    from django.db import transaction  # noqa: PLC0415 -- Django is set up only now

    from kith.energy import api as energy  # noqa: PLC0415

    spent = {"stage": 0.0, "append": 0.0}
    for start in range(0, len(acts), batch):
        begun = time.perf_counter()
        with transaction.atomic(), energy.staging():
            energy.stage(acts[start : start + batch])
            staged = time.perf_counter()
            energy.append_staged(community=community)
        spent["append"] += time.perf_counter() - staged
        spent["stage"] += staged - begun
    return spent


def seconds(body: Callable[[], object]) -> float:
    begun = time.perf_counter()
    body()
    return time.perf_counter() - begun


def case(name: str, people_count: int, pairs: list[tuple[int, int]], batch: int) -> dict[str, object]:
    from kith.energy import api as energy  # noqa: PLC0415 -- Django is set up only now
    from kith.people import api as people  # noqa: PLC0415

    founder = people.make_person(name="Founder")
    community = people.found(name=name, slug=name, pursuit="To be timed.", by=founder, now=NOW)
    ids = people.bring_people(community=community, names=(f"P{i}" for i in range(people_count)), now=NOW)
    acts = list(written(pairs, ids))
    first = fold(community, acts, batch)
    again = fold(community, acts, batch)
    compared = energy.compare(community)
    merging = seconds(lambda: energy.merge(community=community, person_id=ids[0]))  # skewed, the busiest of all
    withdrawing = seconds(lambda: energy.withdraw(community=community, at=NOW, source="bench"))
    return {
        "case": name,
        "ties": compared.ties,
        "equal": compared.is_equal,
        "acts_per_s": round(len(acts) / sum(first.values())),
        "append_acts_per_s": round(len(acts) / first["append"]),
        "known_acts_per_s": round(len(acts) / sum(again.values())),
        "merge_seconds": round(merging, 2),
        "withdraw_seconds": round(withdrawing, 2),
    }


def measure(acts: int, people: int, batch: int) -> dict[str, object]:
    cases = []
    for crowd, skewed in (("flat", False), ("skewed", True)):
        pairs = drawn(people, acts, skewed=skewed)
        for way, size in (("batches", batch), ("at-once", acts)):
            cases.append(case(f"{crowd}-{way}", people, pairs, size))
    return {
        "bench": "fold",
        "acts_per_s": min(int(str(c["acts_per_s"])) for c in cases),
        "acts": acts,
        "people": people,
        "batch": batch,
        "cases": cases,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder, running(Path(folder)) as url:
        os.environ |= {"KITH_DATA": folder, "DATABASE_URL": url}
        set_up_django()
        from kith.run.migrations import migrate  # noqa: PLC0415 -- Django is set up only now

        migrate()
        print(json.dumps(measure(asked.acts, asked.people, asked.batch)))


if __name__ == "__main__":
    main()
