"""The network for other programs and for print: what stands on the map and in the list, nothing more."""

import gzip
from collections.abc import Callable
from typing import Any

import numpy as np

from kith.energy import api as energy
from kith.lib.errors import NotFound
from kith.lib.graph import Rows
from kith.lib.graph_export import Column, Network
from kith.lib.graph_map import decode
from kith.lib.graph_svg import Names, drawn
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.see.models import Node, Picture
from kith.see.queries import circle_name, labels
from kith.see.rules.roll import NO_ROW, rows_of
from kith.see.rules.warmth import degrees


def map_svg(community: Community, *, title: str, facts: str, cool: str, warm: str) -> bytes:
    """Draw the map as SVG with a title and a line of facts. Three queries.

    Raises:
        NotFound: no picture was made yet.
    """
    raw = Picture.objects.filter(community=community).values_list("gzipped", flat=True).first()
    if raw is None:
        raise NotFound
    found = labels(community)
    circles = {c["circle"]: circle_name(c["name"], is_chapter=c["is_chapter"]) for c in found["circles"]}
    supers = [(s["row"], s["name"]) for s in found["supers"]]
    return drawn(decode(gzip.decompress(bytes(raw))), Names(circles, supers, title, facts, cool, warm))


def network_for_programs(community: Community) -> Network:
    """Return the members and the ties between them with the facts of the list, as of the picture. Four queries.

    Who refuses measures is not in it, nor what others give them; who keeps out of rankings has no score.

    Raises:
        NotFound: no picture was made yet.
    """
    found = Picture.objects.defer("gzipped").filter(community=community).first()
    if found is None:
        raise NotFound
    names = {c["circle"]: circle_name(c["name"], is_chapter=c["is_chapter"]) for c in found.labels["circles"]}
    nodes = Node.objects.filter(community=community).order_by("person_id")
    places = people.standings(community, [n.person_id for n in nodes])
    kept = [(n, place) for n in nodes if (place := places.get(n.person_id)) and not place.refuses_measures]
    ids = np.array([n.person_id for n, _ in kept], np.int64)
    ties = energy.tie_columns(community, at=found.at)
    a, b = rows_of(ids, ties.a), rows_of(ids, ties.b)
    keep = (a != NO_ROW) & (b != NO_ROW)
    return Network(
        ids=_ids(ids),
        nodes=[Column(name, kind, [told(n, place, names) for n, place in kept]) for name, kind, told in NODE_COLUMNS],
        source=_ids(ids[a[keep]]),
        target=_ids(ids[b[keep]]),
        edges=[
            Column("live", "double", [round(v, 4) for v in ties.live[keep].tolist()]),
            Column("acts", "int", ties.acts[keep].tolist()),
            Column("first", "string", _days(ties.first_at[keep])),
            Column("last", "string", _days(ties.last_at[keep])),
        ],
    )


def _ids(persons: Rows) -> list[str]:
    return [f"p{person}" for person in persons.tolist()]


def _days(moments: "np.ndarray[Any, np.dtype[np.float64]]") -> list[str]:
    return [str(day) for day in moments.astype("datetime64[s]").astype("datetime64[D]")]


Told = Callable[[Node, Standing, dict[int, str]], Any]
NODE_COLUMNS: tuple[tuple[str, Any, Told], ...] = (
    ("name", "string", lambda _, place, __: place.name),
    ("handle", "string", lambda _, place, __: place.handle),
    ("role", "string", lambda _, place, __: place.role),
    ("chapter", "string", lambda _, place, __: place.chapter),
    ("circle", "string", lambda n, _, names: names.get(n.circle, "")),
    ("is_program", "boolean", lambda _, place, __: place.is_bot),
    ("is_super", "boolean", lambda n, place, _: n.is_super and _ranked(place)),
    ("score", "double", lambda n, place, _: round(n.score, 4) if _ranked(place) else None),
    ("ties", "int", lambda n, _, __: n.ties),
    ("two_way", "int", lambda n, _, __: n.two_way),
    ("gets", "double", lambda n, _, __: round(n.energy_in, 4)),
    ("gives", "double", lambda n, _, __: round(n.energy_out, 4)),
    ("degrees", "double", lambda n, _, __: round(degrees(n.warmth), 2)),
)


def _ranked(place: Standing) -> bool:
    return not (place.hides_rank or place.is_bot)
