"""Who accepted a launch and sold, and how many came of those expected: told to see once the launch is over."""

from datetime import datetime, timedelta

from kith.launch import api as launch
from kith.launch.models import Channel
from kith.see import api as see
from kith.see.api import Tally
from tests.conftest import NOW, Cast
from tests.launch.channels import channel, sold, touched
from tests.launch.shop import BREW, CLOSES, opened

LATER = CLOSES + timedelta(days=1)


def told(cast: Cast, crisis: str = "execution", now: datetime = LATER) -> tuple[Tally, ...]:
    launch.tell_promises(community=cast.home, now=now)
    return see.report(cast.home, now=now).findings.crises[crisis].rows


def test_of_those_who_accepted_it_counts_who_sold_and_who_came_of_the_expected(cast: Cast) -> None:
    opened(cast)
    seller = channel(cast)
    channel(cast, cast.other)
    launch.ask_channel(community=cast.home, slug="autumn", person_id=cast.member.pk, by=cast.founder, now=NOW)
    Channel.objects.filter(code=seller.code).update(expected_people=2.5)
    touched(seller, cast.member)
    sold(cast)
    sold(cast, key="key-00000002")
    launch.tell_promises(community=cast.home, now=NOW)
    assert see.report(cast.home, now=NOW).findings.crises["execution"].rows == (), "it runs still"
    launch.tick(now=CLOSES)
    assert told(cast) == (
        Tally("launch", "launch:autumn", CLOSES, 1, 2), Tally("turn_out", "launch:autumn", CLOSES, 1, 2.5)
    )  # fmt: skip


def test_a_launch_nobody_brought_to_others_promises_nothing(cast: Cast) -> None:
    opened(cast)
    sold(cast)
    launch.tick(now=CLOSES)
    assert launch.tell_every_promise(now=LATER) == 1, "of what was sold"
    assert told(cast) == ()


def test_what_was_sold_is_told_by_launch_and_month_less_what_was_given_back(cast: Cast) -> None:
    opened(cast)
    assert launch.tell_every_promise(now=LATER) == 0
    made = sold(cast)
    sold(cast, cast.other, key="key-00000002")
    assert launch.tell_every_promise(now=LATER) == 1
    [row] = told(cast, "efficiency")
    assert (row.name, row.source, row.kept, row.of) == ("sold", f"launch:autumn:{NOW:%Y-%m}", 2 * BREW / 100, 2)
    assert launch.sales_parts(cast.home, [cast.core.pk], now=LATER) == {}
    launch.refund(
        community=cast.home, no=made.no, parts=[launch.Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW
    )
    launch.poll(now=NOW)
    [row] = told(cast, "efficiency", LATER + timedelta(days=1))
    assert (row.kept, row.of) == (BREW / 100, 2)
    assert launch.tell_every_promise(now=LATER) == 0


def test_of_a_years_sales_it_tells_what_came_through_whom(cast: Cast) -> None:
    opened(cast)
    seller = channel(cast)
    touched(seller, cast.member)
    sold(cast)
    sold(cast, cast.other, key="key-00000002")
    here = [cast.core.pk, cast.other.pk]
    assert launch.sales_parts(cast.home, here, now=LATER) == {cast.core.pk: 500_000}
    assert launch.sales_parts(cast.home, here, now=LATER + timedelta(days=366)) == {}


def test_what_was_given_back_is_no_sale(cast: Cast) -> None:
    opened(cast)
    seller = channel(cast)
    touched(seller, cast.member)
    made = sold(cast)
    launch.refund(
        community=cast.home, no=made.no, parts=[launch.Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW
    )
    launch.poll(now=NOW)
    launch.tick(now=CLOSES)
    assert [(t.name, t.kept, t.of) for t in told(cast)] == [("launch", 0, 1)]
    assert launch.tell_every_promise(now=LATER) == 0
