"""What may stand as a device, and when it is given up. Pure."""

from urllib.parse import urlsplit

from kith.connect.data import ENDPOINT_LIMIT, KEY_LIMIT, LABEL_LIMIT, BadDevice, NewDevice
from kith.lib.outward import BadAddress, checked_address
from kith.lib.text import clean_line
from kith.lib.web_push import are_keys

GONE = (404, 410)  # by which a push service says that a browser has left
VAIN_MOST = 20  # so often nothing arrived on end, and a device is given up


def checked_device(device: NewDevice, *, inner: bool) -> NewDevice:
    """Return a device that can be sent to; `inner` as in `kith.lib.outward`.

    Raises:
        BadDevice: its address is none, or its keys are not.
        InnerAddress: it leads into an inner network.

    """
    try:
        endpoint = checked_address(device.endpoint, inner=inner, limit=ENDPOINT_LIMIT)
    except BadAddress:
        raise BadDevice from None
    keys = (device.p256dh, device.auth)
    if ":" in (urlsplit(endpoint).hostname or "") or max(map(len, keys)) > KEY_LIMIT or not are_keys(*keys):
        raise BadDevice
    return NewDevice(endpoint, *keys, clean_line(device.label)[:LABEL_LIMIT].strip())


def is_given_up(status: int | None, vain: int) -> bool:
    """Tell whether a device is to be forgotten after an answer, `vain` counting this one."""
    return status in GONE or vain >= VAIN_MOST
