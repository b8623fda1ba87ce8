"""An invented provider of payouts, with books of its own: for the demo and for trying out. It moves no money."""

from kith.share.models import SandboxPayout


class Sandbox:
    def send(self, ref: str, amount_minor: int, currency: str) -> None:
        """Take it up, or find the one taken up under this reference before."""
        SandboxPayout.objects.get_or_create(ref=ref, defaults={"amount_minor": amount_minor, "currency": currency})

    def query(self, ref: str) -> tuple[str, str] | None:
        found = SandboxPayout.objects.filter(ref=ref).first()
        return (found.state, f"SBP{found.pk}") if found else None


def end(ref: str, state: str) -> tuple[str, str]:
    """Let a payout end, once; return how it ended, and under which reference of the sandbox."""
    SandboxPayout.objects.filter(ref=ref, state="waiting").update(state=state)
    found = SandboxPayout.objects.get(ref=ref)
    return found.state, f"SBP{found.pk}"
