"""The door of the demo."""

from kith.demo.data import DemoAddressTaken, NoDemo, Persona, Poured, Removed
from kith.demo.personas import personas
from kith.demo.pour import existing, pour
from kith.demo.remove import remove

__all__ = [
    "DemoAddressTaken", "NoDemo", "Persona", "Poured", "Removed", "existing", "personas", "pour", "remove",
]  # fmt: skip
