"""Decisions on entering: tokens and answers. Pure."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from kith.gather.data import AnswersMissing
from kith.lib.text import clean_text

INVITATION_DAYS = 30
CLAIM_DAYS = 30
ANSWER_LIMIT = 2000


def new_token() -> str:
    """Return 256 bits nobody can guess, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is kept of a token: enough to know it again, useless to a thief of the database."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def lifetime(days: int) -> timedelta:
    return timedelta(days=days)


def checked_answers(questions: Sequence[str], answers: Sequence[str]) -> list[list[str]]:
    """Return pairs of question and answer.

    Raises:
        AnswersMissing: a question has no answer.

    """
    given = [clean_text(a).strip()[:ANSWER_LIMIT] for a in answers]
    if len(given) < len(questions) or not all(given[: len(questions)]):
        raise AnswersMissing
    return [[q, a] for q, a in zip(questions, given, strict=False)]
