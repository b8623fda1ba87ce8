"""The table of kinds, for tests that take rows away."""

from kith.energy.api import KINDS
from kith.energy.models import Kind


def bring_back_kinds() -> None:
    Kind.objects.bulk_create((Kind(code=c, weight=w, meaning=m) for c, (w, m) in KINDS.items()), ignore_conflicts=True)
