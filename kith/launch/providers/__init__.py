"""Ways to pay. A module each, behind one shape; what differs between them stays inside."""

from kith.launch.data import UnknownProvider
from kith.launch.providers import manual, sandbox
from kith.launch.providers.shape import Provider

REGISTRY: dict[str, Provider] = {p.name: p for p in (manual.Manual(), sandbox.Sandbox())}


def named(name: str) -> Provider:
    """Return a provider.

    Raises:
        UnknownProvider: there is none of that name.

    """
    if name not in REGISTRY:
        raise UnknownProvider
    return REGISTRY[name]


__all__ = ["REGISTRY", "Provider", "named"]
