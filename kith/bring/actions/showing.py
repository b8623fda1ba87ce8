"""What a table of people comes to: its first rows, and handles that were not to be had."""

from collections.abc import Iterable, Mapping

from kith.bring.data import BadLine, MemberLine, Note, Row
from kith.bring.rules import Stranger, shown_name
from kith.people.api import Community, Standing, standings


def first_rows(community: Community, first: Iterable[MemberLine | BadLine], ids: Mapping[str, int]) -> tuple[Row, ...]:
    """Return rows as they are read, with the handles that people have now. One query."""
    first = list(first)
    places = standings(community, {ids[line.external_id] for line in first if isinstance(line, MemberLine)})
    return tuple(
        Row(line.line, reason=line.reason, detail=line.detail)
        if isinstance(line, BadLine)
        else _row(line, places.get(ids[line.external_id]))
        for line in first
    )


def _row(line: MemberLine, place: Standing | None) -> Row:
    return Row(
        line=line.line,
        known_by=line.external_id.partition("@")[0],
        name=shown_name(line.external_id, line.name),
        handle=place.handle if place else "",
        chapter=line.chapter,
        headline=line.headline,
        joined_at=line.joined_at,
    )


def other_handles(community: Community, people: Mapping[str, Stranger], ids: Mapping[str, int]) -> tuple[Note, ...]:
    """Say how many have another handle than the file wishes. One query, where it wishes for any."""
    wished = {ids[external_id]: who.handle for external_id, who in people.items() if who.handle}
    places = standings(community, wished) if wished else {}
    count = sum(place.handle.casefold() != wished[i].casefold() for i, place in places.items())
    return (Note("handles_other", {"count": count}),) if count else ()
