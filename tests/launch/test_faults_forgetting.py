"""Fault 36: somebody who buys and is owed money wants to be forgotten. What is needed goes when it is not; amounts stay."""

from datetime import timedelta

from kith.launch import api as launch
from kith.launch.models import Bond, Contact, Touch
from kith.share import api as share
from kith.share.api import Cut
from kith.share.models import Payout, PayTo
from tests.conftest import NOW, Cast, signed_in
from tests.launch.channels import channel, touched
from tests.launch.shop import assert_clean, buy, money, opened, paid, status
from tests.launch.test_faults_attribution import rule
from tests.rest.calling import Calls

FINAL = NOW + timedelta(days=8)


def contacts() -> list[bool]:
    return [row.sealed is not None for row in Contact.objects.order_by("pk")]


def test_fault_36_an_address_goes_when_its_order_has_ended_and_the_order_stays(cast: Cast) -> None:
    opened(cast)
    rule(cast, bond_days=30)
    found = channel(cast, now=NOW - timedelta(hours=1))
    touched(found, cast.member)
    gone, sent = buy(cast, key="key-00000001"), buy(cast, key="key-00000002")
    launch.cancel(community=cast.home, no=gone.no, by=cast.member, now=NOW)
    paid(cast, sent)
    buy(cast, cast.core, key="key-00000003")  # somebody else's
    assert launch.forget_buyer(community=cast.home, person=cast.member, now=NOW) == 1
    assert (contacts(), Touch.objects.filter(person=cast.member).exists()) == ([False, True, True], False)
    assert not Bond.objects.filter(buyer=cast.member, until__gt=NOW).exists()
    page = launch.order_page(cast.home, sent.no, reader=cast.founder, runs=True, now=NOW)
    assert page.contact is not None  # it has still to be sent
    assert launch.last_contact(cast.home, cast.member) is None  # and is offered for no other order
    launch.ship(community=cast.home, no=sent.no, tracking="", by=cast.founder, now=NOW)
    assert launch.erase_contacts(now=NOW) == 0
    launch.finish_due(now=FINAL)
    assert (launch.erase_contacts(now=FINAL), contacts(), status(sent)) == (1, [False, False, True], "final")
    assert money(cast.home)["sales"] + money(cast.home)["tax"] == 16800
    assert (launch.channel_plan(cast.home, "autumn").results[0].touches) == 1  # counted, nobody's any more
    assert_clean()


def test_fault_36_where_money_goes_is_kept_until_all_is_paid(cast: Cast) -> None:
    opened(cast)
    share.write_rule(community=cast.home, by=cast.founder, now=NOW - timedelta(days=1), cuts=[Cut("maker", 100_000, person_id=cast.other.pk)])  # fmt: skip
    share.set_pay_to(community=cast.home, text="招商银行 6214", by=cast.other, now=NOW)
    made = buy(cast)
    paid(cast, made)
    launch.forget_buyer(community=cast.home, person=cast.other, now=NOW)
    assert PayTo.objects.count() == 1  # promised
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    launch.finish_due(now=FINAL)
    assert share.forget_payee(community=cast.home, person=cast.other) is False  # owed
    (payout,) = share.propose_payouts(
        community=cast.home, currency="CNY", least_minor=1, key="run-00001", by=cast.founder, now=FINAL
    )
    assert share.forget_payee(community=cast.home, person=cast.other) is False  # on its way
    share.approve_payout(community=cast.home, no=payout.no, provider="manual", by=cast.operator, now=FINAL)
    share.prove_payout(community=cast.home, no=payout.no, note="尾号 8888", by=cast.founder, now=FINAL)
    assert share.forget_payee(community=cast.home, person=cast.other) is True
    assert (PayTo.objects.count(), bytes(Payout.objects.get().sealed)) == (0, b"")
    assert share.payout(cast.home, payout.no, reader=cast.founder, runs=True).to == ""
    assert_clean()


def test_it_is_asked_for_from_the_page_and_the_api(cast: Cast) -> None:
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    launch.cancel(community=cast.home, no=buy(cast).no, by=cast.member, now=NOW)
    member = signed_in(cast.member)
    assert "忘记" in member.get("/c/shanye/orders").content.decode()
    assert member.post("/c/shanye/forget-orders")["Location"] == "/c/shanye/orders"
    assert contacts() == [False]
    assert Calls(cast.member)("DELETE", "/communities/shanye/my-addresses") == {"still_needed": 0}
