"""All trials of a community, in the order in which one needs the other."""

from dataclasses import dataclass

from kith.lib.acts import Acts
from kith.see.data import TRIED, Coefficients, HalfLife, Record
from kith.see.rules.calibration import kept, node_half_life, tie_half_life
from kith.see.rules.churn import SHIPPED
from kith.see.rules.trials import churn, introductions, seeds, super_nodes, ties
from kith.see.rules.trials.marking import TOO_SHORT, nothing
from kith.see.rules.trials.plan import MOST_DAYS, plan_for, settled


@dataclass(frozen=True, slots=True)
class Tried:
    """The record of each trial by its name, the half-lives chosen, the weights that foretell who leaves, how far was looked."""

    records: dict[str, Record]
    tie: HalfLife
    node: HalfLife
    coefficients: Coefficients
    is_learnt: bool
    window_days: float


def try_all(
    acts: Acts, now: float, *, tie_days: float, node_days: float, is_fixed: bool = False,
    asked: tuple[float, ...] = (), cuts: int = 0,
) -> Tried:  # fmt: skip
    """Try everything on the history up to now (epoch seconds). Fixed half-lives stay as they are.

    Costs some twenty sorts of the acts: 10 CPU-s for half a million.
    """
    history = settled(acts, now)
    plan = plan_for(history, asked=asked, cuts=cuts)
    if plan is None:
        days = {"super_nodes": node_days}
        short = {name: nothing(TOO_SHORT, days.get(name, tie_days)) for name in TRIED}
        return Tried(short, kept(tie_days), kept(node_days), SHIPPED, is_learnt=False, window_days=MOST_DAYS)
    tie = kept(tie_days) if is_fixed else tie_half_life(history, plan, tie_days)
    node = kept(node_days) if is_fixed else node_half_life(history, plan, node_days)
    records = {
        "ties": ties.trial(history, plan, tie.days),
        "super_nodes": super_nodes.trial(history, plan, node.days),
        "churn": churn.trial(history, plan),
        "introductions": introductions.trial(history, plan, tie.days),
        "seeds": seeds.trial(history, plan, tie.days),
    }
    learnt = churn.learnt_now(history, plan)
    return Tried(records, tie, node, learnt or SHIPPED, is_learnt=learnt is not None, window_days=plan.far_days)
