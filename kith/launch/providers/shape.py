"""What every provider can do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from kith.launch.data import Ask, PayAt, Told


class Provider(Protocol):
    """A way to pay.

    `is_by_hand`: nobody is called, two of the community's people see the money. `charge` and `refund` may be asked again
    under the same reference: it is the same payment. `thanks` is what a message is answered with, "" where anything will do.
    """

    name: str
    is_by_hand: bool
    thanks: str

    def reach(self, via: str) -> str:
        """Return by which of its pages somebody who comes by `via` can pay, "" for none: to another page belongs another reference."""
        ...

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        """Ask for money; return where it is paid. Raises ProviderDown, ProviderRefused."""
        ...

    def refund(self, ask: Ask, now: datetime) -> None:
        """Give money back. Raises ProviderDown, ProviderRefused: it cannot be given back this way."""
        ...

    def query(self, ask: Ask) -> Told | None:
        """Return how a payment, or with `of_ref` a refund, ended; None while it has not, or nobody knows of it. Raises ProviderDown."""
        ...

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told | None:
        """Read a message; None where it is about nothing of ours. Raises Forged, TooOld, WrongMerchant."""
        ...
