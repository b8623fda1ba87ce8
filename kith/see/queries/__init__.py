"""Reads of see."""

from kith.see.queries.errands import (
    ended_errands,
    errand,
    errand_title,
    errands,
    latest_calls,
    outcomes,
    why,
)
from kith.see.queries.headline import (
    definition,
    headline,
    suspicion,
)
from kith.see.queries.letters import (
    letter_readers,
    letters_of,
)
from kith.see.queries.meeting import (
    introduction,
    introductions,
    introductions_of,
    lift,
    question,
    questions,
)
from kith.see.queries.pictures import (
    SORTS,
    as_summary,
    circle_name,
    cooling,
    etag,
    labels,
    listing,
    node,
    own_sentence,
    pair,
    person,
    picture,
    sentence,
    super_nodes,
    supers_among,
    ties_of,
)
from kith.see.queries.promises import (
    given_back,
    tallies,
)
from kith.see.queries.pulse import (
    at_risk,
    unheard,
)
from kith.see.queries.reports import (
    as_report,
    as_stored,
    at_stake,
    measure,
)
from kith.see.queries.risks import (
    risk_words,
    risks,
    risks_of,
)
from kith.see.queries.simulations import (
    as_simulation,
    foretold_by,
    simulated_as_stored,
    simulation,
    simulations,
    wanted_as_stored,
    wanted_of,
)
from kith.see.queries.trials import (
    coefficients,
    fixed_half_lives,
    order_name,
    ranking,
    too_little,
    trials,
)

__all__ = [
    "SORTS", "as_report", "as_simulation", "as_stored", "as_summary", "at_risk", "at_stake", "circle_name",
    "coefficients", "cooling", "definition", "ended_errands", "errand", "errand_title", "errands", "etag",
    "fixed_half_lives", "foretold_by", "given_back", "headline", "introduction", "introductions", "introductions_of", "labels",
    "latest_calls", "letter_readers", "letters_of", "lift", "listing", "measure", "node", "order_name", "outcomes",
    "own_sentence", "pair", "person", "picture", "question", "questions", "ranking", "risk_words", "risks", "risks_of",
    "sentence", "simulated_as_stored", "simulation", "simulations", "super_nodes", "supers_among", "suspicion", "tallies",
    "ties_of", "too_little", "trials", "unheard", "wanted_as_stored", "wanted_of", "why",
]  # fmt: skip
