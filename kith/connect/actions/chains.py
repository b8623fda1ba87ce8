"""Chains (接龙): started, written in by everybody, closed; and lines brought from a pasted text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from kith.connect.actions.news import tell
from kith.connect.actions.saying import checked_place, held, say
from kith.connect.data import (
    EXAMPLE_LIMIT,
    LINES_EACH,
    SEEN_BY,
    CapBelowTaken,
    ChainClosed,
    ChainColumn,
    ChainFull,
    ChainPage,
    ClosesInThePast,
    FieldMissing,
    NoSuchLine,
    NotANumber,
    NothingPasted,
    NotYourLine,
    OnlyTheStarter,
    Pasted,
    PastedLine,
    Said,
    TooManyLines,
)
from kith.connect.models import Chain, ChainLine, Post
from kith.connect.queries import check_open, one
from kith.connect.queries.chains import chain, chain_row, chain_value
from kith.connect.rules import chains as rules
from kith.energy.api import NewAct, record, withdraw
from kith.gather.api import check_may_speak
from kith.lib.text import clean_line
from kith.people.api import Community, Person, Standing, by_handles, note_deed

PATTERN = "姓名-数量"


@transaction.atomic
def start_chain(  # noqa: PLR0913 -- the fields of a form
    *, community: Community, text: str, by: Person, now: datetime, pattern: str = PATTERN, example: str = "",
    cap: int | None = None, counts_quantity: bool = False, closes_at: datetime | None = None, seen_by: str = "all",
    space: str = "", key: str = "",
) -> Said:  # fmt: skip
    """Start a chain: the first line of its text is the title. `pattern` names the fields of a line, `*` after what must be filled.

    Raises:
        MembersOnly, EmptyText, TextTooLong, SentAlready, NoSuchSpace, KindNotHere, SpaceArchived: as they say.
        BadPattern, BadCap, ClosesInThePast: as they say.

    """
    columns = rules.columns(pattern)
    kept: dict[str, Any] = {
        "columns": [[c.name, c.must, c.is_number] for c in columns], "example": clean_line(example)[:EXAMPLE_LIMIT],
        "cap": rules.checked_cap(cap), "counts_quantity": counts_quantity and any(c.is_number for c in columns),
        "closes_at": _checked_close(closes_at, now), "seen_by": seen_by if seen_by in SEEN_BY else "all",
    }  # fmt: skip
    made, is_new = say(community=community, by=by, text=text, now=now, key=key, kind="chain", space=space)
    if is_new:
        Chain.objects.create(community=community, post=made, **kept)
    return one(community, made.pk, reader=by)


def _checked_close(closes_at: datetime | None, now: datetime) -> datetime | None:
    if closes_at is not None and closes_at <= now:
        raise ClosesInThePast
    return closes_at


def _held(community: Community, post_id: int, by: Person) -> tuple[Chain, Standing, bool]:
    """Return a chain and hold it, where somebody stands, and whether all of it is theirs to change."""
    place = checked_place(community, by)
    held(community, post_id)
    row = chain_row(community, post_id)
    check_open(community, row.post, by)
    return row, place, place.is_staff or row.post.author_id == by.pk


def _changed(community: Community, row: Chain, by: Person, now: datetime) -> ChainPage:
    Post.objects.filter(pk=row.pk).update(version=F("version") + 1)
    tell(community=community, kind="edit", root_id=row.pk, post_id=row.pk, now=now)
    return chain(community, row.pk, reader=by, now=now)


@transaction.atomic
def amend_chain(
    *, community: Community, post_id: int, by: Person, now: datetime, cap: int | None, closes_at: datetime | None
) -> ChainPage:
    """Change how much a chain takes and when it closes; a moment to come opens it again.

    Raises:
        MembersOnly, PostGone, NotAChain, OnlyTheStarter, BadCap, CapBelowTaken, ClosesInThePast: as they say.

    """
    row, _, runs = _held(community, post_id, by)
    if not runs:
        raise OnlyTheStarter
    most = rules.checked_cap(cap)
    if most is not None and most < row.taken:
        raise CapBelowTaken(taken=row.taken)
    at = closes_at if closes_at == row.closes_at else _checked_close(closes_at, now)
    Chain.objects.filter(pk=row.pk).update(cap=most, closes_at=at)
    return _changed(community, row, by, now)


@transaction.atomic
def close_chain(*, community: Community, post_id: int, by: Person, now: datetime, is_closed: bool = True) -> ChainPage:
    """Close a chain, or open it again; opening one whose time is over takes that time away.

    Raises:
        MembersOnly, PostGone, NotAChain, OnlyTheStarter: as they say.

    """
    row, _, runs = _held(community, post_id, by)
    if not runs:
        raise OnlyTheStarter
    over = row.closes_at is not None and row.closes_at <= now
    at = {"closed_at": now} if is_closed else {"closed_at": None, "closes_at": None if over else row.closes_at}
    Chain.objects.filter(pk=row.pk).update(**at)
    kind = "connect.chain_closed" if is_closed else "connect.chain_opened"
    note_deed(community=community, kind=kind, by=by, subject=f"post:{post_id}", now=now)
    return _changed(community, row, by, now)


@transaction.atomic
def add_line(*, community: Community, post_id: int, values: Sequence[str], by: Person, now: datetime) -> ChainPage:
    """Write a line of one's own; the first one is an act toward who started the chain.

    Raises:
        MembersOnly, PostGone, NotAChain, ChainClosed, ChainFull, TooManyLines: as they say.
        FieldMissing, NotANumber: a field does not fit the pattern.
        Muted, MutedForGood, AgreementsOpen: as `gather.check_may_speak`.

    """
    row, place, runs = _held(community, post_id, by)
    value = chain_value(row)
    if not (value.is_open(now) or runs):
        raise ChainClosed
    check_may_speak(community, place, now)
    given = rules.checked_values(values, value.columns)
    if ChainLine.objects.filter(chain=row, by=by).count() >= LINES_EACH and not runs:
        raise TooManyLines(limit=LINES_EACH)
    quantity = rules.quantity(given, value.columns)
    _take(row, quantity if row.counts_quantity else 1)
    ChainLine.objects.create(chain=row, person=by, by=by, values=list(given), quantity=quantity, at=now)
    _note_part(community, row, by.pk, now)
    return _changed(community, row, by, now)


def _take(row: Chain, many: int) -> None:
    """Count what a line takes; the database refuses what is over the cap, whoever else writes at the same moment."""
    try:
        with transaction.atomic():
            Chain.objects.filter(pk=row.pk).update(taken=F("taken") + many)
    except IntegrityError:
        row.refresh_from_db()
        raise ChainFull(left=max(0, (row.cap or 0) - row.taken)) from None


def _note_part(community: Community, row: Chain, person_id: int, now: datetime) -> None:
    """Write into the book that somebody takes part in what another started, once a person and chain."""
    if person_id != row.post.author_id:
        act = NewAct(
            person_id, "attend", now, f"chain:{row.pk}:{person_id}", f"post:{row.pk}", other_id=row.post.author_id
        )
        record(community=community, acts=[act])


def _line(row: Chain, line_id: int, by: Person, now: datetime, *, runs: bool) -> ChainLine:
    found = ChainLine.objects.select_for_update().filter(chain=row, pk=line_id).first()
    if found is None:
        raise NoSuchLine
    if not runs and by.pk not in {found.person_id, found.by_id}:
        raise NotYourLine
    if not runs and not chain_value(row).is_open(now):
        raise ChainClosed
    return found


@transaction.atomic
def edit_line(
    *, community: Community, post_id: int, line_id: int, values: Sequence[str], by: Person, now: datetime
) -> ChainPage:
    """Change a line of one's own, until the chain closes; who started it may change any.

    Raises:
        MembersOnly, PostGone, NotAChain, NoSuchLine, NotYourLine, ChainClosed, ChainFull, FieldMissing, NotANumber: as they say.

    """
    row, place, runs = _held(community, post_id, by)
    check_may_speak(community, place, now)
    found, columns = _line(row, line_id, by, now, runs=runs), chain_value(row).columns
    given = rules.checked_values(values, columns)
    quantity = rules.quantity(given, columns)
    if row.counts_quantity:
        _take(row, quantity - found.quantity)
    ChainLine.objects.filter(pk=found.pk).update(values=list(given), quantity=quantity, edited_at=now)
    return _changed(community, row, by, now)


@transaction.atomic
def remove_line(*, community: Community, post_id: int, line_id: int, by: Person, now: datetime) -> ChainPage:
    """Take a line of one's own out, until the chain closes; its place is free again.

    Raises:
        MembersOnly, PostGone, NotAChain, NoSuchLine, NotYourLine, ChainClosed: as they say.

    """
    row, _, runs = _held(community, post_id, by)
    found = _line(row, line_id, by, now, runs=runs)
    _take(row, -(found.quantity if row.counts_quantity else 1))
    found.delete()
    if found.person_id and not ChainLine.objects.filter(chain=row, person_id=found.person_id).exists():
        withdraw(community=community, at=now, keys=[f"chain:{row.pk}:{found.person_id}"])
    return _changed(community, row, by, now)


@transaction.atomic
def paste_chain(*, community: Community, post_id: int, text: str, by: Person, now: datetime, take: bool) -> Pasted:
    """Read a chain that went around in a group outside; with `take` its good lines are added, else it is only shown what they are.

    A line of the same values as one that stands is known. Who is called like exactly one member gets the line as their own.

    Raises:
        MembersOnly, PostGone, NotAChain, OnlyTheStarter, NothingPasted: as they say.

    """
    row, _, runs = _held(community, post_id, by)
    if not runs:
        raise OnlyTheStarter
    found = rules.read(text)
    if not found.lines:
        raise NothingPasted
    lines = _judged(community, row, [line.raw for line in found.lines])
    taken = _taken(community, row, lines, by, now) if take else None
    return Pasted(found.title, found.note, tuple(lines), found.gaps, taken)


def _judged(community: Community, row: Chain, raws: Sequence[str]) -> list[PastedLine]:
    value = chain_value(row)
    known = {tuple(v) for v in ChainLine.objects.filter(chain=row).values_list("values", flat=True)}
    left = value.left
    people = by_handles(community, [clean_line(rules.fields(raw, value.columns)[0]) for raw in raws])
    lines = []
    for raw in raws:
        values, problem = _fit(raw, value.columns)
        needs = rules.quantity(values, value.columns) if row.counts_quantity and not problem else 1
        if not problem and values in known:
            problem = "known"
        elif not problem and left is not None and needs > left:
            problem = "full"
        if not problem:
            known.add(values)
            left = None if left is None else left - needs
        who = people.get(values[0].casefold()) if values else None
        lines.append(PastedLine(values, raw, who.name if who else "", who.person_id if who else None, problem))
    return lines


def _fit(raw: str, columns: Sequence[ChainColumn]) -> tuple[tuple[str, ...], str]:
    given = rules.fields(raw, columns)
    try:
        return rules.checked_values(given, columns), ""
    except FieldMissing:
        return tuple(given), "missing"
    except NotANumber:
        return tuple(given), "not_number"


def _taken(community: Community, row: Chain, lines: Sequence[PastedLine], by: Person, now: datetime) -> int:
    good = [line for line in lines if not line.problem]
    columns = chain_value(row).columns
    many = [rules.quantity(line.values, columns) for line in good]
    _take(row, sum(many) if row.counts_quantity else len(good))
    ChainLine.objects.bulk_create(
        ChainLine(chain=row, person_id=line.person_id, by=by, values=list(line.values), quantity=n, at=now)
        for line, n in zip(good, many, strict=True)
    )
    for person_id in dict.fromkeys(line.person_id for line in good if line.person_id):
        _note_part(community, row, person_id, now)
    note_deed(community=community, kind="connect.chain_pasted", by=by, subject=f"post:{row.pk}", detail={"lines": len(good)}, now=now)  # fmt: skip
    _changed(community, row, by, now)
    return len(good)
