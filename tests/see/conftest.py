"""Two towns with a bridge: the network most tests of see look at."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from kith.people.api import Community

NOW = datetime(2025, 5, 20, 12, 0, tzinfo=UTC)
NAMES = {
    "Chongqing": ["Tang", "Jiang", "He", "Qin", "Wei"],
    "Kunming": ["Luo", "Su", "Ma", "Gu", "Zhao"],
}


@dataclass
class Town:
    """A community whose members are known by name."""

    community: Community
    id: dict[str, int]
    keys: "count[int]" = field(default_factory=count)

    def act(self, actor: str, other: str, *, days_ago: float = 1, kind: str = "reply", times: int = 1) -> None:
        acts = [
            NewAct(
                actor_id=self.id[actor],
                other_id=self.id[other],
                kind=kind,
                at=NOW - timedelta(days=days_ago),
                key=f"test:{next(self.keys)}",
                source="test",
            )
            for _ in range(times)
        ]
        energy.record(community=self.community, acts=acts)

    def exchange(self, one: str, other: str, *, days_ago: float = 1, times: int = 1) -> None:
        self.act(one, other, days_ago=days_ago, times=times)
        self.act(other, one, days_ago=days_ago, times=times)


@pytest.fixture
def empty(db: None) -> Town:
    """Ten members of two chapters and a founder, nobody in touch."""
    founder = people.make_person(name="Founder")
    community = people.found(
        name="Two towns", slug="two-towns", pursuit="To stay in touch.", by=founder, now=NOW - timedelta(days=400)
    )
    ids = {"Founder": founder.pk}
    for chapter, names in NAMES.items():
        for name in names:
            person = people.make_person(name=name)
            people.add_member(community=community, person=person, chapter=chapter, now=NOW - timedelta(days=300))
            ids[name] = person.pk
    return Town(community, ids)


@pytest.fixture
def town(empty: Town) -> Town:
    """Each town talks among itself; Tang and Luo hold the bridge, Qin and Su a thin one beside it."""
    for names in NAMES.values():
        for i, name in enumerate(names):
            empty.exchange(name, names[(i + 1) % len(names)], times=4)
    empty.exchange("Tang", "Luo", times=3)
    empty.act("Qin", "Su", times=2)
    return empty
