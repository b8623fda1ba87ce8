"""Time the feed page of a signed-in member under a steady load, against a real `kith serve`. One JSON line.

    python -m bench.feed [--rate N] [--seconds N]

10,000 posts of 300 members; see bench/load.py for how it is measured.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bench.load import signed_in, steady

if TYPE_CHECKING:
    from kith.connect.api import Line
    from kith.people.api import Community

POSTS = 10_000
MEMBERS = 300


def lines(ids: list[int]) -> "Iterator[Line]":
    """Invent posts over a year, every third one answering an earlier one."""
    from kith.connect.api import Line  # noqa: PLC0415 -- Django is set up only now

    now = datetime.now(UTC)
    for n in range(POSTS):
        to = f"b:{n - n % 7 - 1}" if n % 3 == 2 and n > 7 else ""
        text = f"第 {n} 条：今天去看了仓库，路上想起上回说的那批酒，还是想听听大家怎么看。" * (1 + n % 3)
        yield Line(f"b:{n}", ids[n * 31 % len(ids)], text, now - timedelta(minutes=(POSTS - n) * 50), to_key=to)


def seed() -> str:
    """Fill an empty database; return the session cookie of a member."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django is set up only now
    from django.db import transaction  # noqa: PLC0415

    from kith.connect import api as connect  # noqa: PLC0415
    from kith.energy import api as energy  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    home: Community = people.found(name="Bench", slug="bench", pursuit="speed", by=founder, now=datetime.now(UTC))
    with transaction.atomic(), energy.staging():
        ids = people.bring_people(community=home, names=(f"member {n}" for n in range(MEMBERS)), now=datetime.now(UTC))
        connect.bring_lines(community=home, lines=lines(ids), origin="bench")
        energy.append_staged(community=home)
    return signed_in(founder)


if __name__ == "__main__":
    steady("feed", "/c/bench/", seed, posts=POSTS)
