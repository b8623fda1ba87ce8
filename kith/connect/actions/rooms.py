"""Spaces of chapters and circles."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from kith.connect import rules
from kith.connect.data import SpaceTaken
from kith.connect.models import Room, Space
from kith.gather import api as gather
from kith.gather.api import CircleValue, NotInCircle
from kith.people import api as people
from kith.people.api import Community, Person, Standing


def _space(community: Community, name: str) -> Space:
    shown = rules.checked_space_name(name)
    last = Space.objects.filter(community=community).aggregate(last=Max("position"))["last"]
    try:
        with transaction.atomic():
            return Space.objects.create(community=community, name=shown, position=0 if last is None else last + 1)
    except IntegrityError:
        raise SpaceTaken(name=shown) from None


@transaction.atomic
def open_chapter_space(*, community: Community, chapter_id: int, name: str, by: Person, now: datetime) -> int:
    """Make a space of a chapter; its leads may. Returns its id.

    Raises:
        NotFound, NotALead, NoSpaceName, SpaceTaken: as they say.

    """
    chapter = people.chapter(community, chapter_id)
    gather.check_leads(community, chapter_id, by)
    made = _space(community, name)
    Room.objects.create(community=community, space=made, chapter=chapter)
    people.note_deed(community=community, kind="connect.space_opened", by=by, now=now, subject=f"space:{made.pk}")
    return made.pk


@transaction.atomic
def start_circle(
    *, community: Community, name: str, purpose: str, by: Person, now: datetime, entered_by: str = "open"
) -> CircleValue:
    """Start a circle with a space of its own, of the same name; one by request is read by those alone who are in it.

    Raises:
        TierTooLow, TooManyCircles, CirclesFull, NoName, NameTaken, SpaceTaken, PurposeMissing, UnknownDoor: as they say.

    """
    made = gather.start_circle(community=community, name=name, purpose=purpose, entered_by=entered_by, by=by, now=now)
    space = _space(community, made.name)
    if made.entered_by == "request":
        Space.objects.filter(pk=space.pk).update(
            reads="plan", needs=f"circle-{made.id}", called=made.name, preview_chars=0
        )
    Room.objects.create(community=community, space=space, circle_id=made.id)
    return made


def check_room(space_id: int | None, place: Standing) -> None:
    """Let speak in the space of a circle who is in it, and staff; in all others anybody who may speak at all.

    Raises:
        NotInCircle: the space is a circle's, and they are not in it.

    """
    room = Room.objects.filter(pk=space_id, circle_id__isnull=False).first() if space_id else None
    if room is None or place.is_staff:
        return
    if not gather.in_circle(room.community, room.circle_id or 0, place.person_id):
        raise NotInCircle
