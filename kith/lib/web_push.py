"""Web push: the key by which browsers know a server (VAPID, RFC 8292), and messages only one of them can read (RFC 8291).

The library is an extra, `kith[push]`; the key needs none. It is drawn from the server's secret, as seals are: the same on every machine that runs
this server, and nothing more is to be kept. Another secret is another key, and devices have to be turned on again.
"""

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VALID = timedelta(hours=12)  # services take no signature that holds longer than a day
KEEP_SECONDS = 86_400  # how long a service keeps a message for a device that is off
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT_BYTES, AUTH_BYTES = 65, 16


def is_installed() -> bool:
    """Tell whether the extra is there."""
    return find_spec("pywebpush") is not None


@lru_cache(4)
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    # 128 bits more than the order: as good as even.
    drawn = hashlib.shake_256(f"web-push\0{secret}".encode()).digest(48)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (ORDER - 1) + 1, CURVE)


def public_key(secret: str) -> str:
    """Return what a browser is to be given, in base64url."""
    point = _key(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def are_keys(point: str, auth: str) -> bool:
    """Tell whether these are a browser's keys: a point of the curve, and sixteen bytes, in base64url."""
    try:
        raw, shared = _bytes(point), _bytes(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
    except (ValueError, binascii.Error):
        return False
    return len(raw) == POINT_BYTES and len(shared) == AUTH_BYTES


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def closed(
    text: str, *, endpoint: str, point: str, auth: str, secret: str, contact: str, now: datetime
) -> tuple[bytes, dict[str, str]]:
    """Return the body only that browser can read, and the headers that say who sends it. Wants the extra."""
    from py_vapid import Vapid02  # noqa: PLC0415 -- an extra, and slow to load
    from pywebpush import WebPusher  # noqa: PLC0415 -- the same

    where = urlsplit(endpoint)
    pusher = WebPusher({"endpoint": endpoint, "keys": {"p256dh": point, "auth": auth}})
    claims = {"sub": contact, "aud": f"{where.scheme}://{where.netloc}", "exp": int((now + VALID).timestamp())}
    headers = {
        "content-type": "application/octet-stream", "content-encoding": "aes128gcm", "ttl": str(KEEP_SECONDS), "urgency": "normal",
        "authorization": Vapid02(_key(secret)).sign(claims)["Authorization"],
    }  # fmt: skip
    return pusher.encode(text.encode())["body"], headers
