"""The Jinja2 environment of the pages: strict, escaped, translated."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import segno
from babel.dates import format_skeleton, format_timedelta
from babel.numbers import format_decimal
from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static as django_static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, ngettext
from jinja2.runtime import Context
from markupsafe import Markup

from kith.connect.api import Said, SpaceValue, excerpt
from kith.gather import api as gather
from kith.lib import svg
from kith.lib.money import show_money
from kith.see.api import Node, band, sentence
from kith.web.figure_words import figure_text, figure_word, treasure_word
from kith.web.pieces import piece
from kith.web.share_words import line_word, payout_word, percent, policy_word, role_word
from kith.web.tier_words import limit_word, measure_text, measure_word, right_word
from kith.web.words import act_words, channel_word, doubt_word, kind_word, order_word, pay_word

RECENT_DAYS = 7


def begin(said: Said, characters: int) -> str:
    """Return the beginning of a post's text, in whose place it is said that flags cover it."""
    return gettext("flagged, not decided yet") if said.is_blurred and not said.mine else excerpt(said.text, characters)


def spoken(word: Callable[[str], str]) -> Callable[[Context, str], str]:
    """Return a filter that gives a word in the reader's language: without the context Jinja asks for a constant's once, when it compiles the page."""

    @jinja2.pass_context
    def said_now(_: Context, name: str) -> str:
        return word(name)

    return said_now


def locale() -> str:
    """Return the active language as Babel names it."""
    return "zh_Hans" if (translation.get_language() or "zh").startswith("zh") else "en"


def age(seconds: float) -> tuple[str, int]:
    """Return how long ago as people count it: ("minutes", 5), ("hours", 3), ("days", 2), or ("date", 0) after a week."""
    if seconds < 3600:
        return "minutes", max(0, int(seconds // 60))
    if seconds < 86_400:
        return "hours", int(seconds // 3600)
    if seconds < RECENT_DAYS * 86_400:
        return "days", int(seconds // 86_400)
    return "date", 0


def ago(at: datetime) -> str:
    """Return how long ago, in words; a date when it is more than a week."""
    unit, many = age((timezone.now() - at).total_seconds())
    if unit == "date":
        return day(at)
    return _ago(unit, many, locale()) if many else gettext("just now")


@lru_cache(2048)
def _ago(unit: str, many: int, language: str) -> str:
    return str(format_timedelta(-timedelta(**{unit: many}), add_direction=True, locale=language, threshold=1))


def day(at: datetime) -> str:
    """Return the date, with its year unless it is this one."""
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return _day(here, timezone.localtime().year, locale())


def full_day(at: datetime) -> str:
    """Return the date with its year: for what is taken away and kept."""
    return _day(at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), 0, locale())


@lru_cache(2048)
def _day(here: date, this_year: int, language: str) -> str:
    return str(format_skeleton("MMMd" if here.year == this_year else "yMMMd", here, locale=language))


def number(value: float) -> str:
    return str(format_decimal(value, locale=locale()))


def money(amount_minor: int, currency: str, scale: int) -> str:
    """Return an amount with its sign of currency."""
    return show_money(amount_minor, currency=currency, scale=scale, locale=locale())


def moment(at: datetime) -> str:
    """Return the date and the minute, in the time zone of the server; with its year unless it is this one."""
    return f"{day(at)} {at.astimezone(ZoneInfo(settings.TIME_ZONE)):%H:%M}"


# Names of files and addresses do not change while a process lives, and a page asks for a hundred.
@lru_cache(512)
def static(path: str) -> str:
    return django_static(path)


@lru_cache(8192)
def url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(512)
def icon(name: str, cls: str = "") -> Markup:
    """Return a Lucide icon from the sprite; decorative, so hidden from screen readers."""
    return Markup('<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        cls, static("vendor/icons.svg"), name
    )


def initial(name: str) -> str:
    """Return what stands in an avatar: the last character of a Chinese name, the first letter of another."""
    return name[-1] if name and "\u3400" <= name[-1] <= "\u9fff" else name[:1].upper()


def hue(person_id: int) -> int:
    """Return one of twelve hues, the same for a person everywhere."""
    return person_id * 7 % 12


def reason(node: Node) -> str:
    """Return the first reason why somebody matters, in words."""
    return sentence(node.reasons[0]) if node.reasons else ""


def format_facts(sentence: str, facts: Mapping[str, object]) -> str:
    """Fill the %(name)s places of a translated sentence."""
    return sentence % facts if facts else sentence


def said(sentence: str, **facts: object) -> Markup:
    """Translate as the `gettext` of Jinja2 does, at a fifth of its price: a page asks for dozens."""
    return Markup(gettext(sentence)) % facts if facts else _said(sentence, translation.get_language())  # noqa: S704


@lru_cache(4096)
def _said(sentence: str, language: str | None) -> Markup:
    return Markup(gettext(sentence)) % {}  # noqa: S704 -- our own words, and the translators'


def names_of(spaces: Iterable[SpaceValue]) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """Name all that a piece of a template shows of spaces."""
    return tuple((s.id, s.name, s.kinds) for s in spaces)


def qr(text: str) -> Markup:
    """Return a text as a QR code, drawn as SVG."""
    return Markup(segno.make(text, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704 -- drawn by segno


def environment(**options: Any) -> jinja2.Environment:
    from kith.web import event_words  # noqa: PLC0415 -- it imports this module
    from kith.web.pages.kinds import KINDS  # noqa: PLC0415 -- pages import this module

    env = jinja2.Environment(  # noqa: S701 -- Django turns autoescape on in `options`
        **options | {"undefined": jinja2.StrictUndefined}, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the i18n extension adds it
    env.globals["_"] = said
    env.globals.update(
        post_kinds=KINDS, names_of=names_of, qr=qr,
        url=url, static=static, icon=icon, hue=hue, initial=initial, language=language, rope=svg.rope, act_words=act_words,
        other_language=other_language, money=money, demo=settings.DEMO, piece=piece,
    )  # fmt: skip
    env.filters.update(
        moment_in=event_words.moment_in,
        zone_word=event_words.zone_word,
        day_number=event_words.day_number,
        month_word=event_words.month_word,
        ago=ago,
        day=day,
        full_day=full_day,
        moment=moment,
        order_word=spoken(order_word),
        channel_word=spoken(channel_word),
        doubt_word=spoken(doubt_word),
        pay_word=spoken(pay_word),
        role_word=spoken(role_word),
        payout_word=spoken(payout_word),
        line_word=spoken(line_word),
        percent=percent,
        policy_word=spoken(policy_word),
        number=number,
        iso=datetime.isoformat,
        excerpt=excerpt,
        begin=begin,
        band=band,
        reason=reason,
        kind_word=spoken(kind_word),
        format_facts=format_facts,
        measure_word=measure_word,
        figure_word=figure_word,
        figure_text=figure_text,
        figure_reason=gather.reason_sentence,
        treasure_word=treasure_word,
        measure_text=measure_text,
        right_word=right_word,
        limit_word=limit_word,
    )
    return env


def language() -> str:
    """Return the active language as HTML names it."""
    return "zh-Hans" if locale() == "zh_Hans" else "en"


def other_language() -> str:
    return "en" if locale() == "zh_Hans" else "zh-hans"


def one_token(request: HttpRequest) -> dict[str, object]:
    """Mask the anti-forgery token once for a page; Django would do it at each of its forms."""
    return {"csrf_token": SimpleLazyObject(partial(get_token, request))}


def for_django_templates(request: HttpRequest) -> dict[str, object]:
    """Give allauth's pages what their frame needs."""
    return {"LANG": language(), "other_language": other_language()}
