"""Which ways to pay are set up, and which of them somebody can go."""

from collections.abc import Iterable

from kith.launch import providers
from kith.launch.models import Order
from kith.launch.providers import by_wechat, setup
from kith.people.api import Community, Person


def reach_of(provider: str, via: str) -> str:
    """Return by which of its pages somebody can pay who comes by `via`, "" for none."""
    return providers.named(provider).reach(via)


def goes(found: Iterable[str], via: str) -> list[str]:
    """Return those ways to pay which somebody who comes by `via` can go."""
    return [name for name in found if reach_of(name, via)]


def providers_lacking() -> dict[str, list[str]]:
    """Return what is missing of each provider for which anything is set: variables, files, a library; nothing where it is whole."""
    return {name: setup.lacks(name) for name in setup.NEEDS if setup.is_begun(name)}


def is_unpaid(community: Community, no: str, buyer: Person) -> bool:
    """Tell whether an order of somebody still waits for a payment; a page that shows a code asks every few seconds. One query."""
    return Order.objects.filter(community=community, no=no, buyer=buyer, status__in=("placed", "due")).exists()


wechat_entry = by_wechat.entry
wechat_openid = by_wechat.openid
