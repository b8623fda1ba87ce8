"""Notices and digests by mail; whoever reads one can stop them all by one click."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.connect import api as connect
from kith.connect.api import Bundle, excerpt
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import BadLink, Community, Person
from kith.web import notice_words
from kith.web.letters import INLINER, Letter, leads_nowhere, post

SALT = "kith.notices"
EXCERPT = 140


def send(*, slug: str, person_id: int, now: datetime) -> bool:
    """Mail somebody what waits for them; False when nothing is to go now."""
    return _send(slug, person_id, now, is_digest=False)


def send_digest(*, slug: str, person_id: int, now: datetime) -> bool:
    """Mail somebody their digest; False when it went before, or holds nothing."""
    return _send(slug, person_id, now, is_digest=True)


def _send(slug: str, person_id: int, now: datetime, *, is_digest: bool) -> bool:
    try:
        community, reader = people.community(slug), people.person(person_id)
    except NotFound:
        return False
    if reader is None or not reader.email or not reader.is_active or leads_nowhere():
        return False
    about: dict[str, Any] = {"community": community, "person": reader, "now": now, "home": settings.TIME_ZONE}
    with transaction.atomic():
        bundles, best = connect.digest_out(**about) if is_digest else (connect.mail_out(**about), [])
        if bundles or best:
            post(written(community, reader, bundles, best, is_digest=is_digest))
    return bool(bundles or best)


def written(community: Community, reader: Person, bundles: list[Bundle], best: list[Any], *, is_digest: bool) -> Letter:
    """Write it in the reader's language, or that of the community."""
    stop = settings.ADDRESS + reverse("stop_notices", kwargs={"token": token(community, reader)})
    with translation.override(reader.language or community.language):
        subject = _subject(bundles, is_digest=is_digest)
        facts = {
            "community": community, "root": settings.ADDRESS, "subject": subject, "is_digest": is_digest, "stop": stop,
            "lines": [(notice_words.words(b), notice_words.why(community, b), notice_words.leads_to(community, b), b.by) for b in bundles],
            "best": [(p, excerpt(p.text, EXCERPT)) for p in best],
        }  # fmt: skip
        html = INLINER.inline(render_to_string("mail/notices.html", facts, using="jinja2"))
        text = render_to_string("mail/notices.txt", facts, using="jinja2")
    return Letter(community.slug, reader.email or "", f"{subject} · {community.name}", html, text, stop)


def _subject(bundles: list[Bundle], *, is_digest: bool) -> str:
    if is_digest:
        return _("What you may have missed")
    if len(bundles) == 1:
        return notice_words.words(bundles[0]).rstrip("。.")
    return ngettext("%(num)s thing for you", "%(num)s things for you", len(bundles)) % {"num": len(bundles)}


def token(community: Community, reader: Person) -> str:
    """Return what ends the mail of somebody's notices without signing in; it never runs out, as old mails do not."""
    return signing.dumps([community.slug, reader.pk], salt=SALT)


def opened(token: str) -> tuple[Community, int]:
    """Return whose mail about what a token is for.

    Raises:
        BadLink: nobody was ever given it, or its community is gone.

    """
    with suppress(signing.BadSignature, NotFound):
        slug, person_id = signing.loads(token, salt=SALT)
        return people.community(slug), person_id
    raise BadLink
