"""Reads of direct messages."""

from collections import Counter

from django.db.models import Max, Q

from kith.connect import rules
from kith.connect.data import Author, Correspondent, Letters, MessageValue
from kith.connect.models import Block, Conversation, Message
from kith.connect.queries.authors import author_of
from kith.people.api import Community, Person, Standing, standings

PAGE = 50
MOST = 200


def between(community: Community, one_id: int, other_id: int) -> Conversation | None:
    low, high = sorted((one_id, other_id))
    return Conversation.objects.filter(community=community, low=low, high=high).first()


def message(row: Message, reader_id: int, places: dict[int, Standing] | None = None) -> MessageValue:
    by = author_of(places or {}, row.by)
    gone = row.deleted_at is not None
    return MessageValue(
        row.pk, by, row.text, row.html, row.at, row.by_id == reader_id, gone, row.reported_at is not None
    )


def letters(
    community: Community, person: Person, who: Standing, *, before: int | None = None, limit: int = PAGE
) -> Letters:
    """Return what two people wrote, the latest page, oldest first. Four queries."""
    other = Author(who.person_id, who.name, who.handle, who.chapter, who.headline, who.is_bot)
    blocked = Block.objects.filter(community=community, by=person, who=who.person_id).exists()
    talk = between(community, person.pk, who.person_id)
    if talk is None:
        return Letters(other, blocked=blocked)
    rows = Message.objects.filter(conversation=talk).select_related("by").order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    places = standings(community, (talk.low_id, talk.high_id))
    shown = [message(m, person.pk, places) for m in reversed(page[:limit])]
    return Letters(other, shown, page[limit - 1].pk if len(page) > limit else None, blocked)


def correspondents(community: Community, person: Person) -> list[Correspondent]:
    """Return whom somebody writes with, those with the latest message first; at most 200. Six queries."""
    talks = list(
        Conversation.objects.filter(Q(low=person) | Q(high=person), community=community).order_by("-last_at")[:MOST]
    )
    others = {t.pk: t.high_id if t.low_id == person.pk else t.low_id for t in talks}
    lasts = Message.objects.filter(conversation__in=others).values("conversation").annotate(last=Max("pk"))
    last = {m.conversation_id: m for m in Message.objects.filter(pk__in=[row["last"] for row in lasts])}
    unread = _unread(talks, person)
    places = standings(community, others.values())
    blocked = set(Block.objects.filter(community=community, by=person).values_list("who_id", flat=True))
    return [
        Correspondent(
            _author(places[others[t.pk]]), t.last_at, rules.excerpt(last[t.pk].text, 80) if t.pk in last else "", unread[t.pk],
            others[t.pk] in blocked,
        )
        for t in talks
        if others[t.pk] in places
    ]  # fmt: skip


def _author(m: Standing) -> Author:
    return Author(m.person_id, m.name, m.handle, m.chapter, m.headline, m.is_bot)


def _unread(talks: list[Conversation], person: Person) -> Counter[int]:
    wanted = Q()
    for t in talks:
        wanted |= Q(conversation=t.pk, pk__gt=t.low_seen_id if t.low_id == person.pk else t.high_seen_id)
    if not talks:
        return Counter()
    return Counter(
        Message.objects.filter(wanted, deleted_at=None).exclude(by=person).values_list("conversation_id", flat=True)
    )


def reported(community: Community) -> list[MessageValue]:
    """Return the messages that were reported and are not settled, oldest first. Two queries."""
    rows = list(Message.objects.filter(community=community, settled_at=None).exclude(reported_at=None).select_related("by").order_by("reported_at")[:MOST])  # fmt: skip
    places = standings(community, {m.by_id for m in rows})
    return [message(m, 0, places) for m in rows]
