"""Reads of the energy book."""

from kith.energy.queries.book import (
    FOLDED,
    HERE,
    STANDING,
    TERMS,
    TOUCHED,
    WHO,
    acts_of,
    audit,
    by_period,
    compare,
    first_seen,
    last_id,
    pair,
    parameters,
    partners,
    tied_people,
    ties,
    ties_from,
    ties_to,
    totals,
)
from kith.energy.queries.columns import columns, tie_columns
from kith.energy.queries.earning import by_groups, earned, touched_since
from kith.energy.queries.waiting import acted_within, met_within, seen_among, waiting

__all__ = [
    "FOLDED", "HERE", "STANDING", "TERMS", "TOUCHED", "WHO", "acted_within", "acts_of", "audit", "by_groups", "by_period", "columns", "compare", "earned", "first_seen", "last_id", "met_within", "pair", "parameters", "partners", "seen_among", "tie_columns", "tied_people", "ties", "ties_from", "ties_to", "totals", "touched_since", "waiting",
]  # fmt: skip
