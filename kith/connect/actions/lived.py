"""Saying which value of the community a text lived."""

from datetime import datetime

from django.db import transaction

from kith.connect.actions.saying import checked_place, held
from kith.connect.data import LivedTag, NoSuchValue, NotYoursToTag
from kith.connect.models import Lived, Thank
from kith.connect.queries import check_open
from kith.connect.queries.lived import lived_of
from kith.gather.api import check_may_speak
from kith.people.api import Community, Person, Value


@transaction.atomic
def say_lived(
    *, community: Community, post_id: int, word: str, by: Person, now: datetime, on: bool = True
) -> list[LivedTag]:
    """Say that a text lived a value, or take that back; returns all that is said of the text. Said again it changes nothing.

    Raises:
        MembersOnly, PostGone, Locked: as they say.
        Muted, MutedForGood, AgreementsOpen: as `gather.check_may_speak`.
        NotYoursToTag: `by` neither wrote it nor thanks for it.
        NoSuchValue: the community holds no such value.

    """
    check_may_speak(community, checked_place(community, by), now)
    found = held(community, post_id)
    check_open(community, found, by)
    mine = Lived.objects.filter(community=community, post=found, by=by, word=word)
    if not on:
        mine.delete()
        return lived_of(community, post_id)
    if found.author_id != by.pk and not Thank.objects.filter(post=found, by=by).exists():
        raise NotYoursToTag
    if not Value.objects.filter(community=community, word=word).exists():
        raise NoSuchValue(word=word[:20])
    Lived.objects.get_or_create(post=found, by=by, word=word, defaults={"community": community, "at": now})
    return lived_of(community, post_id)
