"""Draw the state machines of launch and share into docs/states.md, from the tables the code moves by.

python tools/states.py          # write the file
python tools/states.py --check  # exit 1 if it says something else than the code
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kith.launch.rules import MACHINES  # noqa: E402 -- found only from the root
from kith.lib.machines import Machine  # noqa: E402 -- the same
from kith.share.rules import MACHINES as SHARES  # noqa: E402 -- the same

FILE = ROOT / "docs" / "states.md"
HEAD = """# States

What may follow what, drawn by `tools/states.py` from `kith/launch/rules` and `kith/share/rules`; a test compares the two. Every step is one conditional
UPDATE: whoever comes second finds that it was done.
"""


def drawn() -> str:
    return "\n".join([HEAD, *(_chapter(name, machine) for name, machine in (MACHINES | SHARES).items())])


def _chapter(name: str, machine: Machine) -> str:
    first = next(iter(machine))
    steps = [f"    [*] --> {first}"]
    steps += [f"    {state} --> {to}" for state, follow in machine.items() for to in follow]
    steps += [f"    {state} --> [*]" for state, follow in machine.items() if not follow]
    return "\n".join([f"## {name}", "```mermaid", "stateDiagram-v2", *steps, "```", ""])


def main() -> None:
    if "--check" in sys.argv:
        sys.exit(FILE.read_text() != drawn())
    FILE.write_text(drawn())


if __name__ == "__main__":
    main()
