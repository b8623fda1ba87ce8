"""What one does at the sandbox's page, and how it tells us: through the same door as any provider."""

from datetime import datetime

from procrastinate.contrib.django import app

from kith.launch.actions.hearing import hear
from kith.launch.data import NotNow, SandboxValue
from kith.launch.providers import sandbox
from kith.launch.queries import scale_of

LATE_SECONDS = 10
ENDS = {"pay": "done", "twice": "done", "late": "done", "silent": "done", "fail": "failed"}


def sandbox_payment(*, ref: str) -> SandboxValue:
    """Return a payment as the sandbox shows it.

    Raises:
        NoSuchWire: there is none.

    """
    found = sandbox.payment(ref)
    scale = scale_of(found.currency)
    return SandboxValue(found.our_ref, found.amount_minor, found.currency, scale, found.title, found.back, found.state)


def sandbox_end(*, ref: str, how: str, now: datetime) -> SandboxValue:
    """Pay or refuse at the sandbox: told at once (pay), twice, late, never (silent), or as a failure (fail).

    Raises:
        NoSuchWire: there is no such payment.
        NotNow: there is no such way to end one.

    """
    if how not in ENDS:
        raise NotNow
    sandbox.end(ref, state=ENDS[how])
    if how == "late":
        app.configure_task("launch.tell_sandbox", schedule_in={"seconds": LATE_SECONDS}).defer(ref=ref)
    for _ in range({"late": 0, "silent": 0, "twice": 2}.get(how, 1)):
        sandbox_tell(ref=ref, now=now)
    return sandbox_payment(ref=ref)


def sandbox_tell(*, ref: str, now: datetime) -> str:
    """Send the message about a payment; return what came of it."""
    headers, body = sandbox.message(sandbox.told(sandbox.payment(ref)), now)
    return hear(provider="sandbox", headers=headers, body=body, now=now)
