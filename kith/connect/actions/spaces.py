"""Making, changing, ordering and archiving spaces. Staff alone; each change is a deed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.saying import checked_place
from kith.connect.data import NoSuchSpace, SpaceStaffOnly, SpaceTaken, SpaceValue
from kith.connect.models import Post, Space
from kith.connect.queries.spaces import as_space
from kith.people.api import Community, Person, Standing, note_deed


def checked_staff(community: Community, person: Person) -> Standing:
    """Return where somebody who runs the community stands.

    Raises:
        MembersOnly, SpaceStaffOnly: as they say.

    """
    place = checked_place(community, person)
    if not place.is_staff:
        raise SpaceStaffOnly
    return place


@transaction.atomic
def make_space(
    *, community: Community, name: str, by: Person, now: datetime, about: str = "", kinds: Sequence[str] = (), slow_seconds: int = 0
) -> SpaceValue:  # fmt: skip
    """Make a space, shown after the others. Without `kinds` it takes every kind of post.

    Raises:
        MembersOnly, SpaceStaffOnly, NoSpaceName, UnknownKindOfPost, BadSlowMode, SpaceTaken: as they say.

    """
    checked_staff(community, by)
    last = Space.objects.filter(community=community).order_by("-position").first()
    row = Space(community=community, position=last.position + 1 if last else 0)
    made = _written(row, name, about, kinds, slow_seconds)
    _note(made, "connect.space_made", by, now)
    return as_space(made)


def _written(row: Space, name: str, about: str, kinds: Sequence[str], slow_seconds: int) -> Space:
    row.name, row.about = rules.checked_space_name(name), rules.checked_about(about)
    row.kinds, row.slow_seconds = rules.checked_kinds(kinds), rules.checked_slow(slow_seconds)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise SpaceTaken(name=row.name) from None
    return row


def _note(row: Space, kind: str, by: Person, now: datetime) -> None:
    note_deed(community=row.community, kind=kind, by=by, now=now, subject=f"space:{row.pk}")


def _held(community: Community, space_id: int) -> Space:
    found = Space.objects.select_for_update(no_key=True).filter(community=community, pk=space_id).first()
    if found is None:
        raise NoSuchSpace
    return found


@transaction.atomic
def amend_space(
    *,
    community: Community,
    space_id: int,
    by: Person,
    now: datetime,
    name: str | None = None,
    about: str | None = None,
    kinds: Sequence[str] | None = None,
    slow_seconds: int | None = None,
) -> SpaceValue:
    """Change what is given and leave the rest. Its address stays; cards name it anew.

    Raises:
        MembersOnly, SpaceStaffOnly, NoSuchSpace, NoSpaceName, UnknownKindOfPost, BadSlowMode, SpaceTaken: as they say.

    """
    checked_staff(community, by)
    row = _held(community, space_id)
    was = row.name
    row = _written(
        row,
        was if name is None else name,
        row.about if about is None else about,
        row.kinds if kinds is None else kinds,
        row.slow_seconds if slow_seconds is None else slow_seconds,
    )
    if row.name != was:
        Post.objects.filter(space=row, root=None).update(version=F("version") + 1)
    _note(row, "connect.space_amended", by, now)
    return as_space(row)


@transaction.atomic
def archive_space(
    *, community: Community, space_id: int, by: Person, now: datetime, is_archived: bool = True
) -> SpaceValue:
    """Close a space to new posts, or open it again; what was said there can be read and answered either way.

    Raises:
        MembersOnly, SpaceStaffOnly, NoSuchSpace: as they say.

    """
    checked_staff(community, by)
    row = _held(community, space_id)
    if (row.archived_at is not None) != is_archived:
        row.archived_at = now if is_archived else None
        row.save(update_fields=["archived_at"])
        _note(row, "connect.space_archived" if is_archived else "connect.space_opened", by, now)
    return as_space(row)


@transaction.atomic
def order_spaces(*, community: Community, space_ids: Sequence[int], by: Person, now: datetime) -> list[SpaceValue]:
    """Show spaces in this order; those not named come after, as they were.

    Raises:
        MembersOnly, SpaceStaffOnly: as they say.
        NoSuchSpace: an id is not that of a space here; nothing changes then.

    """
    checked_staff(community, by)
    rows = list(Space.objects.select_for_update(no_key=True).filter(community=community).order_by("pk"))
    known = {row.pk for row in rows}
    if not known.issuperset(space_ids):
        raise NoSuchSpace
    place = {i: n for n, i in enumerate(dict.fromkeys(space_ids))}
    rows.sort(key=lambda r: (place.get(r.pk, len(place)), r.position, r.name))
    for n, row in enumerate(rows):
        row.position = n
    Space.objects.bulk_update(rows, ["position"])
    note_deed(community=community, kind="connect.spaces_ordered", by=by, now=now)
    return [as_space(r) for r in sorted(rows, key=lambda r: r.archived_at is not None)]
