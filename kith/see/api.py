"""The door of see."""

from kith.see.actions import look, outdate, refresh, refresh_all
from kith.see.data import (
    Cooling,
    Exchange,
    Listing,
    MapFile,
    Node,
    NotOnTheMap,
    PairView,
    Period,
    PersonView,
    Reason,
    SeenTie,
    Somebody,
    Summary,
    UnknownSort,
)
from kith.see.queries import (
    SORTS,
    circle_name,
    cooling,
    etag,
    labels,
    listing,
    node,
    pair,
    person,
    picture,
    sentence,
    super_nodes,
    supers_among,
    ties_of,
)
from kith.see.rules.warmth import band, degrees

__all__ = [
    "SORTS", "Cooling", "Exchange", "Listing", "MapFile", "Node", "NotOnTheMap", "PairView", "Period",
    "PersonView", "Reason", "SeenTie", "Somebody", "Summary", "UnknownSort", "band", "circle_name",
    "cooling", "degrees", "etag", "labels", "listing", "look", "node", "outdate", "pair", "person",
    "picture", "refresh", "refresh_all", "sentence", "super_nodes", "supers_among", "ties_of",
]  # fmt: skip
