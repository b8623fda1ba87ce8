"""Notices on devices: one message of few words, which the service worker shows (`templates/sw.js`)."""

import json
import re
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from kith.connect import api as connect
from kith.connect.api import Bundle
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, Person
from kith.web import notice_words

SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
# A browser also calls itself by the names of those before it: the most particular comes first.
BROWSERS = {"MicroMessenger": "WeChat", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip


def send(*, slug: str, person_id: int, now: datetime) -> int:
    """Show what waits for somebody on their devices; returns how many took it."""
    try:
        community, reader = people.community(slug), people.person(person_id)
    except NotFound:
        return 0
    if reader is None or not reader.is_active:
        return 0
    bundles = connect.push_out(community=community, person=reader, now=now, home=settings.TIME_ZONE)
    return connect.push(person=reader, text=written(community, reader, bundles), now=now) if bundles else 0


def written(community: Community, reader: Person, bundles: list[Bundle]) -> str:
    """Say it as the bell does, in the reader's language, without an excerpt: a locked screen shows it to everybody."""
    with translation.override(reader.language or community.language):
        if len(bundles) == 1:
            says, path = notice_words.words(bundles[0]), notice_words.leads_to(community, bundles[0])
        else:
            many = ngettext("%(num)s thing for you", "%(num)s things for you", len(bundles))
            says, path = many % {"num": len(bundles)}, reverse("notices", kwargs={"slug": community.slug})
    facts = {"title": community.name, "body": says, "path": path, "tag": community.slug}
    return json.dumps(facts, ensure_ascii=False)


def label(user_agent: str) -> str:
    """Return what a device may be called in a list: “Firefox · Android”; "" for what nobody knows."""
    found = [name for word, name in BROWSERS.items() if re.search(rf"\b{word}/", user_agent)][:1]
    return " · ".join(found + [word for word in SYSTEMS if word in user_agent][:1])
