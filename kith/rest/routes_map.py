"""The map and what is only thought of on it: where people lie, the past, people gone, whom to begin a launch with."""

import gzip
from dataclasses import asdict
from typing import Any

import numpy as np
from django.utils import timezone
from ninja import Router

from kith.launch import api as launch
from kith.lib import graph_film, graph_map
from kith.people import api as people
from kith.rest import schemas
from kith.rest.answers import answers
from kith.rest.caller import ANYBODY, READER, Asked, person, run, seen
from kith.rest.fields import Also, Handle, Month, SeedCount, Slug
from kith.rest.routes_network import looked
from kith.see import api as see

router = Router(tags=["Network"])


@router.get(
    "/communities/{slug}/network/map", auth=ANYBODY, response=answers(schemas.Map, 400, 404, 422),
    summary="Get the map, now or in the past",
)  # fmt: skip
def map_at(request: Asked, slug: Slug, at: Month = "") -> dict[str, Any]:
    """Return where everybody lies and every drawn tie; with `at` who was there and how warm it was at the end of that month."""
    community = looked(request, slug)
    drawn = graph_map.decode(gzip.decompress(see.picture(community).gzipped))
    band, warmth = drawn.warmth_of, drawn.warmth
    if at:
        frame = graph_film.decode(gzip.decompress(see.moment(community, month=at).gzipped))
        band, warmth = (part.astype(np.int64) for part in frame)
    names = see.labels(community)
    circles = {c["circle"]: see.circle_name(c["name"], is_chapter=c["is_chapter"]) for c in names["circles"]}
    chapters = [c["name"] for c in names["chapters"]]
    columns = (drawn.person, drawn.at.round(4), drawn.circle, drawn.chapter, band)
    ends = drawn.person[drawn.a], drawn.person[drawn.b], warmth
    return {
        "at": at or None,
        "people": [
            {
                "person_id": who, "x": x, "y": y, "band": shade, "circle": circles.get(circle, ""),
                "chapter": chapters[chapter] if chapter < len(chapters) else "",
            }
            for who, (x, y), circle, chapter, shade in zip(*(c.tolist() for c in columns), strict=True)
            if shade != graph_film.NOT_YET
        ],
        "ties": [
            {"a": a, "b": b, "band": shade}
            for a, b, shade in zip(*(end.tolist() for end in ends), strict=True)
            if shade != graph_film.NOT_YET
        ],
    }  # fmt: skip


@router.get(
    "/communities/{slug}/members/{handle}/without", auth=READER, response=answers(schemas.Without, 400, 404, 422),
    summary="Think a member away",
)  # fmt: skip
def without(request: Asked, slug: Slug, handle: Handle, also: Also = "") -> dict[str, Any]:
    """Return what would go with them, and with others named by `also`, who would be cut off, and what of the sales came through them.

    For operators; a member may ask of themselves.
    """
    community = seen(request, slug)
    gone = list(dict.fromkeys(people.member(community, one).person_id for one in (handle, *also.split())))
    if gone != [person(request).pk]:
        run(request, slug)
    now = timezone.now()
    see.look(community=community, now=now)
    sales = launch.sales_parts(community, gone, now=now)
    return {**asdict(see.think_without(community, gone)), "sales_ppm": sum(sales.values())}


@router.get(
    "/communities/{slug}/network/seeds", auth=READER, response=answers(schemas.Seeds, 404, 422),
    summary="Whom to begin a launch with",
)  # fmt: skip
def seeds(request: Asked, slug: Slug, count: SeedCount = 20) -> see.LaunchSeeds:
    """Return the members who together reach most people, who adds most first. For operators."""
    community = run(request, slug)
    see.look(community=community, now=timezone.now())
    return see.launch_seeds(community, count=count)
