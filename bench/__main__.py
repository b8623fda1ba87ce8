"""Run every benchmark, each in a process of its own; JSON lines on stdout.

python -m bench [NAME ...]
"""

import subprocess
import sys
from pathlib import Path

NOT_BENCHMARKS = {"__init__", "__main__", "irc_to_messages", "load", "report_graph"}


def names() -> list[str]:
    found = sorted(p.stem for p in Path(__file__).parent.glob("*.py"))
    return [n for n in found if n not in NOT_BENCHMARKS]


def main(wanted: list[str]) -> int:
    """Run what is wanted, or all; return 1 when one failed."""
    failed = 0
    for name in wanted or names():
        print(f"bench: {name}", file=sys.stderr)
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return int(failed != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
