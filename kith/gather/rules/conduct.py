"""Decisions on conduct: what an agreement must have, who may write now, who may be muted. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from kith.gather.data import (
    AGREEMENT_LIMIT,
    BOUNDS,
    REASON_LIMIT,
    SANCTIONS,
    TITLE_LIMIT,
    AgreementsMissing,
    BadAgreement,
    BadDays,
    BadLimit,
    Limits,
    NoReason,
    NotOverStaff,
    Pace,
    TooManyLinks,
    UnknownSanction,
)
from kith.lib.text import clean_line, clean_text

LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
FREE = frozenset({"founder", "operator", "core"})  # whom the community knows well: no limit binds them
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def checked_agreement(title: str, text: str) -> tuple[str, str]:
    """Return title and text as they are kept.

    Raises:
        BadAgreement: one of them is empty or too long.

    """
    clean, body = clean_line(title).strip(), clean_text(text).strip()
    if not (clean and body) or len(clean) > TITLE_LIMIT or len(body) > AGREEMENT_LIMIT:
        raise BadAgreement(title=TITLE_LIMIT, text=f"{AGREEMENT_LIMIT:,}")
    return clean, body


def check_accepted(current: Collection[int], accepted: Collection[int]) -> None:
    """Let pass who accepted every agreement in the version that holds.

    Raises:
        AgreementsMissing: one is left.

    """
    if not set(current) <= set(accepted):
        raise AgreementsMissing


def checked_reason(raw: str) -> str:
    """Return why, in one line.

    Raises:
        NoReason: nothing visible is left.

    """
    reason = clean_line(raw)[:REASON_LIMIT].strip()
    if not reason:
        raise NoReason
    return reason


def checked_until(kind: str, days: int | None, now: datetime) -> datetime | None:
    """Return when a measure ends, None for one without an end.

    Raises:
        UnknownSanction: neither a mute nor a ban.
        BadDays: less than one or more than ten years.

    """
    if kind not in SANCTIONS:
        raise UnknownSanction(kind=clean_line(kind)[:20])
    if days is None:
        return None
    if not 1 <= days <= 3650:
        raise BadDays
    return now + timedelta(days=days)


def check_over(by_role: str, role: str, *, is_self: bool) -> None:
    """Let pass who may mute or ban somebody in a role.

    Raises:
        NotOverStaff: as it says.

    """
    if is_self or role == "founder" or (role == "operator" and by_role != "founder"):
        raise NotOverStaff


def default_limits(entered_by: str) -> Limits:
    """Return what holds until a founder says otherwise: where anybody comes in, first texts hold few links."""
    return Limits(first_links=2 if entered_by == "open" else None)


def changed_limits(before: Limits, changes: Mapping[str, int | None]) -> Limits:
    """Return limits with what is changed.

    Raises:
        BadLimit: a number is out of its bounds.

    """
    for name, (least, most) in BOUNDS.items():
        value = changes.get(name, least)
        if value is None and name == "first_links":
            continue
        if value is None or not least <= value <= most:
            raise BadLimit(name=name, least=least, most=f"{most:,}")
    marks = {name: bool(changes.get(name, getattr(before, name))) for name in ("holds_first", "needs_sponsor")}
    values = {name: changes.get(name, getattr(before, name)) for name in BOUNDS}
    return Limits(**values, **marks)


def is_new(limits: Limits, pace: Pace, role: str) -> bool:
    """Tell whether somebody writes as a newcomer."""
    return role not in FREE and pace.texts < limits.first_texts


def check_links(limits: Limits, text: str) -> None:
    """Let pass a newcomer's text with few links.

    Raises:
        TooManyLinks: there are more than the community allows.

    """
    if limits.first_links is not None and len(LINK.findall(text)) > limits.first_links:
        raise TooManyLinks(texts=limits.first_texts, limit=limits.first_links)


def slow_until(limits: Limits, pace: Pace, now: datetime) -> datetime | None:
    """Return until when slow mode keeps somebody from writing; the community's own and that of the space both hold."""
    ends = [
        last + timedelta(seconds=seconds)
        for last, seconds in ((pace.last_at, limits.slow_seconds), (pace.last_here_at, pace.slow_seconds))
        if last and seconds
    ]
    latest = max(ends, default=now)
    return latest if latest > now else None


def crowded_until(limits: Limits, pace: Pace, now: datetime) -> datetime | None:
    """Return until when somebody who wrote a lot has to wait."""
    if pace.in_hour >= limits.per_hour:
        return now + HOUR
    return now + MINUTE if pace.in_minute >= limits.per_minute else None
