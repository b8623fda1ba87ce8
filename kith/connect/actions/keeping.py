"""Bookmarks."""

from datetime import datetime

from kith.connect.actions.saying import checked_place
from kith.connect.data import NOTE_LIMIT, NoteTooLong, PostGone
from kith.connect.models import Bookmark, Post
from kith.connect.queries import check_open, row
from kith.lib.text import clean_line
from kith.people.api import Community, Person


def keep(*, community: Community, post_id: int, by: Person, now: datetime, note: str = "") -> None:
    """Keep a post or reply for oneself, with a note nobody else sees; a second time changes the note.

    Raises:
        MembersOnly, PostGone, Locked, NoteTooLong: as they say.

    """
    checked_place(community, by)
    found = row(community, post_id)
    check_open(community, found, by)
    words = clean_line(note)
    if len(words) > NOTE_LIMIT:
        raise NoteTooLong(limit=NOTE_LIMIT)
    Bookmark.objects.update_or_create(
        person=by,
        post=found,
        defaults={"note": words},
        create_defaults={"community": community, "note": words, "at": now},
    )


def let_go(*, community: Community, post_id: int, by: Person) -> None:
    """Keep it no longer; what is not kept stays so.

    Raises:
        PostGone: it never was here.

    """
    if not Post.objects.filter(community=community, pk=post_id).exists():
        raise PostGone
    Bookmark.objects.filter(community=community, person=by, post=post_id).delete()
