"""The daily report in words: the same sentences on the page, in the text to paste, on the long picture and in the API."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kith.connect.data import Daily, DayNumbers, OpenAsk, PersonOfTheDay, Topic
from kith.connect.queries.daily import day_of
from kith.lib.long_picture import LongWords, Row, Section
from kith.people.api import Community
from kith.see.api import band

FLAMES = (
    "",
    "",
    "🔥",
    "🔥🔥",
    "🔥🔥🔥",
)  # by the bands of warmth; in the text alone, for no face of headlines draws them


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the report: what it is about, and the smaller line below."""

    title: str
    note: str


@dataclass(frozen=True, slots=True)
class DailyWords:
    """A report as it is said in the active language; topics, people and asks in the order of the report's."""

    when: str
    lead: str
    topics: tuple[Said, ...]
    people: tuple[Said, ...]
    asks: tuple[Said, ...]
    more: str
    text: str


def daily_words(community: Community, found: Daily, *, address: str) -> DailyWords:
    """Say a report; `address` is where it can be read on."""
    topics = tuple(Said(_topic(t), _warm(t)) for t in found.topics)
    people = tuple(Said(p.who.name, _touched(p)) for p in found.people)
    asks = tuple(Said(a.title, _waits(a)) for a in found.asks)
    said = DailyWords(_when(found.on), _lead(found), topics, people, asks, _more(found), "")
    text = _text(community, found, said, address)
    return DailyWords(said.when, said.lead, topics, people, asks, said.more, text)


def daily_picture(community: Community, found: Daily, *, address: str) -> LongWords:
    """Return what the long picture of a report says."""
    said = daily_words(community, found, address=address)
    sections = [
        Section(title, [Row(one.title, one.note, lead or str(n)) for n, one in enumerate(lines, 1)])
        for title, lines, lead in _sections(said)
        if lines
    ]
    return LongWords(
        kicker=community.name, title=_("Daily report · %(when)s") % {"when": said.when}, lead=said.lead, sections=sections,
        foot=(_("Scan to read on"), _("and to answer who is waiting")), address=address,
    )  # fmt: skip


def _sections(said: DailyWords) -> list[tuple[str, tuple[Said, ...], str]]:
    return [
        (_("What was talked about"), said.topics, ""),
        (_("People of the day"), said.people, ""),
        (_("Still waiting for an answer"), said.asks, "?"),
    ]


def _text(community: Community, found: Daily, said: DailyWords, address: str) -> str:
    head = _("【%(community)s · daily】%(when)s") % {"community": community.name, "when": said.when}
    parts = [f"{head}\n{said.lead}"]
    for n, (title, lines, _lead_sign) in enumerate(_sections(said)):
        shown = [_line(i, one, found.topics[i - 1] if n == 0 else None) for i, one in enumerate(lines, 1)]
        if shown:
            parts.append("\n".join([f"◆ {title}", *shown]))
    if said.more:
        parts[-1] += f"\n{said.more}"
    parts.append(_("Read on: %(address)s") % {"address": address})
    return "\n\n".join(parts)


def _line(n: int, one: Said, topic: Topic | None) -> str:
    flames = FLAMES[band(topic.heat)] if topic else ""
    return f"{n}. {one.title}{' ' if flames else ''}{flames}\n   {one.note}"


def _locale() -> str:
    return "zh_Hans" if (get_language() or "zh").startswith("zh") else "en"


def _when(on: date) -> str:
    """Return a date with its day of the week, and its year unless it is this one."""
    return str(format_skeleton("MMMEd" if on.year == timezone.localdate().year else "yMMMEd", on, locale=_locale()))


def _day(at: datetime) -> str:
    return str(format_skeleton("MMMd", day_of(at), locale=_locale()))


def _counted(numbers: DayNumbers) -> str:
    messages = ngettext("%(num)s message", "%(num)s messages", numbers.messages) % {"num": f"{numbers.messages:,}"}
    people = ngettext("%(num)s person", "%(num)s people", numbers.people) % {"num": f"{numbers.people:,}"}
    return _("%(messages)s by %(people)s") % {"messages": messages, "people": people}


def _lead(found: Daily) -> str:
    """Say what the day was against a usual one, and whether people turned to one another."""
    if not found.is_told:
        return _("A day of few words: %(counted)s.") % {"counted": _counted(found.numbers)}
    facts = {"counted": _counted(found.numbers), "usual": _counted(found.usual) if found.usual else ""}
    said = {
        "lively": _("Livelier than usual: %(counted)s; usual are %(usual)s."),
        "usual": _("A day like others: %(counted)s; usual are %(usual)s."),
        "quiet": _("Quieter than usual: %(counted)s; usual are %(usual)s."),
    }.get(found.level, _("%(counted)s; there is no usual day to compare with yet."))
    share = round(100 * found.numbers.replies / found.numbers.messages)
    turned = _("%(percent)s%% of the messages turned to somebody.") % {"percent": share}
    return said % facts + ("" if _locale() == "zh_Hans" else " ") + turned


def _topic(topic: Topic) -> str:
    """Return what a topic is called: the word its lines share with one of them, or the beginning of its thread."""
    return _("%(word)s: %(title)s") % {"word": topic.word, "title": topic.title} if topic.word else topic.title


def _warm(topic: Topic) -> str:
    heat = _("%(degrees)s° warm") % {"degrees": f"{topic.heat:.0f}"}
    return f"{heat} · {_counted(DayNumbers(topic.messages, topic.people, 0))}"


def _touched(one: PersonOfTheDay) -> str:
    others = ngettext("in touch with %(num)s person", "in touch with %(num)s people", one.others) % {"num": one.others}
    return f"{others} · {ngettext('%(num)s message', '%(num)s messages', one.messages) % {'num': one.messages}}"


def _waits(ask: OpenAsk) -> str:
    replies = (
        ngettext("%(num)s reply, none accepted yet", "%(num)s replies, none accepted yet", ask.replies)
        % {"num": ask.replies}
        if ask.replies
        else _("nobody has answered yet")
    )
    return f"{ask.who.name} · {_day(ask.at)} · {replies}"


def _more(found: Daily) -> str:
    more = found.asks_open - len(found.asks)
    return ngettext("and %(num)s more", "and %(num)s more", more) % {"num": more} if more else ""
