"""Personal tokens: `kith_<prefix>_<secret>`. Who holds one is the person who made it, within its scopes."""

import hashlib
import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kith.lib.text import clean_line
from kith.people.api import Person
from kith.rest.data import (
    NAME_LIMIT,
    SCOPES,
    TOKENS_LIMIT,
    BadToken,
    ExpiresInThePast,
    MadeToken,
    NoScope,
    NoTokenName,
    Token,
    TokenGone,
    TooManyTokens,
    UnknownScope,
    WiderThanMaker,
)
from kith.rest.models import Token as Row

ALPHABET = string.ascii_letters + string.digits
PREFIX_LENGTH = 8
SECRET_LENGTH = 43  # 256 bits of 62 letters
USE_NOTED_EVERY = timedelta(minutes=1)


def digest(secret: str) -> str:
    """Return what is kept; no salt is needed, because the secret is random."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def as_token(row: Row) -> Token:
    scopes = tuple(s for s in SCOPES if s in row.scopes)
    return Token(row.pk, row.name, f"kith_{row.prefix}", scopes, row.made_at, row.used_at, row.expires_at)


def _standing() -> "QuerySet[Row]":
    return Row.objects.filter(revoked_at=None)


def make(
    *,
    person: Person,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    expires_at: datetime | None = None,
    maker: Token | None = None,
) -> MadeToken:
    """Make a token. With a `maker` (the token that asks for it) the new one gets no wider scopes and no longer life.

    Raises:
        NoTokenName, NoScope, UnknownScope, ExpiresInThePast: as they say.
        WiderThanMaker: it would outdo the token that asks.
        TooManyTokens: the person has 50.

    """
    title, wanted = clean_line(name)[:NAME_LIMIT].strip(), _checked_scopes(scopes)
    if not title:
        raise NoTokenName
    if expires_at is not None and expires_at <= now:
        raise ExpiresInThePast
    _check_within(maker, wanted, expires_at)
    prefix, secret = _random(PREFIX_LENGTH), _random(SECRET_LENGTH)
    whole = f"kith_{prefix}_{secret}"
    with transaction.atomic():
        _check_room(person, now)
        row = Row.objects.create(
            person=person, name=title, prefix=prefix, digest=digest(whole), scopes=wanted, made_at=now, expires_at=expires_at,
        )  # fmt: skip
    return MadeToken(as_token(row), whole)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _checked_scopes(scopes: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise UnknownScope(scope=scope[:20])
    if not wanted:
        raise NoScope
    return wanted


def _check_within(maker: Token | None, scopes: list[str], expires_at: datetime | None) -> None:
    if maker is None:
        return
    outlives = maker.expires_at is not None and (expires_at is None or expires_at > maker.expires_at)
    if outlives or not set(scopes) <= set(maker.scopes):
        raise WiderThanMaker


def _check_room(person: Person, now: datetime) -> None:
    """Count under a lock on the person, so that two windows cannot pass the limit together."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    alive = _standing().filter(Q(expires_at=None) | Q(expires_at__gt=now), person=person)
    if alive.count() >= TOKENS_LIMIT:
        raise TooManyTokens(limit=TOKENS_LIMIT)


def listed(*, person: Person) -> list[Token]:
    """Return the tokens a person has not revoked, newest first; expired ones too, for they explain themselves."""
    return [as_token(row) for row in _standing().filter(person=person).order_by("-made_at", "-pk")]


def revoke(*, person: Person, token_id: int, now: datetime) -> None:
    """Take a token's power away at once and for ever.

    Raises:
        TokenGone: the person has no such token, or revoked it before.

    """
    if not _standing().filter(person=person, pk=token_id).update(revoked_at=now):
        raise TokenGone


def holder(*, secret: str, now: datetime) -> tuple[Person, Token]:
    """Return whom a token speaks for. One query, and at most once a minute a second that notes the use.

    Raises:
        BadToken: it is unknown, revoked or expired, or its person is gone.

    """
    row = _standing().select_related("person").filter(digest=digest(secret), person__is_active=True).first()
    if row is None or not row.person.has_account or (row.expires_at is not None and row.expires_at <= now):
        raise BadToken
    if row.used_at is None or now - row.used_at >= USE_NOTED_EVERY:
        Row.objects.filter(pk=row.pk).update(used_at=now)
    return row.person, as_token(row)
