"""The map in the past: all its months from one reading of the book, kept for an hour."""

import gzip
import threading
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache

from kith.lib import graph_film, graph_map
from kith.lib.errors import NotFound
from kith.people.api import Community
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import HistoryTooLong, MapFile, NoSuchMonth, OtherPicture
from kith.see.models import Picture
from kith.see.rules.survey import CLOSEST
from kith.see.rules.warmth import bands

KEPT_SECONDS = 3600
ACTS_LIMIT = 4_000_000  # some ten seconds of reading; a page must not wait longer
MONTHS_LIMIT = 600

_one_at_a_time = threading.Lock()


def moment(community: Community, *, month: str, version: int | None = None) -> MapFile:
    """Return the frame (lib.graph_film) of the map at the end of a month, "2026-03", gzipped.

    `version` is that of the map it is for. The first month anybody asks for of a picture costs a reading of the book: two seconds a million acts.

    Raises:
        NotFound: no picture was made yet.
        OtherPicture: there is a newer one.
        NoSuchMonth: it lies before the first act, or not before the moment of the picture.
        HistoryTooLong: the book is too large to be read while a page waits.
    """
    found = Picture.objects.defer("gzipped").filter(community=community).first()
    if found is None:
        raise NotFound
    if version not in {None, found.version}:
        raise OtherPicture
    if month not in _months(found):
        raise NoSuchMonth
    if not may_film(found.numbers["acts"]):
        raise HistoryTooLong
    key = f"film:{community.pk}:{found.version}:"
    kept = cache.get(key + month)
    if kept is None:
        with _one_at_a_time:
            kept = cache.get(key + month) or _film(community, found, key)[month]
    return MapFile(f'"{community.pk}-{found.version}-{month}"', kept)


def may_film(acts: int) -> bool:
    """Say whether a book of so many acts is small enough for its history to be drawn."""
    return acts <= ACTS_LIMIT


def _months(found: Picture) -> dict[str, float]:
    began = found.labels.get("began_at")
    months = graph_film.months(datetime.fromisoformat(began), found.at) if began else {}
    return dict(list(months.items())[-MONTHS_LIMIT:])


def _film(community: Community, found: Picture, key: str) -> dict[str, bytes]:
    drawn = graph_map.decode(gzip.decompress(found.gzipped))
    roll = read_roll(community)
    acts, _ = read_acts(community, roll)
    cast = graph_film.Cast(roll.rows(drawn.person), drawn.a, drawn.b, roll.joined_at)
    months = _months(found)
    frames = graph_film.film(acts, cast, np.array(list(months.values())), community.tie_half_life_days, bands, CLOSEST)
    made: dict[str, Any] = {}
    for month, (people, ties) in zip(months, frames, strict=True):
        made[month] = gzip.compress(graph_film.encode(people, ties), 5, mtime=0)
    cache.set_many({key + month: frame for month, frame in made.items()}, KEPT_SECONDS)
    return made
