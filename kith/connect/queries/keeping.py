"""Reads of bookmarks."""

from kith.connect.data import Keeping, Kept
from kith.connect.models import Bookmark
from kith.connect.queries.talk import some
from kith.people.api import Community, Person

PAGE = 30


def kept(community: Community, person: Person, *, before: int | None = None, limit: int = PAGE) -> Keeping:
    """Return what somebody keeps, newest first; what is gone is left out, what closed since shows what its reader may see."""
    rows = Bookmark.objects.filter(community=community, person=person, post__deleted_at=None)
    page = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: limit + 1])
    said = {s.id: s for s in some(community, [b.post_id for b in page[:limit]], reader=person)}
    shown = [Kept(b.pk, said[b.post_id], b.note, b.at) for b in page[:limit] if b.post_id in said]
    return Keeping(shown, page[limit - 1].pk if len(page) > limit else None)


def note_of(person: Person, post_id: int) -> str | None:
    """Return the note of a bookmark; None when it is not kept."""
    return Bookmark.objects.filter(person=person, post=post_id).values_list("note", flat=True).first()
