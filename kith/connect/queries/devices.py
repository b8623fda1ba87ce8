"""Reads of devices."""

from django.conf import settings

from kith.connect.data import DeviceValue
from kith.connect.models import Device
from kith.lib import web_push
from kith.people.api import Person


def devices(person: Person) -> list[DeviceValue]:
    """Return the devices somebody turned on, newest first. One query."""
    rows = Device.objects.filter(person=person).order_by("-pk")
    return [DeviceValue(d.pk, d.label, d.digest, d.made_at) for d in rows]


def push_key() -> str:
    """Return the key a browser is to be given, or "" where this server sends nothing to devices."""
    return web_push.public_key(settings.SECRET_KEY) if web_push.is_installed() else ""


def count_devices() -> int:
    return Device.objects.count()
