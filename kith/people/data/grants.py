"""What opens doors within a community."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rights:
    """What opens doors within a community: `position` is that of one's tier, 0 without one; `grants` are those that hold now."""

    is_member: bool = False
    is_staff: bool = False
    position: int = 0
    grants: frozenset[str] = frozenset()
