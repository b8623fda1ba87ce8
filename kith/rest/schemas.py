"""What the API shows."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from kith.gather.api import Applied
from kith.people.api import Community as CommunityRow
from kith.people.api import Standing
from kith.rest.fields import Kind, Role, Scope
from kith.see import api as see


class Refused(Schema):
    """Why not: `error` is for programs, `sentence` for people, in the language of Accept-Language."""

    error: str = Field(examples=["NotFound"])
    sentence: str = Field(examples=["There is nothing here, or it is not yours to see."])
    facts: dict[str, Any] = Field(description="What fills the sentence.", examples=[{}])


class Wrong(Schema):
    field: str = Field(examples=["body.text"])
    why: str = Field(examples=["This is missing."])


class Fields(Schema):
    fields: list[Wrong]


class Invalid(Schema):
    """What was sent does not fit; each field with its reason."""

    error: str = Field(examples=["InvalidInput"])
    sentence: str
    facts: Fields


class TokenOut(Schema):
    id: int
    name: str
    shown: str = Field(description="The part that is no secret.", examples=["kith_aB3dE6gH"])
    scopes: list[Scope]
    made_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class MadeTokenOut(Schema):
    token: TokenOut
    secret: str = Field(description="The whole token, shown this once and kept nowhere.")


class Me(Schema):
    id: int
    name: str
    email: str | None
    language: str = Field(description="Empty until chosen.", examples=["zh-hans", ""])
    token: TokenOut | None = Field(description="The token that asked; null for a session.")


class Place(Schema):
    """Where somebody stands in a community."""

    handle: str
    name: str
    role: Role
    joined_at: datetime
    chapter: str
    headline: str
    is_imported: bool = Field(description="Brought in from elsewhere and not yet claimed.")
    is_bot: bool


class Brief(Schema):
    slug: str
    name: str
    pursuit: str
    visible_to: str
    entered_by: str
    language: str
    is_demo: bool
    founded_at: datetime


class Communities(Schema):
    mine: list[Brief]
    public: list[Brief]


class Value(Schema):
    word: str
    sentence: str


class Community(Brief):
    rules: str
    values: list[Value]
    questions: list[str] = Field(description="What applicants are asked.")
    members: int
    standing: Place | None = Field(description="Where you stand; null for a stranger.")


class Answered(Schema):
    question: str
    answer: str


class Application(Schema):
    id: int
    name: str
    answers: list[Answered]
    made_at: datetime
    state: str = Field(examples=["pending", "admitted", "declined"])
    reason: str

    @staticmethod
    def resolve_answers(applied: Applied) -> list[Answered]:
        return [Answered(question=question, answer=answer) for question, answer in applied.answers]


class Applications(Schema):
    waiting: list[Application]


class Door(Schema):
    """What somebody who knows the address sees of a community they are not in: enough to knock."""

    slug: str
    name: str
    pursuit: str
    rules: str
    values: list[Value]
    entered_by: str
    questions: list[str]
    application: Application | None = Field(description="Your latest application.")


class Members(Schema):
    members: list[Place]
    next: str = Field(description="Send it as `after`; empty on the last page.")


class Author(Schema):
    person_id: int
    name: str
    handle: str = Field(description="Empty for somebody who left.")
    chapter: str
    headline: str
    is_bot: bool


class Quoted(Schema):
    id: int
    author: str
    excerpt: str


class Post(Schema):
    """A post, or with `root_id` a reply in its thread. A deleted one keeps its place with empty texts."""

    id: int
    root_id: int | None
    kind: Kind
    author: Author
    text: str = Field(description="Markdown as written.")
    html: str = Field(description="Clean HTML.")
    at: datetime
    edited_at: datetime | None
    is_deleted: bool
    version: int
    replies: int
    thanks: int
    space: str
    answer_id: int | None
    quoted: Quoted | None
    thanked: bool = Field(description="You thanked for it.")
    mine: bool


class PostWithLatest(Post):
    latest: list[Post] = Field(description="Its two latest replies.")


class Feed(Schema):
    posts: list[PostWithLatest]
    next: str = Field(description="Send it as `before`; empty on the last page.")


class Thread(Schema):
    post: Post
    replies: list[Post] = Field(description="Oldest first.")


class Thanked(Schema):
    by: Author
    why: str
    at: datetime


class Thanks(Schema):
    thanks: list[Thanked] = Field(description="Newest first.")


class Draft(Schema):
    place: str
    text: str
    kind: str
    key: str = Field(description="Send it as Idempotency-Key.")
    saved_at: datetime | None


class Picture(Schema):
    digest: str
    width: int
    height: int
    address: str = Field(examples=["/c/shanye/pictures/0f…9c.webp"])
    markdown: str = Field(description="What to write into a text to show it.")


class Invitation(Schema):
    token: str = Field(description="Shown this once and kept nowhere.")
    uses: int
    expires_at: datetime


class ClaimLink(Schema):
    token: str = Field(description="Shown this once and kept nowhere; send it to the person behind the lines.")


class Offered(Schema):
    name: str = Field(description="Whose lines the link offers.")


class Claimed(Schema):
    texts: int = Field(description="How many posts and replies are now yours.")


class Act(Schema):
    """A line of the energy book."""

    id: int
    by: str = Field(description="The handle of who gave; empty for somebody who left.")
    to: str = Field(description="The handle of who received; empty for nobody in particular, or somebody who left.")
    kind: str
    weight: float
    at: datetime
    source: str


class Acts(Schema):
    acts: list[Act] = Field(description="Newest first.")


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
    ties: list[Tie] = Field(description="Warmest first.")


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


def values_of(community: CommunityRow) -> list[Value]:
    held = community.values_held.order_by("position").values_list("word", "sentence")
    return [Value(word=word, sentence=sentence) for word, sentence in held]


def brief(community: CommunityRow) -> dict[str, Any]:
    return {name: getattr(community, name) for name in Brief.model_fields}


def whole(community: CommunityRow, standing: Standing | None, members: int) -> Community:
    return Community(
        **brief(community),
        rules=community.rules,
        values=values_of(community),
        questions=community.questions,
        members=members,
        standing=Place.model_validate(standing) if standing else None,
    )
