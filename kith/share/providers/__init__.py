"""Ways to pay out: `manual` is nobody's door, a person transfers it; the sandbox moves no money and says so."""

from typing import Protocol

from kith.share.providers import sandbox


class Provider(Protocol):
    """A way to pay out that is called. `send` may be asked again under the same reference: it is the same payout."""

    def send(self, ref: str, amount_minor: int, currency: str) -> None:
        """Pay. Raises PayoutServiceDown: nobody knows whether it heard."""
        ...

    def query(self, ref: str) -> tuple[str, str] | None:
        """Return (waiting, done or failed, their reference), None when it never heard of it. Raises PayoutServiceDown."""
        ...


REGISTRY: dict[str, Provider] = {"sandbox": sandbox.Sandbox()}

__all__ = ["REGISTRY", "Provider", "sandbox"]
