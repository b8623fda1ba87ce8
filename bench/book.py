"""Time posting to the value book: one by one and in batches, from one hand and from several, all from one hot shelf. One JSON line.

    python -m bench.book [--seconds N] [--batch N] [--hands N]

The community is invented, in an embedded database of its own in a temporary folder, as it is made for everybody: every commit
waits for the disk. A posting holds one unit for a new order and pays for it: two moves, three accounts, two of them new.
Each case ends with an audit.
"""

import argparse
import json
import os
import platform
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kith.postgres.api import running
from kith.run.environment import set_up_django

if TYPE_CHECKING:
    from kith.ledger.api import Posting
    from kith.people.api import Community

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PLENTY = 10**9

Order = Callable[[], "Posting"]


def orders(asset: str) -> Order:
    """Return what makes the posting of the next order."""
    from kith.ledger.api import AccountName, NewMove, Posting  # noqa: PLC0415 -- Django is set up only now

    numbers = count(1)
    shelf, gateway = AccountName("shelf", asset), AccountName("gateway", "CNY")

    def order() -> Posting:
        n = next(numbers)
        moves = [
            NewMove(shelf, AccountName("held", asset, "order", n), 1),
            NewMove(gateway, AccountName("escrow", "CNY", "order", n), 5980),
        ]
        return Posting(f"order:{n}", "order", moves, NOW, ("order", n))

    return order


def stocked(name: str) -> "tuple[Community, Order]":
    from kith.ledger import api as ledger  # noqa: PLC0415 -- Django is set up only now
    from kith.people import api as people  # noqa: PLC0415

    founder = people.make_person(name="Founder")
    community = people.found(name=name, slug=name, pursuit="To be timed.", by=founder, now=NOW)
    asset = f"S:{name}"
    ledger.make_asset(code=asset, kind="goods")
    units = ledger.NewMove(ledger.AccountName("supply", asset), ledger.AccountName("shelf", asset), PLENTY)
    ledger.post(community=community, key="stock", kind="receive", moves=[units], by=None, cause=("bench", 1), at=NOW)
    return community, orders(asset)


def post_for(community: "Community", order: Order, batch: int, until: float, took: list[float]) -> None:
    """Post batch after batch until then; note how long each call took."""
    from django.db import connection  # noqa: PLC0415 -- Django is set up only now

    from kith.ledger import api as ledger  # noqa: PLC0415

    while (begun := time.perf_counter()) < until:
        answers = ledger.post_many(community=community, postings=[order() for _ in range(batch)])
        assert all(isinstance(a, ledger.Posted) and a.is_new for a in answers)
        took.append(time.perf_counter() - begun)
    connection.close()


def case(batch: int, hands: int, seconds: float) -> dict[str, object]:
    from kith.ledger import api as ledger  # noqa: PLC0415 -- Django is set up only now

    community, order = stocked(f"b{batch}-{hands}")
    took: list[float] = []
    begun = time.perf_counter()
    threads = [
        threading.Thread(target=post_for, args=(community, order, batch, begun + seconds, took)) for _ in range(hands)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    took.sort()
    return {
        "batch": batch,
        "hands": hands,
        "postings_per_s": round(len(took) * batch / spent),
        "median_ms": round(took[len(took) // 2] * 1000, 2),
        "p99_ms": round(took[len(took) * 99 // 100] * 1000, 2),
        "postings": len(took) * batch,
        "audit_clean": not any(p.broken for p in ledger.audit()),
    }


def measure(seconds: float, batch: int, hands: int) -> dict[str, object]:
    cases = [case(size, many, seconds) for size in (1, batch) for many in (1, hands)]
    return {
        "bench": "book",
        "single_per_s": max(int(str(c["postings_per_s"])) for c in cases if c["batch"] == 1),
        "batched_per_s": max(int(str(c["postings_per_s"])) for c in cases if c["batch"] == batch),
        "cases": cases,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--hands", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder, running(Path(folder)) as url:
        os.environ |= {"KITH_DATA": folder, "DATABASE_URL": url}
        set_up_django()
        from kith.run.migrations import migrate  # noqa: PLC0415 -- Django is set up only now

        migrate()
        print(json.dumps(measure(asked.seconds, asked.batch, asked.hands)))


if __name__ == "__main__":
    main()
