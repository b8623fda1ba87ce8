"""Who may invite how many, and the tree of who brought whom. Pure."""

from collections.abc import Iterable, Mapping, Set

from kith.gather.data import (
    Branch,
    CameBy,
    Inviting,
    LadderValue,
    Limits,
    Quota,
    QuotaReached,
)
from kith.gather.rules.tiers import has_right, limit_of


def may_invite(ladder: LadderValue, limits: Limits, *, position: int, is_staff: bool) -> bool:
    """Tell whether somebody may invite: where a tier is named for it, from that tier on; else all, once members have a number."""
    if "invite" in ladder.rights or is_staff:
        return has_right(ladder, "invite", position=position, is_staff=is_staff)
    return limits.invites > 0 or limit_of(ladder, "invites", position=position, is_staff=is_staff) is not None


def most_invited(ladder: LadderValue, limits: Limits, *, position: int, is_staff: bool) -> int | None:
    """Return how many people somebody may have invited at a time: as their tier says, else the community; None for any number."""
    if is_staff:
        return None
    tier = limit_of(ladder, "invites", position=position, is_staff=False)
    return tier if tier is not None else limits.invites or None


def check_quota(quota: Quota, uses: int) -> None:
    """Raise: QuotaReached."""
    if quota.left is not None and uses > quota.left:
        raise QuotaReached(most=quota.most, out=quota.out)


def tree(rows: Iterable[CameBy]) -> list[Branch]:
    """Return everybody who brought or was brought, each once, hosts before those they brought; the largest branch first.

    Roots came by nobody. Who left and came back by somebody they had brought themselves closes a ring; there the earliest
    coming is left out, and whoever came by it is the root.
    """
    came = {r.person_id: r for r in rows}
    brought = _brought(came)
    order: list[tuple[int, int]] = []
    seen: set[int] = set()
    roots = sorted({r.host_id for r in came.values()} - came.keys())
    for root in [*roots, *sorted(came, key=lambda p: (came[p].at, p))]:
        if root not in seen:
            order += _walk(root, brought, seen)
    below = _below(order)
    return _sorted(order, below, came, brought)


def _brought(came: Mapping[int, CameBy]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in came.values():
        found.setdefault(row.host_id, []).append(row.person_id)
    return found


def _walk(root: int, brought: Mapping[int, list[int]], seen: set[int]) -> list[tuple[int, int]]:
    """Return (person, depth) of a branch, each host straight before their own. Without recursion: a chain may be long."""
    order, stack = [], [(root, 0)]
    while stack:
        person, depth = stack.pop()
        if person in seen:
            continue
        seen.add(person)
        order.append((person, depth))
        stack += [(guest, depth + 1) for guest in brought.get(person, [])]
    return order


def _below(order: list[tuple[int, int]]) -> dict[int, int]:
    """Return how many stand below each, by (person, depth) in the order of `_walk`."""
    below: dict[int, int] = {}
    open_: list[tuple[int, int, int]] = []  # (person, depth, place in the order)
    for place, (person, depth) in enumerate([*order, (0, 0)]):
        while open_ and open_[-1][1] >= depth:
            host, _, began = open_.pop()
            below[host] = place - began - 1
        open_.append((person, depth, place))
    return below


def _sorted(
    order: list[tuple[int, int]], below: Mapping[int, int], came: Mapping[int, CameBy], brought: Mapping[int, list[int]]
) -> list[Branch]:
    """Put the largest branch first, at every depth."""
    under: dict[int | None, list[int]] = {}
    depths = dict(order)
    for person, depth in order:
        under.setdefault(came[person].host_id if depth else None, []).append(person)
    found: list[Branch] = []
    stack = sorted(under.get(None, []), key=lambda p: (below[p], -p))
    while stack:
        person = stack.pop()
        row = came.get(person) if depths[person] else None
        facts = (row.host_id, row.way, row.at) if row else ()
        found.append(Branch(person, depths[person], len(brought.get(person, [])), below[person], *facts))
        stack += sorted(under.get(person, []), key=lambda p: (below[p], -p))
    return found


def branch_of(branches: Iterable[Branch], person_id: int) -> list[Branch]:
    """Return what stands below somebody, them first; empty where they neither brought nor were brought."""
    found: list[Branch] = []
    for row in branches:
        if found and row.depth <= found[0].depth:
            break
        if found or row.person_id == person_id:
            found.append(row)
    return found


def total(counts: Iterable[Inviting]) -> Inviting:
    """Return the sum over all hosts; everybody came by one of them."""
    rows = list(counts)
    names = ("made", "places", "came", "stayed", "active", "banned")
    return Inviting(None, *(sum(getattr(c, name) for c in rows) for name in names))


def inviting_of(
    made: Iterable[tuple[int, int]],
    came: Iterable[tuple[int, int]],
    *,
    stayed: Set[int],
    active: Set[int],
    banned: Set[int],
) -> list[Inviting]:
    """Count by host, most brought first: links as (host, uses), comings as (guest, host), and guests of whom something holds."""
    counts: dict[int, dict[str, int]] = {}
    for host, uses in made:
        _add(counts, host, made=1, places=uses)
    for guest, host in came:
        _add(counts, host, came=1, stayed=guest in stayed, active=guest in active, banned=guest in banned)
    rows = [Inviting(host, **numbers) for host, numbers in counts.items()]
    return sorted(rows, key=lambda c: (-c.came, -c.made, c.person_id or 0))


def _add(counts: dict[int, dict[str, int]], host: int, **more: int) -> None:
    mine = counts.setdefault(host, {})
    for name, number in more.items():
        mine[name] = mine.get(name, 0) + number
