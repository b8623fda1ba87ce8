"""What is set for a provider, and what is missing. Nothing is built before it is used: keys may be changed, libraries be absent."""

from collections.abc import Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from kith.launch.data import TooOld, UnknownProvider
from kith.launch.rules import MAX_AGE_SECONDS

TIMEOUT_SECONDS = 5
FILES = ("private_key", "public_key")


def found(name: str) -> Mapping[str, str]:
    """Return what is set for a provider.

    Raises:
        UnknownProvider: it is not set up whole.

    """
    if lacks(name):
        raise UnknownProvider
    kept: dict[str, str] = settings.PAY[name]
    return kept


# Of each provider: the module of its library, the extra that brings it, and what must be set.
NEEDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "wechatpay": ("wechatpayv3", "kith[wechatpay]", ("app", "merchant", "api_key", "serial", "private_key", "public_key", "public_key_id")),
    "alipay": ("alipay", "kith[alipay]", ("app", "seller", "private_key", "public_key")),
    "stripe": ("stripe", "kith[stripe]", ("key", "webhook_secret")),
}  # fmt: skip


def is_begun(name: str) -> bool:
    """Tell whether somebody has set anything for a provider."""
    return bool(settings.PAY[name])


def lacks(name: str) -> list[str]:
    """Return what is missing: a library, variables, files that cannot be read."""
    module, extra, keys = NEEDS[name]
    kept = settings.PAY[name]
    missing = [variable(name, key) for key in keys if not kept.get(key)]
    missing += [kept[key] for key in FILES if key in keys and kept.get(key) and not Path(kept[key]).is_file()]
    return missing if find_spec(module) else [extra, *missing]


def variable(name: str, key: str) -> str:
    return f"KITH_{name.upper()}_{key.upper()}"


def pem(path: str) -> str:
    return Path(path).read_text()


def told_at(name: str) -> str:
    """Return the address a provider tells us at."""
    return str(settings.ADDRESS) + reverse("hear", kwargs={"provider": name})


def whole(path: str) -> str:
    """Return the whole address of a page of ours."""
    return str(settings.ADDRESS) + path


def check_age(at: float, now: datetime, *, most_seconds: int = MAX_AGE_SECONDS) -> None:
    """Let pass what was signed lately, by the clock of both.

    Raises:
        TooOld: it is older, or from more than five minutes ahead.

    """
    age = now.timestamp() - at
    if not -MAX_AGE_SECONDS <= age <= most_seconds:
        raise TooOld
