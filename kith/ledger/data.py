"""What crosses the door of the value book. Amounts are whole minor units of their asset (`kith.lib.money`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kith.lib.errors import NotFound, Refusal

ASSET_KINDS = ("money", "goods", "right", "points")


@dataclass(frozen=True, slots=True)
class AccountName:
    """Which account of a community: what stands there (`role`), for whom or for what, in which asset.

    `AccountName("share", "CNY", "person", 7)`; without an owner it is the community's own. An account comes into being
    with its first move, with the floor of its role.
    """

    role: str
    asset: str
    owner_kind: str = ""
    owner_id: int = 0


@dataclass(frozen=True, slots=True)
class NewMove:
    """So much goes from one account to another of the same asset; `amount_minor` is 1 to 10^15."""

    src: AccountName
    dst: AccountName
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry to post: all its moves or none.

    `key` names it once and for all within its community. `cause` is what it is posted for, ("order", 17), and `at` when
    that happened. `need` are stricter floors for this entry alone, by account. `reverses` is the id of the entry it undoes.
    """

    key: str
    kind: str
    moves: Sequence[NewMove]
    at: datetime
    cause: tuple[str, int]
    by_id: int | None = None
    need: Mapping[AccountName, int] = field(default_factory=dict)
    reverses: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """The entry of a key; `is_new` says whether this call made it or an earlier one."""

    entry_id: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class AssetValue:
    code: str
    kind: str
    scale: int


@dataclass(frozen=True, slots=True)
class AccountValue:
    """An account with its balance. `floor` None is an account without one: it may fall as low as it likes."""

    id: int
    name: AccountName
    floor: int | None
    balance_minor: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryValue:
    """An entry as shown to people; `reversed_by` is the id of the entry that undoes it."""

    id: int
    key: str
    kind: str
    cause: tuple[str, int]
    at: datetime
    posted_at: datetime
    by_id: int | None
    note: str
    reverses: int | None
    reversed_by: int | None
    moves: tuple[NewMove, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A move as one of its accounts sees it: `amount_minor` is above zero when it came in, below when it went out."""

    entry_id: int
    n: int
    key: str
    kind: str
    cause: tuple[str, int]
    at: datetime
    posted_at: datetime
    by_id: int | None
    note: str
    reverses: int | None
    amount_minor: int
    other: AccountName

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: what `statement_rows` takes to go on from here."""
        return self.entry_id, self.n


@dataclass(frozen=True, slots=True)
class SealValue:
    """What closes the book up to an entry: a hash over every row since the seal before, and over that one."""

    day: date
    upto_entry: int
    entries: int
    root: str
    prev: str


class Overdraft(Refusal):
    """The one error of everything scarce: an account would fall below its floor. `account` is which one."""

    sentence = "There is not enough: %(missing)s of %(asset)s are missing (%(role)s)."
    status = 409

    account: AccountName
    missing: int

    @classmethod
    def of(cls, account: AccountName, missing: int) -> "Overdraft":
        made = cls(role=account.role, asset=account.asset, missing=missing)
        made.account, made.missing = account, missing
        return made


class KeyReused(Refusal):
    sentence = "“%(key)s” was booked before, with other content."
    status = 409


class AlreadyReversed(Refusal):
    sentence = "This entry was reversed before."
    status = 409


class NotReversible(Refusal):
    sentence = "A reversal moves back exactly what an entry moved, and is not itself reversed."
    status = 409


class AccountClosed(Refusal):
    sentence = "This account is closed (%(role)s)."
    status = 409


class AccountNotEmpty(Refusal):
    sentence = "This account is not empty (%(role)s)."
    status = 409


class OtherAsset(Refusal):
    sentence = "%(code)s is there already, of another kind or scale."
    status = 409


class BookBusy(Refusal):
    sentence = "The book is being written in without a pause; try again in a minute."
    status = 503


class NoSuchEntry(NotFound):
    sentence = "There is no such entry in the book."


class UnknownAsset(Refusal):
    sentence = "There is nothing called %(code)s to keep book of."


class UnknownAccountRole(Refusal):
    sentence = "There is no account called “%(role)s”."


class BadAmount(Refusal):
    sentence = "An amount is a whole number from 1 to %(limit)s."


class BadFloor(Refusal):
    sentence = "A floor is a whole number of at most %(limit)s, on an account that has one."


class BadMoves(Refusal):
    sentence = "An entry has 1 to %(limit)s moves, each between two accounts of one asset."


class BadName(Refusal):
    sentence = "“%(name)s” cannot stand in the book."


class BalanceTooLarge(Refusal):
    sentence = "This account cannot hold so much (%(role)s)."
