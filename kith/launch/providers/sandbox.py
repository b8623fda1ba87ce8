"""An invented provider on this server: for the demo and for trying a launch out. It moves no money and says so.

It keeps books of its own, has a page where one pays or does not, and sends messages like a real one: signed, sometimes
late, twice, or never. Its messages: JSON in `X-Sandbox-Signature: HMAC-SHA256(key, timestamp + "." + body)`.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kith.launch.data import Ask, Forged, NoSuchWire, PayAt, Told, WrongMerchant
from kith.launch.models import SandboxPayment
from kith.launch.providers.setup import check_age
from kith.launch.rules import new_number

MERCHANT = "kith-sandbox"
SIGNATURE, TIMESTAMP = "X-Sandbox-Signature", "X-Sandbox-Timestamp"


class Sandbox:
    name = "sandbox"
    is_by_hand = False
    thanks = ""

    def reach(self, via: str) -> str:
        return "page"

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        """Open a payment, or find the one opened under this reference before."""
        _open(ask, now, state="waiting")
        return PayAt(reverse("sandbox", kwargs={"ref": ask.our_ref}))

    def refund(self, ask: Ask, now: datetime) -> None:
        """Give it back at once; the message says so."""
        _open(ask, now, state="done")

    def query(self, ask: Ask) -> Told | None:
        found = SandboxPayment.objects.filter(our_ref=ask.our_ref).exclude(state="waiting").first()
        return told(found, event_id=f"query-{found.their_ref}-{found.state}") if found else None

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told:
        """Read a message.

        Raises:
            Forged: the signature is not ours, or what it signs is no message.
            TooOld: it was signed more than five minutes ago, or ahead.
            WrongMerchant: it is for another shop.

        """
        stamp = headers.get(TIMESTAMP, "")
        if not hmac.compare_digest(headers.get(SIGNATURE, "").encode(), signature(stamp, body).encode()):
            raise Forged
        check_age(int(stamp), now)
        facts = json.loads(body)
        if facts.pop("merchant", "") != MERCHANT:
            raise WrongMerchant
        try:
            return Told(**facts)
        except TypeError:
            raise Forged from None


def signature(stamp: str, body: bytes) -> str:
    key = hashlib.sha256(f"sandbox\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def message(event: Told, now: datetime, merchant: str = MERCHANT) -> tuple[dict[str, str], bytes]:
    """Return the headers and body that tell an event."""
    facts = {name: getattr(event, name) for name in Told.__dataclass_fields__} | {"merchant": merchant}
    body = json.dumps(facts, sort_keys=True).encode()
    stamp = str(int(now.timestamp()))
    return {TIMESTAMP: stamp, SIGNATURE: signature(stamp, body)}, body


def payment(our_ref: str) -> SandboxPayment:
    """Return a payment.

    Raises:
        NoSuchWire: there is none.

    """
    found = SandboxPayment.objects.filter(our_ref=our_ref).first()
    if found is None:
        raise NoSuchWire
    return found


def end(our_ref: str, *, state: str) -> SandboxPayment:
    """Let a payment be done or fail; it ends once."""
    SandboxPayment.objects.filter(our_ref=our_ref, state="waiting").update(state=state)
    return payment(our_ref)


def told(found: SandboxPayment, event_id: str = "") -> Told:
    kind = "refund" if found.of_ref else "charge"
    return Told(
        event_id=event_id or f"{found.their_ref}-{found.state}", kind=kind, state=found.state, our_ref=found.our_ref,
        their_ref=found.their_ref, amount_minor=found.amount_minor, currency=found.currency, of_ref=found.of_ref,
    )  # fmt: skip


def _open(ask: Ask, now: datetime, *, state: str) -> None:
    SandboxPayment.objects.get_or_create(
        our_ref=ask.our_ref,
        defaults={
            "their_ref": f"SB{new_number(now)}", "of_ref": ask.of_ref, "amount_minor": ask.amount_minor,
            "currency": ask.currency, "title": ask.title, "back": ask.back, "state": state, "made_at": now,
        },
    )  # fmt: skip
