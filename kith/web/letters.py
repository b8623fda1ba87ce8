"""The weekly letter: the pulse by mail, to founders and operators, on Monday morning."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from kith.connect import api as connect
from kith.lib.errors import NotFound, Refusal
from kith.people import api as people
from kith.people.api import BadLink, Community, NotAMember, Person
from kith.see import api as see
from kith.see.api import NotReported, Report
from kith.web.pages import report_words as words
from kith.web.pages.guard import Here
from kith.web.pages.pulse import figures

SALT = "kith.letter"
NAMED = 5
SILENT = timedelta(days=30)
# Media queries stay in the head, for the dark; all else moves to where mail readers look for it.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class NoAddress(Refusal):
    sentence = gettext_noop("No letter goes out: its links would lead to %(address)s. Set KITH_ADDRESS to where people reach this server.")  # fmt: skip
    status = 503


class NoReader(Refusal):
    sentence = gettext_noop("No letter goes to %(address)s: nobody with it runs this community and takes the letter.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one reader, as it goes out; `about` is the community's slug, `stop` the address that ends the letters, by one click."""

    about: str
    to: str
    subject: str
    html: str
    text: str
    stop: str


def waiting(*, now: datetime) -> Iterator[tuple[Community, Person]]:
    """Yield to whom the letter of this week is still to go; nobody outside of Monday and Tuesday.

    None goes out about an invented community, nor where nobody acted for a month: it would say each week what the last one said.
    """
    week_on = see.letter_week(timezone.localtime(now))
    for community in people.every_community() if week_on else ():
        assert week_on
        left = _left(community, week_on)
        if left and _moves(community, now):
            yield from ((community, reader) for reader in left)


def _left(community: Community, week_on: date) -> list[Person]:
    went = see.letters_of(community, week_on=week_on)
    return [reader for reader in see.letter_readers(community) if reader.pk not in went]


def _moves(community: Community, now: datetime) -> bool:
    try:
        report = see.report(community, now=now)
    except NotReported:
        return False
    # A report is made anew only when something was added to the book: an old one means silence.
    return not community.is_demo and report.findings.numbers.acts > 0 and now - report.at < SILENT


def deliver(*, community: Community, reader: Person, week_on: date, now: datetime) -> bool:
    """Send the letter of a week to a reader; False when it went before. What cannot be sent was not sent: it may be tried again.

    Raises:
        NotReported: the first report is being made.
        NoAddress: links would lead nowhere.

    """
    letter = written(community=community, reader=reader, now=now)
    with transaction.atomic():
        is_new = see.keep_letter(community=community, person_id=reader.pk, week_on=week_on, now=now)
        if is_new:
            post(letter)
    return is_new


def leads_nowhere() -> bool:
    """Tell whether mail goes out whose links nobody could follow."""
    return settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.ADDRESS_IS_REACHED


def post(letter: Letter) -> None:
    """Send a letter the way all mail goes here; whoever reads it can stop it by one click (RFC 8058).

    Raises:
        NoAddress: mail goes out, but links would lead nowhere.

    """
    if leads_nowhere():
        raise NoAddress(address=settings.ADDRESS)
    headers = {
        "List-Unsubscribe": f"<{letter.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{letter.about}.letters.{urlsplit(settings.ADDRESS).hostname or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    mail.send()


def written(*, community: Community, reader: Person, now: datetime) -> Letter:
    """Write the letter about a community to a reader, in their language or that of the community.

    Raises:
        NotReported: the first report is being made.

    """
    report = see.report(community, now=now)
    with translation.override(reader.language or community.language):
        facts = _facts(community, reader, report, now)
        html = INLINER.inline(render_to_string("mail/letter.html", facts, using="jinja2"))
        text = render_to_string("mail/letter.txt", facts, using="jinja2")
    return Letter(
        community.slug, reader.email or "", f"{community.name} · {facts['headline']}", html, text, facts["stop"]
    )


def _facts(community: Community, reader: Person, report: Report, now: datetime) -> dict[str, Any]:
    at = report.at if report.is_silent else now
    unheard = see.unheard(community, at=at)
    at_risk = see.at_risk(community, at=report.at, limit=NAMED + 1)
    posts = [_post_id(u.source) for u in unheard[:NAMED]]
    return {
        "community": community, "reader": reader, "report": report, "now": now, "root": settings.ADDRESS, "headline": see.headline(report),
        "errands": [e for e in see.errands(community, now=now) if e.is_running], "title": see.errand_title, "why": see.why,
        "figures": figures(Here(community, None, None), report),
        "at_risk": at_risk[:NAMED], "more_at_risk": len(at_risk) > NAMED, "unheard": unheard[:NAMED], "more_unheard": len(unheard) > NAMED,
        "titles": connect.titles(community, [p for p in posts if p], reader=reader), "post_id": _post_id,
        "stage": words.stage_name(report.findings.stage.now), "advice": words.stage_advice(report.findings.stage.now),
        "alarms": [words.crisis_word(name) for name, crisis in report.findings.crises.items() if crisis.alarm],
        "stop": settings.ADDRESS + reverse("letters", kwargs={"token": token(community, reader)}),
    }  # fmt: skip


def _post_id(source: str) -> int:
    """Return the post a source names, 0 for none."""
    number = source.removeprefix("post:")
    return int(number) if source.startswith("post:") and number.isdecimal() else 0


def token(community: Community, reader: Person) -> str:
    """Return what ends somebody's letters without signing in; it never runs out, as old letters do not."""
    return signing.dumps([community.slug, reader.pk], salt=SALT)


def chosen(*, token: str, takes: bool) -> Community:
    """Stop the letters of who holds the token, or take them up again; who is no member any more gets none anyhow.

    Raises:
        BadLink: nobody was ever given this token, or its community is gone.

    """
    community, person_id = opened(token)
    with suppress(NotAMember):
        people.decline(community=community, person_id=person_id, letters=not takes)
    return community


def opened(token: str) -> tuple[Community, int]:
    """Return whose letters about what a token is for.

    Raises:
        BadLink: as `chosen` says.

    """
    try:
        slug, person_id = signing.loads(token, salt=SALT)
        return people.community(slug), person_id
    except (signing.BadSignature, NotFound) as fault:
        raise BadLink from fault
