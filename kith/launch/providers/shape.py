"""What every provider can do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from kith.launch.data import Ask, Told


class Provider(Protocol):
    """A way to pay.

    `is_by_hand`: nobody is called, two of the community's people see the money. `charge` and `refund` may be asked again
    under the same reference: it is the same payment.
    """

    name: str
    is_by_hand: bool

    def charge(self, ask: Ask, now: datetime) -> str:
        """Ask for money; return the address where it is paid, "" for none. Raises ProviderDown."""
        ...

    def refund(self, ask: Ask, now: datetime) -> None:
        """Give money back. Raises ProviderDown."""
        ...

    def query(self, our_ref: str) -> Told | None:
        """Return how a payment ended; None while it has not, or nobody knows of it. Raises ProviderDown."""
        ...

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told:
        """Read a message. Raises Forged, TooOld, WrongMerchant."""
        ...
