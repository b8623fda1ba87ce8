"""Time the nightly report, and its graph part beside igraph and networkx doing the same. A JSON line a variant.

    python -m bench.report [--quick]
    python -m bench.report --variant report --people 1000000 --acts 20000000

Every variant runs in a process of its own, so that its peak memory is its own; more than LIMIT_SECONDS is given up and said. The
communities are invented (kith.lib.synthetic). CPU seconds and peak count from a book in memory to findings and the lines of all
measures; `book` reads and writes a database of its own in a temporary folder instead, and tells the server's share too.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import psutil

from bench.load import database_processes, spent_seconds
from bench.report_graph import by_igraph, by_kith, by_networkx
from kith.lib.synthetic import Synthetic, synthetic

if TYPE_CHECKING:
    from kith.people.api import Community, Person

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LIMIT_SECONDS = 1800
STAFF = 5
GRAPH: dict[str, Callable[[Synthetic, float], dict[str, float]]] = {
    "graph-kith": by_kith, "graph-igraph": by_igraph, "graph-networkx": by_networkx,
}  # fmt: skip
LEAN, MIDDLE, LARGE = (5_000, 1_000_000), (100_000, 2_000_000), (1_000_000, 20_000_000)
RUNS = [
    ("report", *LEAN), ("report", *MIDDLE), ("report", *LARGE), ("book", *LEAN), ("book", *MIDDLE),
    *((name, *size) for size in (LEAN, MIDDLE, LARGE) for name in GRAPH if (name, size) != ("graph-networkx", LARGE)),
]  # fmt: skip
QUICK = [("report", *LEAN), *((name, 1_000, 50_000) for name in GRAPH)]


def report(made: Synthetic, at: float) -> dict[str, float]:
    """Find everything and make the lines of every measure, as the task does between reading and writing."""
    from kith.see.rules.churn import SHIPPED  # noqa: PLC0415 -- what is timed is loaded before, in `measured`
    from kith.see.rules.report.findings import findings  # noqa: PLC0415
    from kith.see.rules.report.members import lines, members  # noqa: PLC0415
    from kith.see.rules.report.reading import read  # noqa: PLC0415
    from kith.see.rules.report.removal import leaving  # noqa: PLC0415
    from kith.see.rules.roll import Roll  # noqa: PLC0415

    people = made.acts.people
    nobody = np.zeros(people, bool)
    roll = Roll(
        np.arange(people),
        [""] * people,
        [""] * people,
        made.joined_at,
        nobody,
        np.arange(people) < STAFF,
        nobody,
        nobody,
    )
    told = read(made.acts, roll, made.kinds, at=at, tie_half_life_days=60, node_half_life_days=30)
    left = leaving(told)
    found = findings(told, left)
    return {"measures": sum(1 for _ in lines(told, left, members(told, SHIPPED))), "active": found.numbers.active}


def book(people_count: int, acts: int) -> dict[str, object]:
    """Write an invented book into a database, then make its report through the door; the server's CPU beside ours."""
    from kith.run.environment import database, set_up_django  # noqa: PLC0415 -- only this variant needs Django

    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        os.environ["KITH_DATA"] = folder
        with database():
            set_up_django()
            from kith.run.migrations import migrate  # noqa: PLC0415 -- Django is set up only now
            from kith.see import api as see  # noqa: PLC0415

            migrate()
            community = written(synthetic(people_count, acts, until=NOW.timestamp()))
            began, server = time.process_time(), spent_seconds(database_processes(folder))
            made = see.make_report(community=community, now=NOW)
            return {
                "cpu_seconds": round(time.process_time() - began, 2),
                "server_cpu_seconds": round(spent_seconds(database_processes(folder)) - server, 2),
                "wall_seconds": round(made.took_seconds, 2),
                "active": made.findings.numbers.active,
            }


def written(made: Synthetic, founder: "Person | None" = None) -> "Community":
    from django.db import transaction  # noqa: PLC0415 -- Django is set up only now

    from kith.energy import api as energy  # noqa: PLC0415
    from kith.energy.api import NewAct  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    by = founder or people.make_person(name="Founder")
    community = people.found(name="Bench", slug="bench", pursuit="To be timed.", by=by, now=NOW - timedelta(days=1200))
    ids = people.bring_people(community=community, names=(f"P{i}" for i in range(made.acts.people)), now=NOW)
    columns = (made.acts.actor, made.acts.other, made.acts.at, made.acts.kind)
    rows = enumerate(zip(*(c.tolist() for c in columns), strict=True))
    acts = (
        NewAct(ids[a], made.kinds[kind], datetime.fromtimestamp(at, UTC), f"b:{i}", "bench", ids[b] if b >= 0 else None)
        for i, (a, b, at, kind) in rows
    )
    with transaction.atomic(), energy.staging():
        energy.stage(acts)
        energy.append_staged(community=community)
    return community


def measured(variant: str, people: int, acts: int) -> dict[str, object]:
    facts: dict[str, object] = {"bench": "report", "variant": variant, "people": people, "acts": acts}
    if variant == "book":
        return facts | book(people, acts) | memory()
    import kith.see.rules.report.findings  # noqa: F401, PLC0415 -- loading modules is not what is timed

    made = synthetic(people, acts, until=NOW.timestamp())
    before = round(psutil.Process().memory_info().rss / 1e6)
    began, cpu = time.perf_counter(), time.process_time()
    found = (GRAPH | {"report": report})[variant](made, NOW.timestamp())
    spent = {
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "wall_seconds": round(time.perf_counter() - began, 2),
        "input_mb": before,
    }
    return facts | spent | memory() | {name: round(value, 6) for name, value in found.items()}


def memory() -> dict[str, object]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return {"peak_mb": round(peak), "machine": machine}


def run(variant: str, people: int, acts: int) -> bool:
    """Run a variant in a process of its own; return whether it came to an end."""
    command = [sys.executable, "-m", "bench.report", "--variant", variant, "--people", str(people), "--acts", str(acts)]
    try:
        return subprocess.run(command, check=False, timeout=LIMIT_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        unfinished = {"bench": "report", "variant": variant, "people": people, "acts": acts, "unfinished_after_seconds": LIMIT_SECONDS}  # fmt: skip
        print(json.dumps(unfinished), flush=True)
        return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variant", choices=["report", "book", *GRAPH])
    parser.add_argument("--people", type=int, default=LEAN[0])
    parser.add_argument("--acts", type=int, default=LEAN[1])
    parser.add_argument("--quick", action="store_true", help="small communities only")
    asked = parser.parse_args()
    if asked.variant:
        print(json.dumps(measured(asked.variant, asked.people, asked.acts)), flush=True)
        return 0
    failed = [wanted for wanted in (QUICK if asked.quick else RUNS) if not run(*wanted)]
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
