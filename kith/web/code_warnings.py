"""Mails to who runs a community: the code of a chat group runs out tomorrow."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.connect.api import ChatGroup, GroupCode
from kith.people import api as people
from kith.people.api import Community, Person
from kith.web.jinja import moment
from kith.web.letters import NoAddress


def warn(*, now: datetime) -> int:
    """Warn of every code that runs out within two days, once; returns of how many. What cannot be sent counts as not warned of.

    Raises:
        NoAddress: mail goes out, but links would lead nowhere.

    """
    waiting = connect.running_out(now=now)
    if waiting and settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.ADDRESS_IS_REACHED:
        raise NoAddress(address=settings.ADDRESS)
    return sum(_warn(community, code, group, now) for community, code, group in waiting)


@transaction.atomic
def _warn(community: Community, code: GroupCode, group: ChatGroup, now: datetime) -> bool:
    if not connect.take_warning(community=community, group_id=group.id, now=now):
        return False
    for runner in [] if community.is_demo else people.runners(community):
        _mail(community, code, group, runner).send()
    return True


def _mail(community: Community, code: GroupCode, group: ChatGroup, to: Person) -> EmailMessage:
    address = settings.ADDRESS + reverse("group_code", kwargs={"slug": community.slug, "id": code.id})
    with translation.override(to.language or community.language):
        facts = {"name": group.name, "title": code.title, "at": moment(group.expires_at) if group.expires_at else ""}
        subject = _("The code of “%(name)s” runs out on %(at)s") % facts
        text = _("Behind your group code “%(title)s” the code of “%(name)s” holds until %(at)s. Let WeChat show a new one and upload it:") % facts  # fmt: skip
        after = _("Printed posters stay good. Until there is a new code, visitors are shown the next group, or asked to look in again tomorrow.")  # fmt: skip
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(f"{community.name} · {subject}", f"{text}\n{address}\n\n{after}\n", to=[to.email or ""], headers=headers)  # fmt: skip
