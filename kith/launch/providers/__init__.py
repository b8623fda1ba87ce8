"""Ways to pay. A module each, behind one shape; what differs between them stays inside."""

from kith.launch.data import UnknownProvider
from kith.launch.providers import by_alipay, by_stripe, by_wechat, manual, sandbox, setup
from kith.launch.providers.shape import Provider

ALL: tuple[Provider, ...] = (
    by_wechat.WeChatPay(),
    by_alipay.Alipay(),
    by_stripe.Stripe(),
    manual.Manual(),
    sandbox.Sandbox(),
)
REGISTRY: dict[str, Provider] = {p.name: p for p in ALL}
# Which money the real ones move; any currency of the books would be a promise.
CURRENCIES = {"wechatpay": {"CNY"}, "alipay": {"CNY"}, "stripe": {"CNY", "USD", "EUR", "JPY"}}


def named(name: str) -> Provider:
    """Return a provider.

    Raises:
        UnknownProvider: there is none of that name.

    """
    if name not in REGISTRY:
        raise UnknownProvider
    return REGISTRY[name]


def real_ones(currency: str) -> tuple[str, ...]:
    """Return the providers that are set up whole and move this money."""
    return tuple(name for name, moved in CURRENCIES.items() if currency in moved and not setup.lacks(name))


__all__ = ["CURRENCIES", "REGISTRY", "Provider", "named", "real_ones", "setup"]
