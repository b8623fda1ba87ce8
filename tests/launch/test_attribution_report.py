"""Whose sales they were by other models: each divides the same whole; and what share of a launch came through somebody."""

from kith.launch import api as launch
from kith.launch.api import REPORTED, Part
from tests.conftest import NOW, Cast, account
from tests.launch.channels import channel, public, sold, touched
from tests.launch.shop import opened


def test_six_models_divide_the_same_sales(cast: Cast) -> None:
    public(cast)
    opened(cast)
    first, last = channel(cast), channel(cast, cast.other)
    touched(first, cast.member, days_ago=7)
    touched(last, cast.member, days_ago=0)
    touched(last)  # looked, and did not buy
    touched(first, cast.core)  # their own
    made = sold(cast, BREW=2)
    sold(cast, cast.operator, key="key-00000002", BOOK=1)  # came by itself
    launch.refund(community=cast.home, no=made.no, parts=[Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW)
    found = launch.attribution_report(cast.home, "autumn")
    assert (found.total_minor, found.orders, found.steps, found.people, found.left) == (16800, 1, 2, 2, 1)
    by_name = {r.channel.name: r.by_model for r in found.rows}
    assert {name: sum(models[name] for models in by_name.values()) for name in REPORTED} == dict.fromkeys(
        REPORTED, 16800
    )
    assert by_name["赵穗"]["last_touch"] == 16800
    assert by_name["何以南"]["linear"] == by_name["何以南"]["shapley"] == 8400
    assert by_name["何以南"]["decay"] == 5600
    assert by_name["何以南"]["markov"] == 5600  # half of all walks go on without them, none without the other


def test_a_launch_nobody_came_to_by_a_link_is_divided_by_nobody(cast: Cast) -> None:
    opened(cast)
    channel(cast)
    sold(cast)
    found = launch.attribution_report(cast.home, "autumn")
    assert [set(r.by_model.values()) for r in found.rows] == [{0}]


def test_what_share_of_a_launch_came_through_somebody(cast: Cast) -> None:
    opened(cast)
    touched(channel(cast), cast.member)
    assert launch.sales_without(cast.home, cast.core) == (0, 0)
    sold(cast, BREW=1)
    sold(cast, account("别", "bie@example.org"), key="key-00000002", BREW=3)
    assert launch.sales_without(cast.home, cast.core) == (250_000, 1)
