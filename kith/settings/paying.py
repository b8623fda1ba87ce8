"""What an operator sets about ways to pay: KITH_WECHATPAY_APP becomes PAY["wechatpay"]["app"]. Keys are files, named by their paths."""

from collections.abc import Mapping

PROVIDERS = ("wechatpay", "alipay", "stripe")


def paying(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: _of(name, environ) for name in PROVIDERS}


def pay_for(environ: Mapping[str, str]) -> frozenset[str]:
    """Return the communities whose own merchant accounts these are: nobody else's money may come to them."""
    return frozenset(slug.strip() for slug in environ.get("KITH_PAY_FOR", "").split(",") if slug.strip())


def _of(name: str, environ: Mapping[str, str]) -> dict[str, str]:
    prefix = f"KITH_{name.upper()}_"
    return {key[len(prefix) :].lower(): v.strip() for key, v in environ.items() if key.startswith(prefix) and v.strip()}
