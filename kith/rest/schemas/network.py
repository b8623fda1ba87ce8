"""What the energy book shows."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.see import api as see


class Who(Schema):
    person_id: int
    handle: str
    name: str
    chapter: str
    headline: str
    is_super: bool


class Node(Schema):
    """A member in the network. Energy in live acts, warmth in degrees 0-100."""

    who: Who
    score: float
    energy_in: float
    energy_out: float
    ties: int
    two_way: int
    degrees: float
    percentile: float
    rank: int
    circle: str
    reasons: list[str] = Field(description="Why they matter, in words.")

    @staticmethod
    def resolve_reasons(node: see.Node) -> list[str]:
        return [see.sentence(reason) for reason in node.reasons]


class Tie(Schema):
    who: Who
    given: float
    received: float
    acts_given: int
    acts_received: int
    degrees: float
    is_two_way: bool
    first_at: datetime
    last_at: datetime


class Ties(Schema):
    ties: list[Tie] = Field(description="Warmest first, or by what foretells better here (the record).")


class Network(Schema):
    """A community's network in numbers, as of `at`."""

    made_at: datetime
    at: datetime
    people: int
    tied: int
    acts: int
    ties: int
    pairs: int
    two_way_percent: int
    reciprocity: float
    super_nodes: int
    circles: int
    energy: float
    active: int
    temperature: float = Field(description="Degrees of live energy per active member.")
    weeks: list[float] = Field(description="The temperature of 17 weeks, the newest last.")


class Report(Schema):
    """What was found in the whole book, as of `at`. Null where there is too little to say; shares are 0-1, energy is in live acts."""

    made_at: datetime
    at: datetime
    findings: see.Findings


class Record(Schema):
    """How a score did on held-out time, beside the simple orders; `metric` and `baselines` are empty where `too_little` says why."""

    metric: dict[str, float] = Field(description="auc, spearman, ndcg50, precision100, coverage and others, by name.")
    baselines: dict[str, dict[str, float]]
    n: int = Field(description="Cases asked about.")
    half_life_days: float
    windows: list[tuple[datetime, datetime]] = Field(
        description="Each from the moment of asking to the end of what was foretold."
    )
    beats: bool = Field(description="Whether no simple order did better.")
    leads: str = Field(description="What ranks here: score, or the simple order that did better.")
    too_little: str


class Trials(Schema):
    """The record of ties, super_nodes, churn, introductions and seeds, and the half-lives that follow from it."""

    made_at: datetime
    people: int
    acts: int
    records: dict[str, Record]
    tie: see.HalfLife
    node: see.HalfLife
    is_fixed: bool = Field(description="The half-lives were set by hand.")
    is_learnt: bool = Field(description="The chance to leave is weighed as learnt on this community.")


class SuperNodes(Schema):
    super_nodes: list[Node] = Field(description="Highest score first.")


class People(Schema):
    rows: list[Node]
    total: int
    page: int
    pages: int


class Week(Schema):
    start_at: datetime
    acts: int
    energy: float


class PersonInNetwork(Schema):
    at: datetime
    node: Node
    weeks: list[Week]


class Exchange(Schema):
    by_id: int
    kind: str
    at: datetime
    source: str


class Warmth(Schema):
    at: datetime
    degrees: float


class Pair(Schema):
    at: datetime
    one: Who
    other: Who
    tie: Tie | None = Field(description="From `one` to `other`; null when they never met.")
    warmth: list[Warmth] = Field(description="Of 26 weeks, the newest last.")
    acts_90_days: int
    latest: list[Exchange]

    @staticmethod
    def resolve_warmth(pair: see.PairView) -> list[dict[str, object]]:
        return [{"at": at, "degrees": degrees} for at, degrees in pair.warmth]
