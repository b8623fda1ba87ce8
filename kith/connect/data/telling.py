"""Notifications: what people are told of, and how they want to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kith.connect.data.talk import Author
from kith.lib.errors import Refusal

# What one is told of, with how by default: not at all, by the bell, or by mail beside it.
DEFAULT_WAYS = {
    "reply": "mail", "mention": "mail", "thank": "bell", "answer": "mail", "post": "off", "announcement": "mail",
    "decision": "mail", "invited": "bell", "kept": "mail", "tier": "mail", "event": "mail", "letter": "mail",
}  # fmt: skip
NOTICES = tuple(DEFAULT_WAYS)
WAYS = ("off", "bell", "mail")
DIGESTS = ("off", "daily", "weekly")
# Only where one is, space by space, is a new post news.
BY_SPACE = ("post", "reply", "mention", "thank", "answer", "announcement")


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Somebody to be told of something. `cause` names it once and for all; `root_id` and `space_id` say where it stands."""

    person_id: int
    kind: str
    cause: str
    by_id: int | None = None
    subject: str = ""
    root_id: int | None = None
    space_id: int | None = None
    detail: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Notices of one kind on one thing, shown as one: “three people thanked you”. `by` are the latest, at most three.

    `excerpt` is empty where the reader may not read the subject; `id` is that of the newest, `ids` are all.
    """

    id: int
    ids: tuple[int, ...]
    kind: str
    subject: str
    at: datetime
    is_read: bool
    people: int
    by: tuple[Author, ...] = ()
    excerpt: str = ""
    detail: Mapping[str, str | int | bool] = field(default_factory=dict)

    @property
    def post_id(self) -> int | None:
        noun, _, number = self.subject.partition(":")
        return int(number) if noun == "post" and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Notices:
    """One page of bundles, newest first; `next` is the id to go on before, None on the last."""

    bundles: list[Bundle]
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Ears:
    """When and how mail reaches somebody. Quiet hours are minutes of the day in `zone`, from one to the other, perhaps over midnight."""

    takes_mail: bool = True
    digest: str = "off"
    quiet_from_minute: int | None = None
    quiet_until_minute: int | None = None
    zone: str = ""
    answers_newcomers: bool = False


@dataclass(frozen=True, slots=True)
class Loud:
    """A kind that comes so often that it might be muted: `a_day` on average over a week."""

    kind: str
    a_day: int


class UnknownNotice(Refusal):
    sentence = "There is no notification called “%(kind)s”."


class UnknownWay(Refusal):
    sentence = "One hears of something by mail, by the bell, or not at all."


class UnknownDigest(Refusal):
    sentence = "A digest comes daily, weekly or not at all."


class UnknownZone(Refusal):
    sentence = "There is no time zone called “%(zone)s”. Names are like Asia/Shanghai."


class NoQuiet(Refusal):
    sentence = "Quiet hours need a beginning and an end that differ."
