"""What crosses the door of own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kith.lib.errors import NotFound, Refusal

STATES = ("waiting", "ready", "failed")
TEXTS = ("keep", "delete")
KEPT_DAYS = 3


@dataclass(frozen=True, slots=True)
class BundleValue:
    """An export somebody asked for; `slug` is "" for their own data, `size` 0 until it is ready."""

    id: int
    slug: str
    state: str
    asked_at: datetime
    made_at: datetime | None
    until_at: datetime | None
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps somebody from leaving: communities whose last founder they are, orders under way, communities that owe them money."""

    founded: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    owed: tuple[tuple[str, str], ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.founded or self.orders or self.owed)


class NoSuchBundle(NotFound):
    sentence = "There is no such export, or it is not kept any more. Ask for it again."


class NotReady(Refusal):
    sentence = "This export is still being made. It will be here in a moment."
    status = 409


class LastFounderLeaves(Refusal):
    sentence = "You are the last founder of %(communities)s. Make somebody else a founder there first."
    status = 409


class OrdersOpen(Refusal):
    sentence = "Orders of yours are still under way: %(orders)s. Wait until they have ended, or cancel them first."
    status = 409


class MoneyOwed(Refusal):
    sentence = "%(communities)s still owes you money, or will. Have it paid out first."
    status = 409


class UnknownChoice(Refusal):
    sentence = "Say what shall become of your texts: keep or delete."


class NoAccount(Refusal):
    sentence = "Only who has an account can do this."
