"""Time the operator's first page under a steady load, against a real `kith serve`. One JSON line.

    python -m bench.pulse [--rate N] [--seconds N]

A community of 5,000 people and 1,000,000 acts, with the report of last night; see bench/load.py for how it is measured.
Twenty requests a second: it is a page of the few who run a community, not of its members.
"""

from datetime import UTC, datetime

from bench.load import signed_in, steady
from bench.report import LEAN, written
from kith.lib.synthetic import synthetic


def seed() -> str:
    """Fill an empty database and make its report; return the session cookie of the founder."""
    from kith.people import api as people  # noqa: PLC0415 -- Django is set up only now
    from kith.run.migrations import migrate  # noqa: PLC0415
    from kith.see import api as see  # noqa: PLC0415

    migrate()
    now = datetime.now(UTC)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    community = written(synthetic(*LEAN, until=now.timestamp()), founder=founder)
    see.make_report(community=community, now=now)
    return signed_in(founder)


if __name__ == "__main__":
    steady("pulse", "/c/bench/pulse", seed, rate=20, people=LEAN[0], acts=LEAN[1])
