"""The record in words: what each trial asked, what its figures mean, how it came out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.see.api import SCORE, Record, order_name
from kith.web.pages.report_words import Word


def trial(name: str) -> Word:
    """Return what a trial is called, and what was asked and how."""
    return {
        "churn": Word(_("Who is about to leave"), _("Of everybody who was here in the window before a moment: who does nothing in a window as long after it? Asked in the last two fifths of the history, with weights learnt in the first three (below 500 members: weights from other communities).")),
        "super_nodes": Word(_("Who holds it together"), _("Of everybody active in the window before a moment: to whom do how many different people turn in the window after it? Score: √(attention got × attention given), each person counted by the root of the live acts.")),
        "ties": Word(_("Which ties are alive"), _("Of all pairs who were in touch lately: which are in touch again after the moment? Score: the live acts of both directions together.")),
        "introductions": Word(_("Whom to introduce"), _("Of all pairs of active people who never were in touch and have an acquaintance in common: which are in touch in the window after the moment, by themselves? What introducing them adds is measured by holding a random half back.")),
        "seeds": Word(_("Whom to hand a launch to"), _("Twenty people are chosen (fewer in a small community). Which share of all who are in touch with anybody in the window after the moment turns to one of them? Score: lazy greedy choice of the largest expected coverage, 1 − Π(1 − p) with p = 1 − e^(−live acts).")),
    }[name]  # fmt: skip


def measure(key: str) -> Word:
    return {
        "auc": Word(_("right of 100"), _("Of 100 pairs of one case that came true and one that did not, in how many the first stood higher; 50 is chance (AUC).")),
        "two_way_auc": Word(_("both ways"), _("The same, for being in touch in both directions.")),
        "spearman": Word(_("order"), _("How far the order is that of what came: 100 the same, 0 none (Spearman's ρ).")),
        "ndcg50": Word(_("first 50"), _("What the 50 put first came to, as a share of the best 50 possible; places further down count less (NDCG@50).")),
        "found": Word(_("leavers found"), _("Of those who left, how many stood on the list of those likelier to leave than to stay; every order with a list as long. Newcomers of 30 days and people of one or two acts stand on no list.")),
        "right": Word(_("of the list left"), _("Of those on the list, how many left.")),
        "newcomer_auc": Word(_("newcomers"), _("Right of 100, among people who came less than 30 days before the moment.")),
        "precision100": Word(_("of the first 100"), _("Of the 100 pairs put first, how many were in touch.")),
        "coverage": Word(_("reached"), _("The share of all who were in touch with anybody that turned to one of the chosen.")),
    }[key]  # fmt: skip


def percent(value: float) -> str:
    return f"{100 * value:.1f}"


def sentence(name: str, record: Record) -> str:
    """Say in one sentence how a trial came out, beside the best simple order."""
    key = {"churn": "found", "super_nodes": "ndcg50", "introductions": "precision100"}.get(name, "")
    key = key if key in record.metric else next(iter(record.metric))
    best = rival(record, key)
    ours, theirs = _apart(record.metric[key], record.baselines[best].get(key, 0.0))
    facts = {"ours": ours, "theirs": theirs, "rival": order_name(best)}
    return {
        "auc": _("Of a case that came true and one that did not, the score put the right one first in %(ours)s of 100; the best simple order (%(rival)s) in %(theirs)s."),
        "found": _("On your own history this list found %(ours)s%% of those who left; a list as long by the best simple order (%(rival)s) found %(theirs)s%%."),
        "ndcg50": _("The 50 put first drew %(ours)s%% of what the best 50 possible would have drawn; by the best simple order (%(rival)s) %(theirs)s%%."),
        "precision100": _("Of the 100 pairs put first %(ours)s came in touch by themselves; by the best simple order (%(rival)s) %(theirs)s."),
        "coverage": _("%(ours)s%% of all who were in touch with anybody turned to one of the chosen; chosen by the best simple order (%(rival)s) %(theirs)s%%."),
    }[key] % facts  # fmt: skip


def _apart(ours: float, theirs: float) -> tuple[str, str]:
    """Write two shares as percents, whole ones or with as few decimals as tell them apart."""
    places = next((n for n in (0, 1) if round(100 * ours, n) != round(100 * theirs, n)), 2)
    return f"{100 * ours:.{places}f}", f"{100 * theirs:.{places}f}"


def rival(record: Record, key: str) -> str:
    """Return the simple order that does best by a measure."""
    others = [name for name in record.baselines if name != "random"] or list(record.baselines)
    return max(others, key=lambda name: record.baselines[name].get(key, -1.0))


def rows(record: Record) -> list[tuple[str, bool, dict[str, float]]]:
    """Return every order, the best by the deciding measure first: its name, whether it is ours, its marks."""
    every = {SCORE: record.metric, **record.baselines}
    first = next(iter(record.metric))
    ordered = sorted(every, key=lambda name: (-every[name].get(first, -1.0), name != SCORE))
    return [(order_name(name), name == SCORE, dict(every[name])) for name in ordered]


def headline(records: list[Record]) -> str:
    """Say of how many trials the score is the best order here."""
    said = [record for record in records if record.metric]
    if not said:
        return _("Too little to say yet")
    best = sum(record.beats for record in said)
    if best == len(said):
        return _("Every score beats the simple orders here")
    return ngettext(
        "%(best)s score of %(all)s beats every simple order here",
        "%(best)s scores of %(all)s beat every simple order here",
        best,
    ) % {"best": best, "all": len(said)}
