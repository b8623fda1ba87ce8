"""Who accepted a launch and sold, and how many came of those expected: told to see once the launch is over."""

from datetime import timedelta

from kith.launch import api as launch
from kith.launch.models import Channel
from kith.see import api as see
from kith.see.api import Tally
from tests.conftest import NOW, Cast
from tests.launch.channels import channel, sold, touched
from tests.launch.shop import CLOSES, opened

LATER = CLOSES + timedelta(days=1)


def told(cast: Cast) -> tuple[Tally, ...]:
    launch.tell_promises(community=cast.home, now=LATER)
    return see.report(cast.home, now=LATER).findings.crises["execution"].rows


def test_of_those_who_accepted_it_counts_who_sold_and_who_came_of_the_expected(cast: Cast) -> None:
    opened(cast)
    seller = channel(cast)
    channel(cast, cast.other)
    launch.ask_channel(community=cast.home, slug="autumn", person_id=cast.member.pk, by=cast.founder, now=NOW)
    Channel.objects.filter(code=seller.code).update(expected_people=2.5)
    touched(seller, cast.member)
    sold(cast)
    sold(cast, key="key-00000002")
    assert launch.tell_promises(community=cast.home, now=NOW) is False
    launch.tick(now=CLOSES)
    assert told(cast) == (
        Tally("launch", "launch:autumn", CLOSES, 1, 2), Tally("turn_out", "launch:autumn", CLOSES, 1, 2.5)
    )  # fmt: skip


def test_a_launch_nobody_brought_to_others_promises_nothing(cast: Cast) -> None:
    opened(cast)
    sold(cast)
    launch.tick(now=CLOSES)
    assert launch.tell_every_promise(now=LATER) == 0
    assert told(cast) == ()


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
