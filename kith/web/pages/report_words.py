"""What the report's names are called, and what each measure means: said at the number, behind its question mark."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.see.api import Indicator


@dataclass(frozen=True, slots=True)
class Word:
    """The name of a measure and its definition."""

    name: str
    meaning: str


def stage_name(stage: str | None) -> str:
    return {"broadcast": _("Broadcast"), "platform": _("Platform"), "community": _("Community")}.get(
        stage or "", _("Too little to say yet")
    )


def stage_advice(stage: str | None) -> str:
    """Say what the stage means and what would help."""
    return {
        "broadcast": _("Words go out from the centre and few turn to each other. Ask what only members can answer, and let them answer one another."),
        "platform": _("People turn to each other, but little comes back. Thank who answers, and bring together who answered one another once."),
        "community": _("People turn to each other, and it comes back. Hand more to those who carry it."),
    }.get(stage or "", _("A stage needs 30 messages among three people or more."))  # fmt: skip


def crisis_word(name: str) -> Word:
    return {
        "cohesion": Word(_("Cohesion"), _("Do people still turn to each other, and stay?")),
        "execution": Word(_("Execution"), _("Does what is asked get done?")),
        "efficiency": Word(_("Efficiency"), _("How much does it take?")),
    }[name]


def indicator_word(name: str) -> Word:
    return {
        "reciprocity": Word(_("Answered energy"), _("The part of a quarter's energy that came back: twice the weaker direction of each pair, over both. n: pairs in touch.")),
        "retention": Word(_("Stayed"), _("Of those who acted in the quarter before, the part that acted in this one. n: people of the quarter before.")),
        "two_way_core": Word(_("Held together both ways"), _("The largest group connected by ties that go both ways, over all who acted. n: people who acted.")),
        "newcomer_return": Word(_("Newcomers who came back"), _("Of those who acted for the first time in the quarter, the part that acted again a day later or more, within it. n: newcomers.")),
        "answered_24h": Word(_("Answered within a day"), _("Of the words that called for an answer, the part whose author somebody turned to within 24 hours. n: such words.")),
        "promises_kept": Word(_("Promises kept"), _("Of what was promised and fell due in the quarter, the part that was kept: errands taken and done; seats at an event whose holder came (where a door was kept); challenges begun and kept up on four of five days; launches accepted and sold. Chains are not counted: nothing tells whether a line was kept. n: promises.")),
        "launch_turn_out": Word(_("Turn-out of launches"), _("Buyers who came by those who brought a launch to others, over how many people were expected to turn to them, of launches that ended in the quarter. More may come than were expected. n: people expected.")),
        "response_hours": Word(_("Wait for an answer"), _("The median of the hours until somebody turned to the author, of what was answered within a week. n: answers.")),
        "acts_per_answer": Word(_("Acts for each answer"), _("Acts toward somebody in the quarter, for each word that was answered. n: answered words.")),
        "value_per_energy": Word(_("Value for each degree of energy"), _("What was sold in the quarter, less refunds, in the currency most is sold in, for each unit of energy: the summed weights of acts toward others. n: orders paid.")),
    }[name]  # fmt: skip


def promise_name(name: str) -> str:
    return {
        "errand": _("Errands taken, done"),
        "event": _("Seats at events, came"),
        "checkin": _("Challenges begun, kept up"),
        "launch": _("Launches accepted, sold"),
        "turn_out": _("People expected, buyers"),
        "sold": _("Sold in the month"),
    }[name]


def indicator_value(found: Indicator, value: float | None) -> str:
    if value is None:
        return "–"
    if found.unit == "share":
        return f"{100 * value:.0f}%"
    return _("%(hours)s h") % {"hours": f"{value:.1f}"} if found.unit == "hours" else f"{value:.1f}"


def compared(found: Indicator) -> str:
    """Say where the newest quarter lies among the eight before it."""
    if found.z is None:
        return _("Too little to compare with")
    off = abs(found.z)
    if off <= 1:
        return _("As usual here")
    if off <= 2:
        return _("A little more than usual") if found.z > 0 else _("A little less than usual")
    return _("Much more than usual") if found.z > 0 else _("Much less than usual")


def level_name(name: str) -> str:
    return {"silent": _("silent"), "passing": _("passing"), "regular": _("regular"), "core": _("core")}[name]


def centre_name(colour: str | None) -> str:
    return {"healthy": _("healthy"), "leaning": _("leaning on the centre"), "founder_centred": _("centred on the founder")}.get(
        colour or "", _("Too little to say yet")
    )  # fmt: skip
