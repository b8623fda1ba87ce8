"""Channels of the cast: 何以南 brings the autumn launch to others, people come by links and buy."""

from datetime import datetime, timedelta

from kith.launch import api as launch
from kith.launch.api import DISCLOSURE_VERSION, ChannelValue, Credit, OrderValue, new_visitor
from kith.launch.models import Order
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.launch.shop import buy, paid


def channel(cast: Cast, person: Person | None = None, slug: str = "autumn", now: datetime = NOW) -> ChannelValue:
    """Have somebody, 何以南 where nobody is named, asked, and let them accept."""
    who = person or cast.core
    asked = launch.ask_channel(community=cast.home, slug=slug, person_id=who.pk, by=cast.founder, now=now)
    return launch.accept_channel(
        community=cast.home, code=asked.code, by=who, disclosure_version=DISCLOSURE_VERSION, now=now
    )


def public(cast: Cast) -> None:
    """Let everybody see the community, so that links work for those who have not signed in."""
    cast.home.visible_to = "public"
    cast.home.save(update_fields=["visible_to"])


def touched(found: ChannelValue, reader: Person | None = None, visitor: str = "", days_ago: float = 0) -> str:
    """Open a link as somebody, or as a browser nobody knows; return what the browser is known by."""
    visitor = visitor or new_visitor()
    assert launch.touch(code=found.code, reader=reader, visitor=visitor, now=NOW - timedelta(days=days_ago))
    return visitor


def sold(cast: Cast, by: Person | None = None, key: str = "key-00000001", now: datetime = NOW, **units: int) -> OrderValue:  # fmt: skip
    made = buy(cast, by, key, now, **units)
    paid(cast, made, by, now)
    return made


def credits_of(order: OrderValue) -> list[Credit]:
    return launch.credits_of(Order.objects.get(no=order.no))
