"""What comes of a sale for those who share in it, from the payment of an order to long after."""

from datetime import timedelta
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch import providers
from kith.launch.api import Part, Told
from kith.launch.models import Wire
from kith.launch.providers import sandbox
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.people.api import change_role
from kith.share import api as share
from kith.share.api import Cut
from tests.conftest import NOW, Cast
from tests.launch.channels import channel, sold, touched
from tests.launch.shop import assert_clean, buy, money, opened, paid, tell

LATER, FINAL = NOW + timedelta(minutes=2), NOW + timedelta(days=7)
NET = 16800 - 1933  # of a brew, whose price has 13 % tax in it


@pytest.fixture
def shop(cast: Cast) -> Cast:
    share.write_rule(
        community=cast.home, by=cast.founder, now=NOW - timedelta(days=1),
        cuts=[Cut("maker", 100_000, person_id=cast.other.pk), Cut("fund", 50_000), Cut("channel", 200_000)],
    )  # fmt: skip
    opened(cast)
    return cast


def back(cast: Cast, no: str, *parts: Part, key: str = "refund-0001") -> launch.WireValue:
    made = launch.refund(community=cast.home, no=no, parts=parts, key=key, by=cast.founder, now=LATER)
    launch.poll(now=LATER + timedelta(minutes=2))
    return made


def left(cast: Cast, no: str) -> dict[str, int]:
    return {p.payee.role: p.kept_minor for p in share.promises_of_sale(cast.home, no)}


def finished(cast: Cast, no: str) -> None:
    launch.ship(community=cast.home, no=no, tracking="", by=cast.founder, now=NOW)
    assert launch.finish_due(now=FINAL) == 1


def owed(cast: Cast) -> int:
    return ledger.balance(cast.home, AccountName("share", "CNY", "person", cast.other.pk))


def test_a_payment_promises_and_the_end_of_the_order_releases(shop: Cast) -> None:
    made = buy(shop, BREW=1)
    assert left(shop, made.no) == {}
    paid(shop, made)
    assert left(shop, made.no) == {"maker": 1487, "fund": 743, "house": NET - 1487 - 743}
    assert money(shop.home) == {"gateway": -16800, "escrow": 16800}
    launch.ship(community=shop.home, no=made.no, tracking="", by=shop.founder, now=NOW)
    assert {p.due_at for p in share.promises_of_sale(shop.home, made.no)} == {FINAL}
    assert [launch.finish_due(now=FINAL) for _ in range(2)] == [1, 0]
    assert money(shop.home) == {"gateway": -16800, "sales": NET - 1487 - 743, "tax": 1933, "share": 1487, "pool": 743}
    assert_clean()


def test_a_refund_before_the_end_shrinks_what_was_promised(shop: Cast) -> None:
    paid(shop, made := buy(shop, BREW=2))
    back(shop, made.no, Part(1, 1))
    assert left(shop, made.no)["maker"] == 1486  # of 14867: less than a cent from a tenth
    back(shop, made.no, Part(1, 1), key="refund-0002")
    assert (set(left(shop, made.no).values()), money(shop.home)) == ({0}, {})
    assert_clean()


def test_fault_23_a_refund_after_the_end_is_taken_back_from_everybody(shop: Cast) -> None:
    paid(shop, made := buy(shop, BREW=2))
    finished(shop, made.no)
    assert owed(shop) == 2973
    back(shop, made.no, Part(1, 1))
    assert owed(shop) == 1486
    back(shop, made.no, Part(1, 1), key="refund-0002")
    assert (owed(shop), money(shop.home)) == (0, {})
    assert_clean()


@pytest.mark.parametrize("when", ["before the end", "after it"])
def test_a_refund_that_fails_gives_everybody_their_part_again(
    shop: Cast, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    class Closed(sandbox.Sandbox):
        def refund(self, ask: Any, now: Any) -> None:
            """Take it up, and fail."""

    paid(shop, made := buy(shop, BREW=1))
    if when == "after it":
        finished(shop, made.no)
    before = left(shop, made.no)
    monkeypatch.setitem(providers.REGISTRY, "sandbox", Closed())
    wire = back(shop, made.no, Part(1, 0, 9999))
    assert sum(left(shop, made.no).values()) < NET
    assert_clean()
    ours, charge = Wire.objects.get(pk=wire.id), Wire.objects.get(dir="charge")
    assert tell(Told("ev-3", "refund", "failed", ours.our_ref, "SBF", 9999, "CNY", of_ref=charge.our_ref)) == "failed"
    assert left(shop, made.no) == before
    assert_clean()


def test_what_costs_nothing_is_shared_without_a_cent(shop: Cast) -> None:
    from tests.launch.shop import drafted  # noqa: PLC0415 -- a second launch of the same offers

    drafted(shop, "gift", kind="plain", per_buyer=None, items=[launch.NewItem("TALK", 0, 5)])
    launch.advance(community=shop.home, slug="gift", to="ready", by=shop.founder, now=NOW)
    launch.advance(community=shop.home, slug="gift", to="open", by=shop.founder, now=NOW)
    (found,) = launch.launch_page(shop.home, "gift", now=NOW).items
    made = launch.place(community=shop.home, campaign="gift", buyer=shop.member, wanted=[launch.Wanted(found.id, 1)], client_key="gift-0001", now=NOW)  # fmt: skip
    assert launch.finish_due(now=FINAL) == 1
    assert set(left(shop, made.no).values()) == {0}
    assert_clean()


def test_who_recommended_a_sale_shares_in_it_and_who_runs_the_community_does_not(shop: Cast) -> None:
    touched(channel(shop), shop.member)
    assert left(shop, sold(shop).no)["channel"] == 2973
    change_role(community=shop.home, person_id=shop.core.pk, role="operator")
    assert "channel" not in left(shop, sold(shop, key="key-00000002").no)


@pytest.mark.parametrize(("is_fine", "theirs"), [(True, 2973), (False, None)])
def test_a_doubted_sale_waits_until_somebody_has_looked(shop: Cast, is_fine: bool, theirs: int | None) -> None:  # noqa: FBT001 -- a fact of the case
    touched(mine := channel(shop), shop.member, visitor=touched(mine, shop.core))
    made = sold(shop, BREW=2)
    launch.ship(community=shop.home, no=made.no, tracking="", by=shop.founder, now=NOW)
    back(shop, made.no, Part(1, 1))
    assert (launch.finish_due(now=FINAL), left(shop, made.no)) == (0, {})
    (doubt,) = launch.channel_plan(shop.home, "autumn").doubts
    launch.judge_doubt(community=shop.home, doubt_id=doubt.id, is_fine=is_fine, by=shop.operator, now=FINAL)
    assert launch.finish_due(now=FINAL) == 1
    found = left(shop, made.no)
    assert (found["maker"], found.get("channel")) == (1486, theirs)
    assert_clean()
