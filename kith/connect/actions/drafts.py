"""Texts begun: kept on the server, so that no reload loses a word."""

import uuid
from datetime import datetime

from kith.connect.actions.saying import checked_key, checked_place
from kith.connect.data import Draft
from kith.connect.models import Draft as DraftRow
from kith.connect.models import Post
from kith.lib.text import clean_line, clean_text
from kith.people.api import Community, Person

KEPT = 40_000  # twice what may be sent, so that a text too long is not lost


def save_draft(
    *,
    community: Community,
    by: Person,
    place: str,
    text: str,
    now: datetime,
    kind: str = "talk",
    key: str = "",
) -> Draft:
    """Keep a text begun at a place ("new", "reply:<id>"); the key stays the same until it is sent.

    A key that was sent already gets a successor, so that an old window cannot hold on to it.
    """
    checked_place(community, by)
    key = checked_key(key)
    if Post.objects.filter(author=by, key=key).exists():
        key = str(uuid.uuid4())
    kept = {"text": clean_text(text)[:KEPT], "kind": clean_line(kind)[:10], "saved_at": now}
    made, _ = DraftRow.objects.update_or_create(
        community=community, person=by, place=clean_line(place)[:30], defaults=kept, create_defaults=kept | {"key": key}
    )
    return Draft(made.place, made.text, made.kind, str(made.key), made.saved_at)


def drop_draft(*, community: Community, by: Person, place: str) -> None:
    DraftRow.objects.filter(community=community, person=by, place=place).delete()
