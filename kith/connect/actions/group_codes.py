"""Group codes: made, filled with chat groups, opened, watched before they run out."""

from datetime import datetime
from io import BytesIO

from django.db import connection, transaction
from django.db.models import F, Max

from kith.connect.actions.pictures import MEGABYTES, MEGAPIXELS, Readable, decoded, keep_picture
from kith.connect.data import (
    GROUP_LIMIT,
    MOST_GROUPS,
    VALID_DAYS,
    GroupCode,
    ImageTooLarge,
    NoCodeInPicture,
    NoCodeTitle,
    NoGroupName,
    NoSuchGroupCode,
    SameCodeAgain,
    TooManyChatGroups,
)
from kith.connect.data import ChatGroup as ChatGroupValue
from kith.connect.models import ChatGroup
from kith.connect.models import GroupCode as Row
from kith.connect.queries.daily import day_of
from kith.connect.queries.group_codes import group_code, group_code_at
from kith.gather.api import OperatorsOnly
from kith.lib.codes import new_code
from kith.lib.text import clean_line
from kith.people.api import Community, Person, may_run, note_deed, standing

HEADS_LIMIT = 2000
HOLDS = {"fine", "ageing", "full"}  # full for others: who was shown it may still be on the way in
DAY = """
    INSERT INTO connect_groupcodeday (group_code_id, "on", visits) VALUES (%s, %s, 1)
    ON CONFLICT (group_code_id, "on") DO UPDATE SET visits = connect_groupcodeday.visits + 1
"""


def _check_runs(community: Community, by: Person) -> None:
    if not may_run(standing(community, by)):
        raise OperatorsOnly


@transaction.atomic
def make_group_code(*, community: Community, title: str, by: Person, now: datetime, note: str = "") -> GroupCode:
    """Make an address that never runs out; groups are put behind it afterwards.

    Raises:
        OperatorsOnly, NoCodeTitle: as they say.

    """
    _check_runs(community, by)
    if not (words := clean_line(title)[:60].strip()):
        raise NoCodeTitle
    row = Row.objects.create(
        community=community, code=new_code(), title=words, note=clean_line(note)[:200], made_by=by, made_at=now
    )
    note_deed(community=community, kind="connect.group_code", by=by, subject=f"groupcode:{row.pk}", now=now)
    return group_code(community, row.pk, now=now)


@transaction.atomic
def close_group_code(*, community: Community, group_code_id: int, by: Person, now: datetime) -> GroupCode:
    """Close an address for good; whoever scans it then is told so kindly.

    Raises:
        OperatorsOnly, NoSuchGroupCode: as they say.

    """
    _check_runs(community, by)
    group_code(community, group_code_id, now=now)
    if Row.objects.filter(pk=group_code_id, closed_at=None).update(closed_at=now):
        note_deed(community=community, kind="connect.group_code_closed", by=by, subject=f"groupcode:{group_code_id}", now=now)  # fmt: skip
    return group_code(community, group_code_id, now=now)


@transaction.atomic
def put_group(  # noqa: PLR0913 -- the fields of a form
    *, community: Community, group_code_id: int, by: Person, now: datetime, name: str, limit: int = GROUP_LIMIT,
    heads: int = 0, valid_days: int = VALID_DAYS, group_id: int | None = None,
) -> GroupCode:  # fmt: skip
    """Add a chat group behind a code, or change one; counting its heads anew forgets how often it was shown since.

    Raises:
        OperatorsOnly, NoSuchGroupCode, NoGroupName, TooManyChatGroups: as they say.

    """
    found = _open(community, group_code_id, by, now)
    if not (shown := clean_line(name)[:60].strip()):
        raise NoGroupName
    kept = {
        "name": shown, "limit": max(1, min(limit, HEADS_LIMIT)), "heads": max(0, min(heads, HEADS_LIMIT)),
        "valid_days": max(0, min(valid_days, 365)),
    }  # fmt: skip
    if group_id is not None:
        row = _group(found, group_id)
        if row.heads != kept["heads"]:
            kept["shown"] = 0
        ChatGroup.objects.filter(pk=row.pk).update(**kept)
        return group_code(community, group_code_id, now=now)
    if len(found.groups) >= MOST_GROUPS:
        raise TooManyChatGroups(limit=MOST_GROUPS)
    last = ChatGroup.objects.filter(group_code_id=found.id).aggregate(at=Max("position"))["at"]
    ChatGroup.objects.create(group_code_id=found.id, position=(last or 0) + 1, **kept)
    return group_code(community, group_code_id, now=now)


@transaction.atomic
def put_group_picture(
    *, community: Community, group_code_id: int, group_id: int, file: Readable, size: int, by: Person, now: datetime
) -> GroupCode:
    """Put today's code of a chat group in its place; its days begin anew.

    Raises:
        OperatorsOnly, NoSuchGroupCode, NotAnImage, ImageTooLarge: as they say.
        NoCodeInPicture: there is nothing to scan in it. SameCodeAgain: it is the one that was there.

    """
    row = _group(_open(community, group_code_id, by, now), group_id)
    limit = MEGABYTES * 1_000_000
    if size > limit or len(given := file.read(limit + 1)) > limit:
        raise ImageTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    says = said_by_code(given)
    if says == row.says:
        raise SameCodeAgain
    kept = keep_picture(community=community, by=by, file=BytesIO(given), size=len(given), now=now)
    ChatGroup.objects.filter(pk=row.pk).update(digest=kept.digest, says=says, uploaded_at=now, warned_at=None, shown=0)
    note_deed(community=community, kind="connect.group_code_renewed", by=by, subject=f"groupcode:{group_code_id}", now=now)  # fmt: skip
    return group_code(community, group_code_id, now=now)


def said_by_code(data: bytes) -> str:
    """Return what the code in a picture says.

    Raises:
        NotAnImage, ImageTooLarge: as they say.
        NoCodeInPicture: none is found.

    """
    import zxingcpp  # noqa: PLC0415 -- complains at the end of every process that loaded it

    image = decoded(data)
    image.thumbnail((2000, 2000))
    found = zxingcpp.read_barcodes(image.convert("RGB"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not found:
        raise NoCodeInPicture
    return found[0].text[:500]


@transaction.atomic
def move_group(*, community: Community, group_code_id: int, group_id: int, by: Person, now: datetime) -> GroupCode:
    """Put a chat group first in turn.

    Raises:
        OperatorsOnly, NoSuchGroupCode: as they say.

    """
    found = _open(community, group_code_id, by, now)
    row = _group(found, group_id)
    ChatGroup.objects.filter(group_code_id=found.id, position__lt=row.position).update(position=F("position") + 1)
    ChatGroup.objects.filter(pk=row.pk).update(position=1)
    return group_code(community, group_code_id, now=now)


@transaction.atomic
def drop_group(*, community: Community, group_code_id: int, group_id: int, by: Person, now: datetime) -> GroupCode:
    """Take a chat group away from behind a code.

    Raises:
        OperatorsOnly, NoSuchGroupCode: as they say.

    """
    _group(_open(community, group_code_id, by, now), group_id).delete()
    return group_code(community, group_code_id, now=now)


def _open(community: Community, group_code_id: int, by: Person, now: datetime) -> GroupCode:
    _check_runs(community, by)
    found = group_code(community, group_code_id, now=now)
    if found.closed_at:
        raise NoSuchGroupCode
    return found


def _group(found: GroupCode, group_id: int) -> ChatGroup:
    """Return a chat group behind a code, held until the transaction ends."""
    row = ChatGroup.objects.select_for_update().filter(group_code_id=found.id, pk=group_id).first()
    if row is None:
        raise NoSuchGroupCode
    return row


def open_group_code(
    *, code: str, before_id: int | None, counts: bool, now: datetime
) -> tuple[Community, GroupCode, ChatGroupValue | None]:
    """Return what an address shows now. `before_id` is the group it showed this browser before: as long as that holds it stays.

    `counts` is False for programs. Nothing of the visitor is kept: a day's number, and that a group was shown once more.

    Raises:
        NoSuchGroupCode: it was closed, or never was.

    """
    community, found = group_code_at(code, now=now)
    again = next((g for g in found.groups if g.id == before_id and g.state in HOLDS), None)
    if counts:
        with connection.cursor() as cursor:
            cursor.execute(DAY, [found.id, day_of(now)])
        if found.current_id and not again:
            ChatGroup.objects.filter(pk=found.current_id).update(shown=F("shown") + 1)
    return community, found, again or found.current


@transaction.atomic
def take_warning(*, community: Community, group_id: int, now: datetime) -> bool:
    """Note that whoever runs the community is told that a code runs out; returns whether that is new. The caller sends the mail."""
    if not ChatGroup.objects.filter(pk=group_id, warned_at=None).update(warned_at=now):
        return False
    row = ChatGroup.objects.get(pk=group_id)
    note_deed(community=community, kind="connect.group_code_ageing", by=None, subject=f"groupcode:{row.group_code_id}", now=now)  # fmt: skip
    return True
