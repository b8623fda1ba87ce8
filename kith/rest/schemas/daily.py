"""What is found, told and kept: search, notifications, messages, bookmarks."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.fields import Kind
from kith.rest.fields_daily import Digest, NoticeKind, Way
from kith.rest.schemas.authors import Author
from kith.rest.schemas.network import Who
from kith.rest.schemas.talk import PostWithLatest


class Piece(Schema):
    words: str
    is_hit: bool


class Hit(Schema):
    id: int
    root_id: int | None = Field(description="The thread a reply stands in.")
    kind: Kind
    author: Author
    at: datetime
    space: str
    pieces: list[Piece] = Field(description="An excerpt as written, in pieces; escape each where it is shown.")

    @staticmethod
    def resolve_pieces(hit: object) -> list[dict[str, object]]:
        return [{"words": words, "is_hit": is_hit} for words, is_hit in getattr(hit, "pieces", ())]


class Found(Schema):
    hits: list[Hit]
    people: list[Author] = Field(description="On the first page, unless an author or a kind is asked for.")
    next: str = Field(description="Send it as `before`; empty on the last page.")


class NoticeBundle(Schema):
    """What you were told, of one kind on one thing as one."""

    id: int = Field(description="Of the newest in it.")
    ids: list[int]
    kind: NoticeKind
    subject: str = Field(description="What it is about, such as `post:15`; may be empty.", examples=["post:15"])
    post_id: int | None
    at: datetime
    is_read: bool
    people: int = Field(description="How many did it.")
    by: list[Author] = Field(description="The latest of them, at most three.")
    excerpt: str = Field(description="The beginning of the text it is about; empty where you may not read it.")
    deed: str = Field(description="What was decided, such as `gather.admitted`; empty for what people did.")

    @staticmethod
    def resolve_deed(bundle: object) -> str:
        return str(getattr(bundle, "detail", {}).get("deed", ""))


class Notices(Schema):
    notices: list[NoticeBundle] = Field(alias="bundles", description="Newest first.")
    next: int | None = Field(description="Send it as `before`; null on the last page.")


class Unread(Schema):
    unread: int = Field(description="At most 100.")


class NoticeWish(Schema):
    kind: NoticeKind
    space: str = Field(description="Empty: everywhere.")
    way: Way


class NoticeWishes(Schema):
    wishes: list[NoticeWish]


class Heard(Schema):
    takes_mail: bool
    digest: Digest
    quiet_from_minute: int | None = Field(description="Minute of the day.")
    quiet_until_minute: int | None
    zone: str = Field(description="Empty: that of the server.", examples=["Asia/Shanghai"])
    answers_newcomers: bool


class Device(Schema):
    id: int
    label: str
    digest: str = Field(description="SHA-256 of its endpoint, in hex: by it a browser knows itself.")
    made_at: datetime


class Devices(Schema):
    push_key: str = Field(description="For `applicationServerKey`; empty where this server sends nothing to devices.")
    devices: list[Device] = Field(description="Newest first.")


class Message(Schema):
    id: int
    by: Author
    text: str = Field(description="Empty when it was taken back.")
    html: str
    at: datetime
    mine: bool
    is_deleted: bool
    is_reported: bool


class ReportedMessages(Schema):
    messages: list[Message]


class Letters(Schema):
    who: Author
    messages: list[Message] = Field(description="Oldest first.")
    earlier: int | None = Field(description="Send it as `before`; null at the beginning.")
    blocked: bool = Field(description="You take no messages from them.")


class Correspondent(Schema):
    who: Author
    last_at: datetime
    excerpt: str
    unread: int
    blocked: bool


class Correspondents(Schema):
    correspondents: list[Correspondent]


class BookmarkOut(Schema):
    id: int
    said: PostWithLatest
    note: str
    at: datetime


class Bookmarks(Schema):
    kept: list[BookmarkOut]
    next: int | None = Field(description="Send it as `before`; null on the last page.")


class UnheardPerson(Schema):
    who: Who
    since_at: datetime
    source: str = Field(description="Their word, such as `post:15`; empty for who has said nothing yet.")
    is_newcomer: bool


class UnheardList(Schema):
    unheard: list[UnheardPerson]
