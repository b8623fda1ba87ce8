"""Announcements: one text for everybody, pinned for a while, copied by hand to the groups outside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.news import tell
from kith.connect.actions.saying import held, say
from kith.connect.actions.spaces import checked_staff
from kith.connect.data import AnnouncementValue, NoSuchCopy, NotAnAnnouncement, Said
from kith.connect.models import Announcement, Copy, Post
from kith.connect.queries import announcement, one, row
from kith.people.api import Community, Person, note_deed


def announce(
    *,
    community: Community,
    text: str,
    by: Person,
    now: datetime,
    pinned_until: datetime | None = None,
    groups: Sequence[str] = (),
    space: str = "",
    key: str = "",
) -> Said:
    """Announce something: it stands above the feed until `pinned_until`. `groups` are those outside it is to be copied to.

    Raises:
        MembersOnly, SpaceStaffOnly, EmptyText, TextTooLong, SentAlready, NoSuchSpace, KindNotHere, SpaceArchived: as they say.
        PinTooLong, TooManyGroups: as they say.

    """
    with transaction.atomic():
        checked_staff(community, by)
        until, names = rules.checked_pin(pinned_until, now), rules.checked_groups(groups)
        made, is_new = say(community=community, by=by, text=text, now=now, key=key, kind="announcement", space=space)
        if is_new:
            new = Announcement.objects.create(community=community, post=made, pinned_until=until)
            Copy.objects.bulk_create(Copy(announcement=new, group=name) for name in names)
            note_deed(community=community, kind="connect.announced", by=by, now=now, subject=f"post:{made.pk}")
    return one(community, made.pk, reader=by)


def _row(community: Community, post_id: int) -> Announcement:
    post = held(community, post_id)
    found = Announcement.objects.filter(community=community, post=post).first()
    if found is None:
        raise NotAnAnnouncement
    return found


@transaction.atomic
def pin(*, community: Community, post_id: int, pinned_until: datetime | None, by: Person, now: datetime) -> AnnouncementValue:  # fmt: skip
    """Pin an announcement above the feed until a moment, or with None take it down.

    Raises:
        MembersOnly, SpaceStaffOnly, PostGone, NotAnAnnouncement, PinTooLong: as they say.

    """
    checked_staff(community, by)
    found = _row(community, post_id)
    found.pinned_until = rules.checked_pin(pinned_until, now)
    found.save(update_fields=["pinned_until"])
    Post.objects.filter(pk=post_id).update(version=F("version") + 1)
    tell(community=community, kind="edit", root_id=post_id, post_id=post_id, now=now)
    note_deed(community=community, kind="connect.pinned", by=by, now=now, subject=f"post:{post_id}")
    return _value(community, post_id)


@transaction.atomic
def set_groups(*, community: Community, post_id: int, groups: Sequence[str], by: Person) -> AnnouncementValue:
    """Write anew which groups an announcement goes to; those that stay keep what is done.

    Raises:
        MembersOnly, SpaceStaffOnly, PostGone, NotAnAnnouncement, TooManyGroups: as they say.

    """
    checked_staff(community, by)
    found, names = _row(community, post_id), rules.checked_groups(groups)
    found.copies.exclude(group__in=names).delete()
    Copy.objects.bulk_create((Copy(announcement=found, group=name) for name in names), ignore_conflicts=True)
    return _value(community, post_id)


@transaction.atomic
def tick_copy(
    *, community: Community, post_id: int, copy_id: int, by: Person, now: datetime, is_done: bool = True
) -> AnnouncementValue:
    """Tick off a group to which the announcement was copied, or with `is_done` False take the tick back.

    Raises:
        MembersOnly, SpaceStaffOnly, PostGone, NotAnAnnouncement, NoSuchCopy: as they say.

    """
    checked_staff(community, by)
    done = {"done_at": now, "done_by": by} if is_done else {"done_at": None, "done_by": None}
    rows = Copy.objects.filter(announcement=_row(community, post_id), pk=copy_id)
    if not rows.exists():
        raise NoSuchCopy
    rows.filter(done_at__isnull=is_done).update(**done)
    return _value(community, post_id)


def _value(community: Community, post_id: int) -> AnnouncementValue:
    found = announcement(community, post_id)
    assert found
    return found


def announcement_for(*, community: Community, post_id: int, by: Person) -> AnnouncementValue:
    """Return an announcement with its list of groups, for who runs the community.

    Raises:
        MembersOnly, SpaceStaffOnly, PostGone, NotAnAnnouncement: as they say.

    """
    checked_staff(community, by)
    row(community, post_id)
    if (found := announcement(community, post_id)) is None:
        raise NotAnAnnouncement
    return found
