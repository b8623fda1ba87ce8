"""Writes of see."""

from kith.see.actions.errands import (
    drop,
    finish,
    follow,
    judge_errands,
    note,
    propose_errands,
    propose_every_errand,
    take,
    take_call,
)
from kith.see.actions.exporting import (
    map_svg,
    network_for_programs,
)
from kith.see.actions.filming import (
    may_film,
    moment,
)
from kith.see.actions.letters import (
    keep_letter,
)
from kith.see.actions.meeting import (
    answer,
    ask,
    forget_introductions,
    judge_introductions,
    propose_every_introduction,
    propose_introductions,
)
from kith.see.actions.picturing import (
    look,
    outdate,
    refresh,
    refresh_all,
)
from kith.see.actions.promises import (
    give_tallies,
)
from kith.see.actions.reporting import (
    due,
    make_report,
    report,
)
from kith.see.actions.sight import (
    choose_sight,
    mark_bot,
)
from kith.see.actions.simulating import (
    ask_for_simulation,
    make_simulation,
    simulate,
)
from kith.see.actions.thinking import (
    launch_seeds,
    think_with,
    think_without,
)
from kith.see.actions.trying import (
    ask_for_trial,
    fix_half_lives,
    free_half_lives,
    trial,
    try_again,
    validate,
)

__all__ = [
    "answer", "ask", "ask_for_simulation", "ask_for_trial", "choose_sight", "drop", "due", "finish", "fix_half_lives",
    "follow", "forget_introductions", "free_half_lives", "give_tallies", "judge_errands", "judge_introductions", "keep_letter",
    "launch_seeds", "look", "make_report", "make_simulation", "map_svg", "mark_bot", "may_film", "moment",
    "network_for_programs", "note", "outdate", "propose_errands", "propose_every_errand", "propose_every_introduction",
    "propose_introductions", "refresh", "refresh_all", "report", "simulate", "take", "take_call", "think_with",
    "think_without", "trial", "try_again", "validate",
]  # fmt: skip
