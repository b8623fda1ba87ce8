"""Giving credit: thanks with a few words why, and accepted answers."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from kith.connect.actions.news import tell
from kith.connect.actions.saying import bump_root, checked_place, held
from kith.connect.actions.telling import tell_of_acts, tell_people, untell
from kith.connect.data import WHY_LIMIT, AskersChoice, NewNotice, NotAnAsk, NotAReplyHere, NoThanksToSelf, Said
from kith.connect.models import Post, Thank
from kith.connect.queries import check_open, one, row
from kith.energy.api import NewAct, record, withdraw
from kith.gather.api import check_may_speak
from kith.lib.text import clean_line
from kith.people.api import Community, Person


@transaction.atomic
def thank(*, community: Community, post_id: int, by: Person, now: datetime, why: str = "") -> Said:
    """Thank for a post, with a few words why; a second time only changes the words.

    Raises:
        MembersOnly, PostGone, NoThanksToSelf, Locked: as they say.
        Muted, MutedForGood, AgreementsOpen: as `gather.check_may_speak`.

    """
    check_may_speak(community, checked_place(community, by), now)
    found = held(community, post_id)
    check_open(community, found, by)
    if found.author_id == by.pk:
        raise NoThanksToSelf
    words = clean_line(why)[:WHY_LIMIT]
    made, is_new = Thank.objects.get_or_create(post=found, by=by, defaults={"why": words, "at": now})
    if is_new:
        Post.objects.filter(pk=found.pk).update(thanks=F("thanks") + 1, version=F("version") + 1)
        bump_root(found)
        act = _thanks_act(found, by, now)
        tell_of_acts(community=community, post=found, acts=[act], now=now)
        record(community=community, acts=[act])
    elif words:
        Thank.objects.filter(pk=made.pk).update(why=words)
    tell(community=community, kind="thank", root_id=found.root_id or found.pk, post_id=found.pk, now=now)
    return one(community, post_id, reader=by)


def _thanks_act(found: Post, by: Person, now: datetime) -> NewAct:
    return NewAct(by.pk, "thank", now, f"thank:{found.pk}:{by.pk}", f"post:{found.pk}", other_id=found.author_id)


@transaction.atomic
def unthank(*, community: Community, post_id: int, by: Person, now: datetime) -> Said:
    """Take one's thanks back; none given, none taken.

    Raises:
        MembersOnly, PostGone: as they say.

    """
    checked_place(community, by)
    found = held(community, post_id)
    # Thanks given under a name that was claimed since are one's own; the book keeps them under the old id.
    ids = list(Person.objects.filter(Q(pk=by.pk) | Q(merged_into=by)).values_list("pk", flat=True))
    if many := Thank.objects.filter(post=found, by__in=ids).delete()[0]:
        Post.objects.filter(pk=found.pk).update(thanks=F("thanks") - many, version=F("version") + 1)
        bump_root(found)
        untell(community=community, cause=f"thank:{found.pk}:{by.pk}")
        withdraw(community=community, at=now, keys=[f"thank:{found.pk}:{i}" for i in ids])
        tell(community=community, kind="thank", root_id=found.root_id or found.pk, post_id=found.pk, now=now)
    return one(community, post_id, reader=by)


@transaction.atomic
def accept(*, community: Community, post_id: int, answer_id: int | None, by: Person, now: datetime) -> Said:
    """Accept a reply as the answer to an ask, or with None take the acceptance back; the answerer's act is worth two.

    Raises:
        PostGone, NotAnAsk, NotAReplyHere: as they say.
        AskersChoice: `by` neither asked nor runs the community.

    """
    place = checked_place(community, by)
    ask = held(community, post_id)
    if ask.kind != "ask" or ask.root_id:
        raise NotAnAsk
    if ask.author_id != by.pk and not place.is_staff:
        raise AskersChoice
    answer = row(community, answer_id) if answer_id else None
    if answer and answer.root_id != ask.pk:
        raise NotAReplyHere
    if ask.answer_id == answer_id:
        return one(community, post_id, reader=by)
    Post.objects.filter(pk=ask.pk).update(answer=answer, version=F("version") + 1)
    if answer:
        cause, subject = f"answer:{ask.pk}:{answer.pk}", f"post:{answer.pk}"
        told = NewNotice(answer.author_id, "answer", cause, by.pk, subject, ask.pk, ask.space_id)
        tell_people(community=community, notices=[told], now=now)
    if ask.answer_id:
        untell(community=community, cause=f"answer:{ask.pk}:{ask.answer_id}")
        withdraw(community=community, at=now, keys=[f"answer:{ask.pk}:{ask.answer_id}"])
    if answer and answer.author_id != ask.author_id:
        key = f"answer:{ask.pk}:{answer.pk}"
        act = NewAct(answer.author_id, "answer", now, key, f"post:{answer.pk}", other_id=ask.author_id)
        record(community=community, acts=[act])
    tell(community=community, kind="answer", root_id=ask.pk, post_id=answer.pk if answer else ask.pk, now=now)
    return one(community, post_id, reader=by)
