"""The report in words: its headline, and what each number is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.see.data import Reason, Report
from kith.see.rules.definitions import NOTES
from kith.see.rules.headline import Headline
from kith.see.rules.headline import headline as decided


def definition(name: str) -> str:
    """Say what a number is (`rules.definitions`), in the reader's language."""
    return _(NOTES[name])


def suspicion(reason: Reason) -> str:
    """Say why somebody looks like a program (`rules.report.bots`), in the reader's language."""
    sentences = {
        "floods": _("Half of all acts and more are theirs (%(percent)s%%)."),
        "unanswered": _("Next to nothing comes back: %(percent)s%% of %(acts)s acts."),
        "clockwork": _("Acts by the clock, as people do not."),
        "is_named": _("Is called like one."),
    }
    return sentences[reason.code] % reason.facts


def headline(report: Report) -> str:
    """Say in one plain sentence how a community moved in 30 days and what most wants doing, in the reader's language."""
    found = decided(report.findings)
    facts = {"move": _move(found), "change": _change(found), "worry": _worry(found)}
    if not report.findings.numbers.acts:
        return _("Nothing has happened here yet. The first word and the first answer begin it.")
    if not found.warmth:
        return (_("%(change)s, too little to say how it moves; %(worry)s.") if facts["worry"] else _("%(change)s, too little to say how it moves.")) % facts  # fmt: skip
    return (_("%(move)s: %(change)s; %(worry)s.") if facts["worry"] else _("%(move)s: %(change)s.")) % facts


def _move(found: Headline) -> str:
    moves = {
        ("warmer", "wider"): _("Warmer and wider"),
        ("warmer", "steady"): _("Warmer"),
        ("warmer", "narrower"): _("Warmer, but carried by fewer"),
        ("steady", "wider"): _("Wider, and as warm as before"),
        ("steady", "steady"): _("Holding steady"),
        ("steady", "narrower"): _("Narrower, though as warm as before"),
        ("cooler", "wider"): _("Wider, but cooler"),
        ("cooler", "steady"): _("Cooler"),
        ("cooler", "narrower"): _("Cooler and narrower"),
    }
    return moves.get((found.warmth, found.breadth), "")


def _change(found: Headline) -> str:
    facts = {"now": f"{found.temperature:.1f}", "by": f"{abs(found.by):.1f}"}
    if not found.warmth:
        return _("%(now)s°") % facts
    if facts["by"] == "0.0":
        return _("%(now)s°, as 30 days ago") % facts
    return (_("%(now)s°, up %(by)s° in 30 days") if found.by > 0 else _("%(now)s°, down %(by)s° in 30 days")) % facts


def _worry(found: Headline) -> str:
    number = int(found.facts.get("people", 0))
    worries = {
        "newcomers_wait": ngettext(
            "%(people)s of %(all)s newcomers still waits for an answer",
            "%(people)s of %(all)s newcomers still wait for an answer",
            number,
        ),
        "cohesion": _("people turn to each other less than they used to"),
        "execution": _("fewer words find an answer than used to"),
        "efficiency": _("an answer takes more than it used to"),
        "centred": _("%(percent)s%% of the energy runs through those who run it"),
        "newcomers_well": ngettext(
            "the one newcomer of the month has been heard",
            "all %(people)s newcomers of the month have been heard",
            number,
        ),
    }
    return worries[found.worry] % found.facts if found.worry else ""
