"""Reads of see."""

from kith.see.queries.pictures import (
    SORTS,
    as_summary,
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

__all__ = [
    "SORTS", "as_summary", "circle_name", "cooling", "etag", "labels", "listing", "node", "pair", "person", "picture", "sentence",
    "super_nodes", "supers_among", "ties_of",
]  # fmt: skip
