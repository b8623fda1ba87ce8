"""What people say to one another."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.fields import AnyKind
from kith.rest.schemas.authors import Author
from kith.rest.schemas.kinds import Extra


class Quoted(Schema):
    id: int
    author: str
    excerpt: str


class Lock(Schema):
    """A text is closed to you: `reads` says for whom it is open, `called` what people know that by."""

    space_id: int
    space: str
    reads: str = Field(examples=["members", "plan", "tier"])
    needs: str = Field(description="The short name of the membership it takes; empty for others.")
    called: str


class Post(Schema):
    """A post, or with `root_id` a reply in its thread. A deleted one keeps its place with empty texts."""

    id: int
    root_id: int | None
    kind: AnyKind
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
    space_id: int | None
    answer_id: int | None
    quoted: Quoted | None
    thanked: bool = Field(description="You thanked for it.")
    mine: bool
    is_blurred: bool = Field(description="Flagged, and covered for others until somebody decides: do the same.")
    lock: Lock | None = Field(description="Null where you may read it; else `text` and `html` are a preview, or empty.")
    is_free: bool = Field(description="Open to all, whoever may read its space.")
    extra: Extra | None = Field(description="What a kind that is more than a text has besides it.")


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
