"""Devices that show notifications while no page is open."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

DEVICES_LIMIT = 10  # of one person; one more, and the oldest makes room
ENDPOINT_LIMIT = 1_000
KEY_LIMIT = 120
LABEL_LIMIT = 60


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What a browser says of itself when it is asked for notifications: where to send, and for which keys."""

    endpoint: str
    p256dh: str
    auth: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class DeviceValue:
    """A device as its person sees it; `digest` is the SHA-256 of its endpoint, by which a browser knows itself."""

    id: int
    label: str
    digest: str
    made_at: datetime


class BadDevice(Refusal):
    sentence = "These are not an address and keys to which a browser takes notifications."


class PushNotHere(Refusal):
    sentence = "This server sends no notifications to devices."
    status = 409


class NoSuchDevice(NotFound):
    sentence = "You have no such device."
