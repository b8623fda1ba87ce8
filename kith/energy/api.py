"""The door of the energy book."""

from kith.energy.actions import (
    append_staged,
    drop_book,
    merge,
    rebuild,
    record,
    stage,
    stage_from,
    staging,
    withdraw,
)
from kith.energy.data import (
    ActColumns,
    ActRow,
    Appended,
    BadWeight,
    Comparison,
    Earned,
    GroupNumbers,
    NewAct,
    TieColumns,
    TieValue,
    UnknownKind,
    Word,
)
from kith.energy.queries import (
    acted_within,
    acts_of,
    audit,
    by_groups,
    by_period,
    columns,
    compare,
    earned,
    first_seen,
    last_id,
    met_within,
    pair,
    partners,
    seen_among,
    tie_columns,
    tied_people,
    ties,
    ties_from,
    ties_to,
    totals,
    touched_since,
    waiting,
)
from kith.energy.rules import KINDS, live
from kith.lib.books import AppendOnly, NotInvented

__all__ = [
    "KINDS", "ActColumns", "ActRow", "AppendOnly", "Appended", "BadWeight", "Comparison", "Earned", "GroupNumbers", "NewAct", "NotInvented", "TieColumns", "TieValue", "UnknownKind", "Word",
    "acted_within", "acts_of", "append_staged", "audit", "by_groups", "by_period", "columns", "compare", "drop_book", "earned", "first_seen", "last_id", "live", "merge", "met_within", "pair", "partners",
    "rebuild", "record", "seen_among", "stage", "stage_from", "staging", "tie_columns", "tied_people", "ties", "ties_from", "ties_to", "totals", "touched_since", "waiting", "withdraw",
]  # fmt: skip
