"""By transfer: the buyer pays from their bank, two of the community's people see it arrive. Nothing is called, nothing heard."""

from collections.abc import Mapping
from datetime import datetime

from kith.launch.data import Ask, Forged, PayAt, Told


class Manual:
    name = "manual"
    is_by_hand = True
    thanks = ""

    def reach(self, via: str) -> str:
        return "page"

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        """The order page says where to transfer to."""
        return PayAt()

    def refund(self, ask: Ask, now: datetime) -> None:
        """Somebody transfers it back, and another person confirms that."""

    def query(self, ask: Ask) -> Told | None:
        return None

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told:
        """Nobody speaks for a bank.

        Raises:
            Forged: always.

        """
        raise Forged
