"""What the law asks of memberships that renew by themselves, as data with versions; and when a charge may follow a notice.

网络交易监督管理办法 (2021-05-01) art. 18: tell the buyer conspicuously five days before a contract renews by itself, and let them
stop it at any time; 消费者权益保护法实施条例 (2024-07-01) art. 10 says it again. Whoever agrees does so apart from buying.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.lib.machines import Machine

MANDATE: Machine = {"active": ("stopped", "lapsed"), "stopped": (), "lapsed": ()}
RENEWAL: Machine = {
    "noticed": ("charging", "skipped", "failed"),
    "charging": ("paid", "failed", "skipped"),
    "paid": (),
    "failed": (),
    "skipped": (),
}
GIFT: Machine = {"waiting": ("ready", "back"), "ready": ("redeemed", "back"), "redeemed": (), "back": ()}

GIFT_DAYS = 180  # a gift can be redeemed for so long; then its money goes back
EARLY = timedelta(days=1)  # a charge comes so long before the term ends, so that nobody is without for a day
HOLD = timedelta(days=7)  # an order made by a mandate waits so long for its charge


@dataclass(frozen=True, slots=True)
class RenewalLaw:
    """`retries` are the days to wait after each charge that failed; after the last failure the mandate lapses."""

    version: str
    since: datetime
    notice_days: int
    retries: tuple[int, ...]


def law_at(laws: tuple[RenewalLaw, ...], now: datetime) -> RenewalLaw:
    """Return the law that holds at a moment: the youngest that had begun, the first of all before any had."""
    begun = [law for law in laws if law.since <= now]
    return max(begun, key=lambda law: law.since) if begun else laws[0]


def notice_from(ends_at: datetime, law: RenewalLaw) -> datetime:
    """Return from when on the notice of a renewal is written: two days more than the law asks, so that the mail may be late."""
    return ends_at - EARLY - timedelta(days=law.notice_days + 2)


def charge_at(ends_at: datetime, noticed_at: datetime, law: RenewalLaw) -> datetime:
    """Return when a charge may be made: a day before the term ends, and never sooner after the notice than the law allows."""
    return max(ends_at - EARLY, noticed_at + timedelta(days=law.notice_days))


def may_charge(sent_at: datetime | None, now: datetime, law: RenewalLaw) -> bool:
    """Tell whether a notice went out long enough ago; one that was only written counts for nothing."""
    return sent_at is not None and sent_at + timedelta(days=law.notice_days) <= now


def next_try(tries: int, now: datetime, law: RenewalLaw) -> datetime | None:
    """Return when to try again after so many charges have failed; None: not any more."""
    return now + timedelta(days=law.retries[tries - 1]) if tries <= len(law.retries) else None


def earned_minor(kept_minor: int, starts_at: datetime, ends_at: datetime, at: datetime) -> int:
    """Return what of a price is earned at a moment, by the second, rounded down; all of it at the end."""
    whole, used = (ends_at - starts_at).total_seconds(), (min(max(at, starts_at), ends_at) - starts_at).total_seconds()
    return kept_minor * int(used) // int(whole)
