"""Writing to one person alone; blocking, taking back, and showing a message to those who keep order."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from kith.connect import rules
from kith.connect.actions.saying import checked_key, checked_place
from kith.connect.actions.telling import tell_people, untell
from kith.connect.data import (
    BlockedByYou,
    MessageGone,
    MessageValue,
    NewNotice,
    NotToOneself,
    NotYours,
    SentAlready,
    TakesNoMessages,
    TooManyConversations,
    TooManyMessages,
)
from kith.connect.models import Block, Conversation, Draft, Message, Notice
from kith.connect.queries.messaging import between, message
from kith.energy.api import NewAct, record, withdraw
from kith.gather.api import check_may_speak
from kith.people.api import Community, Person, Standing, note_deed, runners

NEW_DAYS = 7
BEGUN_A_DAY = 3  # by those who are new
AN_HOUR = 60
NO_MEDIA = "\n"  # no address begins so: pictures become links


@transaction.atomic
def send_message(
    *, community: Community, to: Standing, text: str, by: Person, now: datetime, key: str = ""
) -> MessageValue:
    """Write to another member. The first to them each day is an act of the energy book, without its words.

    Raises:
        MembersOnly, EmptyText, TextTooLong, NotToOneself: as they say.
        Muted, MutedForGood, AgreementsOpen: as `gather.check_may_speak`.
        TakesNoMessages, BlockedByYou: one of the two blocked the other.
        TooManyMessages, TooManyConversations: the limits on who writes much, and on who is new.
        SentAlready: another text was sent under this key.

    """
    place = checked_place(community, by)
    check_may_speak(community, place, now)
    text, key = rules.checked_text(text), checked_key(key)
    if to.person_id == by.pk:
        raise NotToOneself
    if done := Message.objects.filter(by=by, key=key).first():
        return _sent(done, text)
    _check_open(community, by.pk, to.person_id)
    talk = _conversation(community, place, to, by, now)
    html = rules.rendered(text, people={}, media=NO_MEDIA)
    try:
        with transaction.atomic():
            made = Message.objects.create(
                community=community, conversation=talk, by=by, text=text, html=html, at=now, key=key
            )
    except IntegrityError:  # the other tab was faster by a moment
        return _sent(Message.objects.get(by=by, key=key), text)
    _seen(talk, by.pk, made.pk, last_at=now)
    Draft.objects.filter(community=community, person=by, key=key).delete()
    _tell(community, talk, made, to, now)
    act = NewAct(
        by.pk,
        "message",
        now,
        f"message:{talk.pk}:{by.pk}:{now:%Y%m%d}",
        f"conversation:{talk.pk}",
        other_id=to.person_id,
    )
    record(community=community, acts=[act])
    return message(made, by.pk)


def _sent(done: Message, text: str) -> MessageValue:
    if done.text != text:
        raise SentAlready
    return message(done, done.by_id)


def _check_open(community: Community, by_id: int, to_id: int) -> None:
    blocks = set(Block.objects.filter(community=community, by__in=(by_id, to_id), who__in=(by_id, to_id)).values_list("by_id", flat=True))  # fmt: skip
    if by_id in blocks:
        raise BlockedByYou
    if to_id in blocks:
        raise TakesNoMessages


def _conversation(community: Community, place: Standing, to: Standing, by: Person, now: datetime) -> Conversation:
    """Return the two's conversation, or begin one, and hold it: messages of the two come one after the other."""
    low, high = sorted((by.pk, to.person_id))
    if not Conversation.objects.filter(community=community, low=low, high=high).exists():
        _check_beginner(community, place, by, now)
    sent = Message.objects.filter(community=community, by=by, at__gt=now - timedelta(hours=1)).count()
    if sent >= AN_HOUR:
        raise TooManyMessages(limit=AN_HOUR)
    Conversation.objects.get_or_create(
        community=community, low_id=low, high_id=high, defaults={"begun_by": by, "begun_at": now, "last_at": now}
    )
    return Conversation.objects.select_for_update(no_key=True).get(community=community, low=low, high=high)


def _check_beginner(community: Community, place: Standing, by: Person, now: datetime) -> None:
    if place.is_staff or now - place.joined_at >= timedelta(days=NEW_DAYS):
        return
    today = Conversation.objects.filter(community=community, begun_by=by, begun_at__gt=now - timedelta(days=1)).count()
    if today >= BEGUN_A_DAY:
        raise TooManyConversations(limit=BEGUN_A_DAY)


def _seen(talk: Conversation, person_id: int, message_id: int, *, last_at: datetime | None = None) -> None:
    side = "low_seen_id" if talk.low_id == person_id else "high_seen_id"
    Conversation.objects.filter(pk=talk.pk).update(**{side: message_id} | ({"last_at": last_at} if last_at else {}))


def _tell(community: Community, talk: Conversation, made: Message, to: Standing, now: datetime) -> None:
    new = NewNotice(to.person_id, "letter", f"message:{made.pk}", made.by_id, f"conversation:{talk.pk}")
    tell_people(community=community, notices=[new], now=now)


def see_messages(*, community: Community, by: Person, other_id: int, now: datetime) -> None:
    """Note that one has seen all that somebody wrote."""
    talk = between(community, by.pk, other_id)
    last = Message.objects.filter(conversation=talk).order_by("-pk").first() if talk else None
    if talk is None or last is None:
        return
    seen = talk.low_seen_id if talk.low_id == by.pk else talk.high_seen_id
    if seen < last.pk:
        _seen(talk, by.pk, last.pk)
        told = Notice.objects.filter(community=community, person=by, subject=f"conversation:{talk.pk}", read_at=None)
        told.update(read_at=now)


@transaction.atomic
def delete_message(*, community: Community, message_id: int, by: Person, now: datetime) -> None:
    """Take back one's own message: its words are gone for both, and nobody is told of it any more.

    Raises:
        MessageGone: it is not here, or not the caller's to see.
        NotYours: the other wrote it.

    """
    found = _mine(community, message_id, by)
    if found.by_id != by.pk:
        raise NotYours
    Message.objects.filter(pk=found.pk).update(text="", html="", deleted_at=now)
    untell(community=community, cause=f"message:{found.pk}")
    day, talk = found.at.replace(hour=0, minute=0, second=0, microsecond=0), found.conversation_id
    that_day = Message.objects.filter(conversation=talk, by=by, at__gte=day, at__lt=day + timedelta(days=1))
    if not that_day.filter(deleted_at=None).exists():
        withdraw(community=community, at=now, keys=[f"message:{talk}:{by.pk}:{day:%Y%m%d}"])


def _mine(community: Community, message_id: int, by: Person) -> Message:
    found = (
        Message.objects.select_related("conversation")
        .filter(community=community, pk=message_id, deleted_at=None)
        .first()
    )
    if found is None or by.pk not in {found.conversation.low_id, found.conversation.high_id}:
        raise MessageGone
    return found


@transaction.atomic
def report_message(*, community: Community, message_id: int, by: Person, now: datetime) -> None:
    """Show a message one got, and no other, to those who run the community.

    Raises:
        MessageGone: it is not here, or not the caller's to see.

    """
    found = _mine(community, message_id, by)
    if Message.objects.filter(pk=found.pk, reported_at=None).update(reported_at=now):
        note_deed(community=community, kind="connect.message_reported", by=by, now=now, subject=f"message:{found.pk}")
        new = [NewNotice(p.pk, "kept", f"reported:{found.pk}", None, f"message:{found.pk}", detail={"deed": "connect.message_reported"}) for p in runners(community)]  # fmt: skip
        tell_people(community=community, notices=new, now=now)


@transaction.atomic
def settle_report(*, community: Community, message_id: int, by: Person, now: datetime, remove: bool) -> None:
    """Close the report of a message; `remove` takes its words away. For those who run the community: the caller has checked.

    Raises:
        MessageGone: nothing reported is open under this id.

    """
    open_ = Message.objects.filter(community=community, pk=message_id, settled_at=None).exclude(reported_at=None)
    changed = {"settled_at": now} | ({"text": "", "html": "", "deleted_at": now} if remove else {})
    if not open_.update(**changed):
        raise MessageGone
    kind = "connect.message_removed" if remove else "connect.message_kept"
    note_deed(community=community, kind=kind, by=by, now=now, subject=f"message:{message_id}")


def block(*, community: Community, who: Standing, by: Person, on: bool) -> None:
    """Take no messages from somebody, or take them again."""
    if who.person_id == by.pk:
        raise NotToOneself
    if on:
        Block.objects.get_or_create(community=community, by=by, who_id=who.person_id)
    else:
        Block.objects.filter(community=community, by=by, who=who.person_id).delete()
