"""What crosses the door of hooks."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

HOOKS_LIMIT = 20
WANTS_LIMIT = 40
ADDRESS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class HookValue:
    """An address that is told. `wants` are patterns of kinds; `failing_since` is None while it answers."""

    id: int
    address: str
    wants: tuple[str, ...]
    made_at: datetime
    made_by: str
    off_at: datetime | None
    failing_since: datetime | None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class MadeHook:
    """A hook with its secret, which is shown once."""

    hook: HookValue
    secret: str


@dataclass(frozen=True, slots=True)
class DeliveryValue:
    """One message to one address. `state` is waiting, delivered or given_up; `answer` the last answer, cut."""

    id: int
    message_id: str
    kind: str
    body: str
    made_at: datetime
    state: str
    tries: int
    next_at: datetime | None
    done_at: datetime | None
    status: int | None
    answer: str


class BadHookAddress(Refusal):
    sentence = "A webhook needs an address that begins with https:// and names a server on the internet."


class BadWants(Refusal):
    sentence = (
        "“%(want)s” is no kind of message: write * for all, act.* or gather.* for a part, act.reply for one kind."
    )


class TooManyHooks(Refusal):
    sentence = "There can be at most %(limit)s webhooks; remove one first."
    status = 409


class NoSuchHook(NotFound):
    sentence = "There is no such webhook here."


class NoSuchDelivery(NotFound):
    sentence = "There is no such delivery here."
