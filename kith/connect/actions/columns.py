"""Gates and columns: who may read a space, who writes in a column, which posts are free for all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.news import tell
from kith.connect.actions.saying import checked_place, held
from kith.connect.actions.spaces import checked_staff
from kith.connect.data import PREVIEW_LIMIT, READS, BadGate, GatedSpace, NoSuchAuthor, NoSuchSpace, NotYours, Said
from kith.connect.models import Post, Space, SpaceAuthor
from kith.connect.queries import gated_space, one
from kith.lib.text import clean_line
from kith.people.api import Community, Person, by_handles, note_deed

AUTHORS_LIMIT = 20


@transaction.atomic
def set_gate(  # noqa: PLR0913 -- the parts of a gate
    *, community: Community, space_id: int, by: Person, now: datetime, is_column: bool = False, reads: str = "all", needs: str = "",
    tier_from: int = 0, called: str = "", preview_chars: int = 200, authors: Sequence[str] = (),
) -> GatedSpace:  # fmt: skip
    """Say who may read a space: it holds at once for all that was said there. `authors` are handles of who writes in a column.

    Raises:
        MembersOnly, SpaceStaffOnly, NoSuchSpace, NoSuchAuthor: as they say.
        BadGate: it cannot be one.

    """
    checked_staff(community, by)
    row = Space.objects.select_for_update(no_key=True).filter(community=community, pk=space_id).first()
    if row is None:
        raise NoSuchSpace
    fresh = {
        "is_column": is_column, "reads": reads, "needs": needs if reads == "plan" else "", "tier_from": tier_from if reads == "tier" else 0,
        "called": clean_line(called)[:60] if reads in {"plan", "tier"} else "", "preview_chars": preview_chars,
    }  # fmt: skip
    _check(fresh)
    if any(getattr(row, name) != value for name, value in fresh.items()):
        Space.objects.filter(pk=row.pk).update(**fresh)
        Post.objects.filter(space=row).update(version=F("version") + 1)  # cards that are kept show it
        note_deed(community=community, kind="connect.space_gated", by=by, now=now, subject=f"space:{row.pk}")
    _write_authors(community, row, authors if is_column else ())
    return gated_space(community, row.pk, reader=by)


def _check(fresh: dict[str, object]) -> None:
    chars, tier, reads = fresh["preview_chars"], fresh["tier_from"], fresh["reads"]
    numbers = type(chars) is int and 0 <= chars <= PREVIEW_LIMIT and type(tier) is int and 0 <= tier <= 1000
    is_named = reads not in {"plan", "tier"} or fresh["called"]
    is_plan = reads != "plan" or rules.is_grant(str(fresh["needs"]))
    if not (numbers and is_named and is_plan and reads in READS):
        raise BadGate


def _write_authors(community: Community, row: Space, handles: Sequence[str]) -> None:
    wanted = [h for raw in handles if (h := clean_line(raw).lstrip("@"))][:AUTHORS_LIMIT]
    found = by_handles(community, wanted)
    if unknown := [h for h in wanted if h.casefold() not in found]:
        raise NoSuchAuthor(handle=unknown[0][:48])
    ids = [found[h.casefold()].person_id for h in wanted]
    SpaceAuthor.objects.filter(space=row).exclude(person__in=ids).delete()
    SpaceAuthor.objects.bulk_create((SpaceAuthor(space=row, person_id=i) for i in ids), ignore_conflicts=True)


@transaction.atomic
def set_free(*, community: Community, post_id: int, is_free: bool, by: Person, now: datetime) -> Said:
    """Open a thread to those who may not read its space, or close it again: its author may, and who runs the community.

    Raises:
        MembersOnly, PostGone, NotYours: as they say.

    """
    found = held(community, post_id)
    if not checked_place(community, by).is_staff and found.author_id != by.pk:
        raise NotYours
    if found.root_id is None and found.is_free != is_free:
        Post.objects.filter(pk=found.pk).update(is_free=is_free, version=F("version") + 1)
        tell(community=community, kind="edit", root_id=found.pk, post_id=found.pk, now=now)
    return one(community, post_id, reader=by)
