"""Which notices go out by mail, and when; the letters themselves are written by who sends them."""

from datetime import datetime, timedelta

from kith.connect import rules
from kith.connect.data import Bundle, Ears
from kith.connect.models import Hearing, Notice, Post
from kith.connect.queries.telling import as_ears, best_since, bundled
from kith.people.api import Community, Person

# What is read within two minutes, on an open page, needs no mail; what comes within them goes in one.
GRACE = timedelta(minutes=2)
AT_ONCE = 40


def mails_due(*, now: datetime) -> list[tuple[int, int]]:
    """Return for whom notices wait to be mailed, as (community, person)."""
    rows = Notice.objects.filter(mails=True, sent_at=None, at__lt=now - GRACE).order_by("community_id", "person_id")
    return list(rows.values_list("community_id", "person_id").distinct())


def mail_out(*, community: Community, person: Person, now: datetime, home: str) -> list[Bundle]:
    """Return what is to be mailed to somebody now, and note it as sent, in the transaction that sends it.

    In quiet hours nothing is returned and all waits. Whoever takes no mail, or a digest, gets none of it singly; what
    was read meanwhile needs none. `home` is the time zone of those who named none.
    """
    hearing = Hearing.objects.filter(community=community, person=person).first()
    ears = as_ears(hearing) if hearing else Ears()
    if rules.is_quiet(ears, now, home):
        return []
    waiting = Notice.objects.filter(community=community, person=person, mails=True, sent_at=None)
    held = list(waiting.select_for_update(skip_locked=True, of=("self",)).select_related("by").order_by("-pk"))
    Notice.objects.filter(pk__in=[n.pk for n in held]).update(sent_at=now)
    if not ears.takes_mail or ears.digest != "off":
        return []
    return bundled(community, [n for n in held if n.read_at is None][:AT_ONCE], person)


def digests_due(*, now: datetime, home: str) -> list[tuple[int, int]]:
    """Return who is to get a digest now, as (community, person)."""
    rows = Hearing.objects.filter(takes_mail=True).exclude(digest="off")
    return [(h.community_id, h.person_id) for h in rows if rules.digest_due(as_ears(h), h.digested_at, now, home)]


def digest_out(*, community: Community, person: Person, now: datetime, home: str) -> tuple[list[Bundle], list[Post]]:
    """Return the unread notices and the best threads since the last digest, and note that it went, in the transaction that sends it."""
    hearing = Hearing.objects.select_for_update().filter(community=community, person=person).first()
    if (
        hearing is None
        or not hearing.takes_mail
        or not rules.digest_due(as_ears(hearing), hearing.digested_at, now, home)
    ):
        return [], []
    since = rules.digest_since(as_ears(hearing), hearing.digested_at, now)
    Hearing.objects.filter(pk=hearing.pk).update(digested_at=now)
    rows = Notice.objects.filter(community=community, person=person, read_at=None, at__gte=since).select_related("by")
    return bundled(community, list(rows.order_by("-pk")[:AT_ONCE]), person), best_since(community, person, since)
