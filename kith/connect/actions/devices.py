"""Devices: turned on and off by their person, told of notices, and forgotten when they have left."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction

from kith.connect import rules
from kith.connect.data import (
    DEVICES_LIMIT,
    ENDPOINT_LIMIT,
    Bundle,
    DeviceValue,
    Ears,
    NewDevice,
    NoSuchDevice,
    PushNotHere,
)
from kith.connect.models import Device, Hearing, Notice
from kith.connect.queries.telling import as_ears, bundled
from kith.lib import outward, web_push
from kith.lib.sealing import SealBroken, seal, unseal
from kith.people.api import Community, Person

PURPOSE = "device"
GRACE = timedelta(seconds=20)  # what is read at once, on an open page, needs no telling
STALE = timedelta(days=1)
AT_ONCE = 40
SECONDS = 5


@transaction.atomic
def add_device(*, by: Person, device: NewDevice, now: datetime) -> DeviceValue:
    """Turn on notices on a browser of one's own; of ten the oldest makes room.

    Raises:
        PushNotHere: the extra is not installed.
        BadDevice, InnerAddress: nothing can be sent there.

    """
    if not web_push.is_installed():
        raise PushNotHere
    wanted = rules.checked_device(device, inner=settings.PUSH_INNER)
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # or two at once would be one too many
    facts = {
        "person": by, "label": wanted.label, "vain": 0, "made_at": now,
        "sealed": seal(json.dumps(asdict(wanted)), secret=settings.SECRET_KEY, purpose=PURPOSE),
    }  # fmt: skip
    digest = hashlib.sha256(wanted.endpoint.encode()).hexdigest()
    made, _ = Device.objects.update_or_create(digest=digest, defaults=facts)
    mine = Device.objects.filter(person=by).exclude(pk=made.pk).order_by("-made_at", "-pk")
    Device.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[DEVICES_LIMIT - 1 :])).delete()
    return DeviceValue(made.pk, made.label, digest, now)


def drop_device(*, by: Person, device_id: int) -> None:
    """Turn notices off on a browser of one's own.

    Raises:
        NoSuchDevice: they have none of this id.

    """
    if not Device.objects.filter(person=by, pk=device_id).delete()[0]:
        raise NoSuchDevice


def pushes_due(*, now: datetime) -> list[tuple[int, int]]:
    """Return for whom notices wait to be shown on devices, as (community, person)."""
    rows = Notice.objects.filter(pushes=True, at__lt=now - GRACE).order_by("community_id", "person_id")
    return list(rows.values_list("community_id", "person_id").distinct())


@transaction.atomic
def push_out(*, community: Community, person: Person, now: datetime, home: str) -> list[Bundle]:
    """Return what is to be shown on somebody's devices now, and note it as sent; in quiet hours all waits.

    What was read meanwhile, or is older than a day, is not shown. `home` is the time zone of those who named none.
    """
    hearing = Hearing.objects.filter(community=community, person=person).first()
    if rules.is_quiet(as_ears(hearing) if hearing else Ears(), now, home):
        return []
    waiting = Notice.objects.filter(community=community, person=person, pushes=True)
    held = list(waiting.select_for_update(skip_locked=True, of=("self",)).select_related("by").order_by("-pk"))
    Notice.objects.filter(pk__in=[n.pk for n in held]).update(pushes=False)
    return bundled(community, [n for n in held if n.read_at is None and n.at > now - STALE][:AT_ONCE], person)


def push(*, person: Person, text: str, now: datetime) -> int:
    """Send a text to all devices of somebody, outside of any transaction; returns how many took it. What fails is not sent again."""
    return sum(_push(row, text, now) for row in Device.objects.filter(person=person).order_by("pk"))


def _push(row: Device, text: str, now: datetime) -> bool:
    try:
        to = NewDevice(**json.loads(unseal(bytes(row.sealed), secret=settings.SECRET_KEY, purpose=PURPOSE)))
    except SealBroken:  # sealed under another secret, whose key the browser knows too
        row.delete()
        return False
    body, headers = web_push.closed(
        text, endpoint=to.endpoint, point=to.p256dh, auth=to.auth, secret=settings.SECRET_KEY, contact=contact(), now=now
    )  # fmt: skip
    answer = outward.post(
        to.endpoint, body=body, headers=headers, inner=settings.PUSH_INNER, limit=ENDPOINT_LIMIT, seconds=SECONDS
    )
    vain = 0 if answer.is_good else row.vain + 1
    if rules.is_given_up(answer.status, vain):
        row.delete()
    elif vain != row.vain:
        Device.objects.filter(pk=row.pk).update(vain=vain)
    return answer.is_good


def contact() -> str:
    """Return whom a push service is to turn to: where this server stands, or its sender of mails."""
    if settings.ADDRESS_IS_REACHED and settings.ADDRESS.startswith("https://"):
        return str(settings.ADDRESS)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
