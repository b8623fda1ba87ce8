"""Reads of the trials: the record, and what ranks by it."""

from typing import Any

from django.utils.translation import gettext as _

from kith.people.api import Community
from kith.see.data import SCORE, TRIED, Coefficients, HalfLife, NotTriedYet, Record, Trials
from kith.see.models import Trial
from kith.see.rules.churn import SHIPPED
from kith.see.rules.trials.plan import MOST_DAYS


def trial_row(community: Community) -> Trial | None:
    return Trial.objects.filter(community=community).first()


def trials(community: Community) -> Trials:
    """Return the record of a community. One query.

    Raises:
        NotTriedYet: the first trial is still to come.

    """
    row = trial_row(community)
    if row is None or not row.results:
        raise NotTriedYet
    return as_trials(row)


def ranking(community: Community, name: str) -> tuple[str, float]:
    """Return what ranks here, and the days its simple orders look back on: the score, or what did better on the own past. One query."""
    row = trial_row(community)
    if row is None or name not in row.results:
        return SCORE, MOST_DAYS
    return row.results[name]["leads"], row.chosen["window_days"]


def coefficients(community: Community) -> Coefficients:
    """Return the weights of the chance to leave: the community's own, or the shipped ones. One query."""
    row = trial_row(community)
    return Coefficients(**row.chosen["coefficients"]) if row and "coefficients" in row.chosen else SHIPPED


def fixed_of(row: Trial | None) -> tuple[float, float] | None:
    """Return the half-lives set by hand: of ties, of super nodes."""
    fixed = row.chosen.get("fixed") if row else None
    return (fixed[0], fixed[1]) if fixed else None


def fixed_half_lives(community: Community) -> tuple[float, float] | None:
    """Return the half-lives set by hand; until a worker folded the ties, the community still has the old ones. One query."""
    return fixed_of(trial_row(community))


def as_trials(row: Trial) -> Trials:
    chosen: dict[str, Any] = row.chosen
    return Trials(
        made_at=row.made_at,
        records={name: Record.from_json(row.results[name]) for name in TRIED},
        tie=HalfLife(**chosen["tie"]),
        node=HalfLife(**chosen["node"]),
        is_fixed=bool(chosen.get("fixed")),
        coefficients=Coefficients(**chosen["coefficients"]),
        is_learnt=chosen["is_learnt"],
        people=chosen["people"],
        acts=chosen["acts"],
    )


def order_name(code: str) -> str:
    """Say what an order goes by: `Record.leads`, or the name of a baseline."""
    return {
        SCORE: _("Kith's score"),
        "count": _("number of acts"),
        "recency": _("who acted last"),
        "degree": _("people in touch"),
        "pagerank": _("PageRank"),
        "posts": _("own acts"),
        "decayed_posts": _("own acts, fading"),
        "common_neighbours": _("acquaintances in common"),
        "adamic_adar": _("rare acquaintances in common"),
        "random": _("chance"),
    }[code]


def too_little(code: str) -> str:
    """Say why nothing can be said: `Record.too_little`."""
    return {
        "too_short": _("The history is shorter than eight weeks."),
        "too_few": _("Too few people and acts to test it on."),
        "not_yet": _("What came after the asked dates is not known yet."),
    }[code]
