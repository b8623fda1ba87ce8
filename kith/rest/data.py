"""What crosses the door of the API: tokens, and the refusals that are its own."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

SCOPES = ("read", "write", "admin")
TOKENS_LIMIT = 50
NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A personal token as its owner sees it; `shown` is the part that is no secret, `kith_<prefix>`."""

    id: int
    name: str
    shown: str
    scopes: tuple[str, ...]
    made_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token at the moment it is made: `secret` is the whole of it, shown once and kept nowhere."""

    token: Token
    secret: str


class SignInFirst(Refusal):
    sentence = "Please sign in, or send a personal token."
    status = 401


class BadToken(Refusal):
    sentence = "This token is not valid: it is unknown, revoked or expired."
    status = 401


class ScopeMissing(NotAllowed):
    sentence = "This token may not do that: it lacks the scope “%(scope)s”."


class StaleForm(NotAllowed):
    sentence = "The request does not carry the anti-forgery token of this page. Reload and send it again."


class WrongPassword(NotAllowed):
    sentence = "The password is not right."


class TooManyTries(Refusal):
    sentence = "Too many tries. Wait a few minutes and try again."
    status = 429


class TooManyRequests(Refusal):
    sentence = "More than %(limit)s requests in a minute. Try again in %(seconds)s seconds."
    status = 429


class TokenGone(NotFound):
    sentence = "You have no such token."


class NoTokenName(Refusal):
    sentence = "Give the token a name, so that you know later what it is for."


class NoScope(Refusal):
    sentence = "Choose at least one scope: read, write or admin."


class UnknownScope(Refusal):
    sentence = "There is no scope called “%(scope)s”."


class WiderThanMaker(NotAllowed):
    sentence = "A token cannot make one that may do more, or lives longer, than itself."


class ExpiresInThePast(Refusal):
    sentence = "A token must expire in the future."


class TooManyTokens(Refusal):
    sentence = "You have %(limit)s tokens already. Revoke one you no longer need."
    status = 409


class InvalidInput(Refusal):
    sentence = "Some of what was sent is not valid; the fields say which and why."
    status = 422


class Unreadable(Refusal):
    sentence = "What was sent could not be read. Send JSON in UTF-8, or a form with the file."


class TooLarge(Refusal):
    sentence = "That is more than can be taken at once."
    status = 413


class MethodNotAllowed(Refusal):
    sentence = "This address does not answer that method."
    status = 405


class NoSuchRoute(NotFound):
    sentence = "There is no such address in this API."


class Fault(Refusal):
    sentence = "Something went wrong on our side. Nothing was lost; please try again."
    status = 500
