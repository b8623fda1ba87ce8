"""Ways to pay that can be asked again without their owner: by a mandate. A provider that cannot is simply not in MANDATED."""

import secrets
from datetime import datetime
from typing import Protocol

from kith.launch.data import Ask
from kith.launch.models import SandboxMandate, SandboxPayment
from kith.launch.rules import new_number


class ByMandate(Protocol):
    """`charge_by` may be asked again under the same reference: it is the same payment. How it ended is asked by `query`."""

    def sign(self, now: datetime) -> str:
        """Have a mandate signed; return what it is called there."""
        ...

    def charge_by(self, token: str, ask: Ask, now: datetime) -> None:
        """Take money by a mandate. Raises ProviderDown."""
        ...

    def end(self, token: str) -> None:
        """End a mandate there as well."""
        ...


class SandboxMandates:
    """The sandbox signs at once, and takes or declines as it was told to."""

    def sign(self, now: datetime) -> str:
        return SandboxMandate.objects.create(token=f"SM{secrets.token_hex(12)}", made_at=now).token

    def charge_by(self, token: str, ask: Ask, now: datetime) -> None:
        is_fine = SandboxMandate.objects.filter(token=token, declines=False, is_ended=False).exists()
        SandboxPayment.objects.get_or_create(
            our_ref=ask.our_ref,
            defaults={
                "their_ref": f"SB{new_number(now)}", "amount_minor": ask.amount_minor, "currency": ask.currency, "title": ask.title,
                "back": ask.back, "state": "done" if is_fine else "failed", "made_at": now,
            },
        )  # fmt: skip

    def end(self, token: str) -> None:
        SandboxMandate.objects.filter(token=token).update(is_ended=True)


MANDATED: dict[str, ByMandate] = {"sandbox": SandboxMandates()}
