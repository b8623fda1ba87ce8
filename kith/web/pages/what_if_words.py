"""A simulation in words and pictures: what each choice is, what it changes, and how sure that is."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from kith.lib import svg_bands
from kith.see.api import SIMULATED, Choices, Foretold, Scenario, Simulated, Span
from kith.web.jinja import number

MEASURES = SIMULATED
COLORS = {"active": "var(--w3)", "acts": "var(--w2)", "pairs": "var(--brand)"}


def measure(name: str) -> str:
    return {"active": _("people active"), "acts": _("acts"), "pairs": _("pairs in touch")}[name]


def choice(choices: Choices) -> str:
    """Say what is done otherwise."""
    parts = []
    if choices.answer_newcomers:
        parts.append(_("every newcomer is answered within a day"))
    if choices.hosts:
        parts.append(
            ngettext("%(num)s more host welcomes newcomers", "%(num)s more hosts welcome newcomers", choices.hosts) % {"num": choices.hosts}
        )  # fmt: skip
    if choices.lose_top:
        parts.append(
            ngettext("the first super node leaves", "the first %(num)s super nodes leave", choices.lose_top) % {"num": choices.lose_top}
        )  # fmt: skip
    return _("; ").join(parts) or _("nothing is changed")


def title(choices: Choices) -> str:
    said = choice(choices)
    return said[:1].upper() + said[1:]


def signed(value: float) -> str:
    """Return a change with its sign; a change that rounds to nothing is 0."""
    whole = round(value)
    return f"+{number(whole)}" if whole > 0 else f"−{number(-whole)}" if whole < 0 else "0"


def change(span: Span) -> str:
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": signed(span.middle), "low": signed(span.low), "high": signed(span.high)}  # fmt: skip


def level(span: Span) -> str:
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": number(round(span.middle)), "low": number(round(span.low)), "high": number(round(span.high))}  # fmt: skip


def verdict(scenario: Scenario) -> str:
    """Say in a sentence what a choice does to the number of active people at the end."""
    end = scenario.changes["active"][-1]
    low, high = round(end.low), round(end.high)
    if low > 0:
        return ngettext(
            "In nine of ten runs at least %(num)s person more is active at the end.",
            "In nine of ten runs at least %(num)s people more are active at the end.",
            low,
        ) % {"num": number(low)}
    if high < 0:
        return ngettext(
            "In nine of ten runs at least %(num)s person fewer is active at the end.",
            "In nine of ten runs at least %(num)s people fewer are active at the end.",
            -high,
        ) % {"num": number(-high)}
    if low == 0 and round(end.middle) > 0:
        return _("Most runs end with more people active; one in ten does not.")
    if high == 0 and round(end.middle) < 0:
        return _("Most runs end with fewer people active; one in ten does not.")
    return _("Whether more people or fewer are active at the end, the runs do not agree.")


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def within(span: Span) -> str:
    return _("%(low)s to %(high)s") % {"low": f"{span.low:.2f}", "high": f"{span.high:.2f}"}


def shares(span: Span) -> str:
    return _("%(low)s to %(high)s") % {"low": percent(span.low), "high": percent(span.high)}


def off(error: float) -> str:
    """Return a mean error of the logarithm as a percentage: ln 2 is 100%, twice what came or half of it."""
    return f"{100 * math.expm1(error):.0f}%"


def rests(base: Foretold) -> str:
    """Say how the number is foretold if nothing is changed, and how that did on the own past."""
    if not base.errors:
        return _("Your past is too short to try this on. It is taken to stay as in the last four weeks, and the band is a wide one from other communities.")  # fmt: skip
    plain = min(base.errors["month"], base.errors["quarter"])
    facts = {"cuts": base.cuts, "held": percent(base.held or 0.0), "plain": off(plain), "simulation": off(base.errors["simulation"])}  # fmt: skip
    sentence = {
        "month": _("At %(cuts)s moments of your own past “it stays as in the last four weeks” was off by %(plain)s, the simulation by %(simulation)s. So it is taken to stay; the band held %(held)s of what came."),
        "quarter": _("At %(cuts)s moments of your own past “it stays as in the last twelve weeks” was off by %(plain)s, the simulation by %(simulation)s. So it is taken to stay; the band held %(held)s of what came."),
        "simulation": _("At %(cuts)s moments of your own past the simulation was off by %(simulation)s, “it stays as it is” by %(plain)s. So the simulation is shown; the band held %(held)s of what came."),
    }.get(base.by, _("At %(cuts)s moments of your own past “it stays as it is” was off by %(plain)s, the simulation by %(simulation)s, and half of each by less. So that is shown; the band held %(held)s of what came."))  # fmt: skip
    return sentence % facts


def changed(found: Simulated, scenario: Scenario, name: str) -> Markup:
    """Draw by how much a choice changes a number, from now to the end."""
    spans = scenario.changes[name]
    ahead = [(float(week), s.low, s.middle, s.high) for week, s in zip(found.points, spans, strict=True)]
    tips = [_("now"), *(f"{weeks(w)}: {change(s)}" for w, s in zip(found.points, spans, strict=True))]
    return svg_bands.band(
        [(0.0, 0.0)], ahead, title=f"{title(scenario.choices)}: {measure(name)}", tips=tips, labels=_labels(found, 0), height=96,
        color=COLORS[name],
    )  # fmt: skip


def base(found: Simulated, name: str) -> Markup:
    """Draw a number over the past, and the band it keeps to if nothing is changed."""
    one = found.base[name]
    was = [(float(w), value) for w, value in zip(found.past_weeks, one.past, strict=True)]
    ahead = [(float(w), s.low, s.middle, s.high) for w, s in zip(found.points, one.spans, strict=True)]
    tips = [
        *(f"{weeks(w)}: {number(round(value))}" for w, value in was),
        *(f"{weeks(w)}: {level(s)}" for w, s in zip(found.points, one.spans, strict=True)),
    ]
    return svg_bands.band(was, ahead, title=_("%(measure)s if nothing is changed") % {"measure": measure(name)}, tips=tips, labels=_labels(found, found.past_weeks[0]), color=COLORS[name])  # fmt: skip


def weeks(count: float) -> str:
    """Say when: weeks from now."""
    whole = round(count)
    if not whole:
        return _("now")
    return _("+%(num)s wk") % {"num": whole} if whole > 0 else _("−%(num)s wk") % {"num": -whole}


def _labels(found: Simulated, first: int) -> list[tuple[float, str]]:
    marks = sorted({first, 0, found.points[-1]})
    return [(float(mark), weeks(mark)) for mark in marks]
