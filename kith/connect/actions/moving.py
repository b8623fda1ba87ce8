"""Moving whole bodies of text: to the account that claimed them, and out of an invented community."""

from django.db import transaction
from django.db.models import F, OuterRef, Q

from kith.connect.models import (
    Answer,
    Block,
    Bookmark,
    CalendarKey,
    ChainLine,
    Checkin,
    Conversation,
    Credited,
    Draft,
    Hearing,
    Held,
    Image,
    Message,
    Mute,
    News,
    Notice,
    Post,
    ProductOwner,
    Space,
    Thank,
    Wish,
)
from kith.energy.api import merge
from kith.lib.text import clean_line
from kith.people.api import Community, NotADemo, Person


@transaction.atomic
def take_over(*, community: Community, from_id: int, to: Person) -> int:
    """Give the texts and ties of an imported person to the account that claimed them; returns how many texts.

    Thanks between the two were thanks to oneself and fall away: the book folds them into no tie. The book comes last:
    whoever says or thanks meanwhile holds a post and waits for the book.
    """
    theirs = Post.objects.filter(community=community, author_id=from_id)
    both = (from_id, to.pk)
    own = Thank.objects.filter(post__community=community, post__author__in=both, by__in=both)
    touched = Q(pk__in=theirs.values("pk")) | Q(pk__in=own.values("post"))
    roots = Post.objects.filter(touched).values("root")
    hold = Post.objects.select_for_update(no_key=True).filter(touched | Q(pk__in=roots)).order_by("pk")
    Post.objects.filter(pk__in=list(hold.values_list("pk", flat=True))).update(version=F("version") + 1)
    Post.objects.filter(pk__in=own.values("post")).update(thanks=F("thanks") - 1)
    own.delete()
    Thank.objects.filter(by_id=from_id, post__community=community).exclude(
        post__in=Thank.objects.filter(by=to).values("post")
    ).update(by=to)
    named = Credited.objects.filter(idea__community=community, person_id=from_id)
    named.exclude(idea__in=Credited.objects.filter(person=to).values("idea")).update(person=to)
    came = Answer.objects.filter(event__community=community, person_id=from_id)
    came.exclude(event__in=Answer.objects.filter(person=to).values("event")).update(person=to)
    many = theirs.update(author=to)
    ChainLine.objects.filter(chain__community=community, person_id=from_id).update(person=to)
    done = Checkin.objects.filter(challenge__community=community, person_id=from_id)
    done.exclude(on__in=Checkin.objects.filter(challenge=OuterRef("challenge"), person=to).values("on")).update(
        person=to
    )
    merge(community=community, person_id=to.pk)
    return many


def open_space(*, community: Community, name: str) -> str:
    """Make a space unless there is one of that name; returns the name."""
    made, _ = Space.objects.get_or_create(community=community, name=clean_line(name)[:60] or "general")
    return made.name


@transaction.atomic
def drop_texts(*, community: Community) -> None:
    """Forget everything said in an invented community.

    Raises:
        NotADemo: the community is real.

    """
    if not community.is_demo:
        raise NotADemo
    for own in (Bookmark, Block, Message, Conversation, Notice, Mute, Wish, Hearing):
        own.objects.filter(community=community).delete()
    Thank.objects.filter(post__community=community).delete()
    Held.objects.filter(community=community).delete()
    Post.objects.filter(community=community).update(answer=None, quoted=None)
    Post.objects.filter(community=community).exclude(root=None).delete()
    for model in (Post, CalendarKey, Draft, News, Image, ProductOwner, Space):
        model.objects.filter(community=community).delete()
