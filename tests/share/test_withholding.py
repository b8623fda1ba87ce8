"""Tax kept back of payouts: by the rule of the moment, in an account of its own, on statements and in tables."""

from datetime import timedelta

import pytest

from kith.share import api as share
from kith.share.api import BadWithholding
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import money
from tests.share.sharing import assert_kept, cuts, earned
from tests.share.test_payouts import approve, ask, prove

LATER = NOW + timedelta(seconds=1)


def withhold(cast: Cast, rate: int, at: object = NOW) -> share.RuleValue:
    return share.write_rule(community=cast.home, cuts=cuts(cast), by=cast.founder, now=NOW, withheld_ppm=rate)


@pytest.fixture
def rich(cast: Cast) -> Cast:
    earned(cast)
    share.set_pay_to(community=cast.home, text="招商银行", by=cast.core, now=NOW)
    return cast


def test_a_payout_withholds_by_the_rule_of_its_moment_and_keeps_it_apart(rich: Cast) -> None:
    before = ask(rich, 1000, "payout-01")
    withhold(rich, 200_001)
    made = ask(rich, 2360, "payout-02")
    assert (before.withheld_minor, made.withheld_minor, made.net_minor) == (0, 472, 1888)
    for one in (before, made):
        approve(rich, one.no)
        prove(rich, one.no)
    found = money(rich.home)
    assert (found["bank"], found["withheld"], found.get("transit")) == (2888, 472, None)
    assert_kept()


def test_one_that_is_called_off_withholds_nothing(rich: Cast) -> None:
    withhold(rich, 100_000)
    made = ask(rich)
    share.cancel_payout(community=rich.home, no=made.no, by=rich.core, now=NOW)
    assert "withheld" not in money(rich.home)
    assert_kept()


@pytest.mark.parametrize("rate", [-1, 450_001, 0.2])
def test_no_rule_withholds_more_than_the_law_or_less_than_nothing(cast: Cast, rate: int) -> None:
    with pytest.raises(BadWithholding):
        withhold(cast, rate)


def test_statements_and_tables_show_it(rich: Cast) -> None:
    withhold(rich, 200_000)
    approve(rich, (made := ask(rich)).no)
    prove(rich, made.no)
    share.close_statements(community=rich.home, period="2026-05", now=NOW)
    lines = share.statement(rich.home, rich.core, "CNY", 1).lines
    assert [line.withheld_minor for line in lines] == [0, 672]
    assert "6.72" in signed_in(rich.core).get("/c/shanye/me/statements/CNY/1").content.decode()
    table = signed_in(rich.founder).get("/c/shanye/money/tables/payouts.csv").getvalue().decode()
    assert "33.60,6.72,26.88" in table
    assert "6.72" in signed_in(rich.founder).get(f"/c/shanye/payouts/{made.no}").content.decode()


def test_the_founder_writes_it_in_percent(cast: Cast) -> None:
    founder = signed_in(cast.founder)
    assert (
        founder.post("/c/shanye/money/rules/write", {"go": "rule", "channel": "20", "withheld": "50"}).status_code
        == 400
    )
    assert (
        founder.post("/c/shanye/money/rules/write", {"go": "rule", "channel": "20", "withheld": "12.5"}).status_code
        == 302
    )
    assert share.rules_of(cast.home)[0].withheld_ppm == 125_000
    assert 'value="12.5"' in founder.get("/c/shanye/money/rules").content.decode()
