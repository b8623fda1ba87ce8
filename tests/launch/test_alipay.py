"""Alipay: what is asked of it, what it tells, and what of that is believed. Its service is played at the library's edge, in its shapes."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs

import pytest

from kith.launch import api as launch
from kith.launch.api import Part, Payer
from kith.launch.models import Inbox, Wire
from tests.conftest import NOW, Cast
from tests.launch.merchants import ALIPAY_APP, Ali, alipay_message, set_up
from tests.launch.shop import assert_clean, buy, charge, money, opened, status

pytest.importorskip("alipay")
LATER = NOW + timedelta(minutes=2)
AT = f"{NOW + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"  # Alipay's clock
QUERY, REFUND, REFUNDED = "alipay.trade.query", "alipay.trade.refund", "alipay.trade.fastpay.refund.query"
NO_TRADE = {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在"}


@pytest.fixture
def service(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ali:
    set_up(settings, tmp_path)
    opened(cast)
    found = Ali()
    monkeypatch.setattr("alipay.urlopen", found)
    return found


def hear(body: str, now: Any = NOW) -> str:
    return launch.hear(provider="alipay", headers={}, body=body.encode(), now=now)


def paid(wire: Wire, amount: str = "168.00", **other: str) -> str:
    facts = {
        "notify_id": "4a91b7a78a503640467525113fb7d8bg8e", "notify_time": AT, "gmt_payment": AT, "trade_status": "TRADE_SUCCESS",
        "trade_no": f"2026{wire.pk:024}", "out_trade_no": wire.our_ref, "total_amount": amount,
    }  # fmt: skip
    return alipay_message(**facts | other)


@pytest.mark.parametrize(("via", "method"), [("desktop", "page"), ("phone", "wap")])
def test_the_address_where_it_is_paid_is_signed_here(cast: Cast, service: Ali, via: str, method: str) -> None:
    made = buy(cast)
    ask: dict[str, Any] = {
        "community": cast.home,
        "no": made.no,
        "provider": "alipay",
        "by": cast.member,
        "back": "/o",
        "now": NOW,
    }
    page = launch.charge(**ask, payer=Payer(via)).page
    sent = {k: v[0] for k, v in parse_qs(page.partition("?")[2]).items()}
    assert page.startswith("https://openapi.alipay.com/gateway.do?")
    assert (sent["method"], sent["app_id"]) == (f"alipay.trade.{method}.pay", ALIPAY_APP)
    assert (sent["notify_url"], sent["return_url"]) == (
        "https://kith.example.org/pay/alipay",
        "https://kith.example.org/o",
    )
    for part in (f'"out_trade_no":"{Wire.objects.get().our_ref}"', '"total_amount":"168.00"', f'"time_expire":"{made.hold_until + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"'):  # fmt: skip
        assert part in sent["biz_content"]
    assert service.asked == []
    with pytest.raises(launch.NotThatWay):
        launch.charge(**ask, payer=Payer("wechat"))


def test_fault_13_only_what_alipay_signed_for_this_seller_about_this_sum_counts(cast: Cast, service: Ali) -> None:
    made = buy(cast)
    wire = charge(cast, made, provider="alipay")
    for refusal, body in (
        (launch.Forged, paid(wire, whose="ali-us")), (launch.Forged, paid(wire).replace("168.00", "168.01")), (launch.Forged, ""), (launch.Forged, "sign=x"),
        (launch.Forged, paid(wire) + "&out_trade_no=OTHER"), (launch.Forged, paid(wire).replace("RSA2", "RSA")), (launch.Forged, paid(wire, notify_time="soon")),
        (launch.WrongMerchant, paid(wire, app_id="1")), (launch.WrongMerchant, paid(wire, seller_id="2088")), (launch.WrongAmount, paid(wire, "1.68")),
    ):  # fmt: skip
        with pytest.raises(refusal):
            hear(body)
    for now in (NOW + timedelta(hours=27), NOW - timedelta(minutes=6)):
        with pytest.raises(launch.TooOld):
            hear(paid(wire), now)
    assert (status(made), Inbox.objects.count(), money(cast.home)) == ("placed", 0, {})
    assert hear(paid(wire, trade_status="WAIT_BUYER_PAY")) == "ignored"
    assert [hear(paid(wire)), hear(paid(wire)), hear(paid(wire, notify_id="later", trade_status="TRADE_FINISHED"))] == ["paid", "known", "known"]  # fmt: skip
    assert_clean()


def test_what_it_does_not_tell_is_asked(cast: Cast, service: Ali) -> None:
    made = buy(cast)
    wire = charge(cast, made, provider="alipay")
    service.answers = {QUERY: NO_TRADE}
    launch.poll(now=LATER)
    service.answers = {QUERY: URLError("down")}
    launch.poll(now=LATER + timedelta(minutes=5))
    found = {"code": "10000", "trade_no": "2026", "out_trade_no": wire.our_ref, "total_amount": "168.00"}
    service.answers = {QUERY: found | {"trade_status": "WAIT_BUYER_PAY"}}
    launch.poll(now=LATER + timedelta(minutes=15))
    assert (status(made), len(service.asked)) == ("placed", 3)
    service.answers = {QUERY: found | {"trade_status": "TRADE_SUCCESS", "send_pay_date": AT}}
    launch.poll(now=LATER + timedelta(minutes=40))
    assert (status(made), money(cast.home)) == ("paid", {"gateway": -16800, "escrow": 16800})
    assert_clean()


def test_refunds_are_asked_for_and_asked_about(cast: Cast, service: Ali) -> None:
    made = buy(cast, BREW=3)
    wire = charge(cast, made, provider="alipay")
    hear(paid(wire, "504.00"))
    give: dict[str, Any] = {"community": cast.home, "no": made.no, "by": cast.founder, "now": NOW}
    service.answers = {REFUND: URLError("down"), REFUNDED: {"code": "10000"}}
    back = launch.refund(parts=[Part(1, 1, 3333)], key="refund-01", **give)
    assert (back.status, service.asked[-1]) == ("unknown", (REFUND, {"refund_amount": "33.33", "out_trade_no": wire.our_ref, "out_request_no": back.our_ref}))  # fmt: skip
    service.answers = {REFUND: {"code": "10000", "fund_change": "Y"}, REFUNDED: {"code": "10000"}}
    launch.poll(now=LATER)  # it never heard of it: the same again
    assert [b["out_request_no"] for m, b in service.asked if m == REFUND] == [back.our_ref] * 2
    done = {"code": "10000", "refund_status": "REFUND_SUCCESS", "trade_no": "2026", "total_amount": "504"}
    service.answers = {REFUNDED: done | {"refund_amount": "33.33"}}
    launch.poll(now=LATER + timedelta(minutes=5))
    assert (Wire.objects.get(our_ref=back.our_ref).status, money(cast.home)["escrow"]) == ("done", 50400 - 3333)
    service.answers = {REFUND: {"code": "40004", "sub_code": "ACQ.TRADE_HAS_FINISHED"}}
    assert launch.refund(parts=[Part(1, 1)], key="refund-02", **give).status == "failed"
    # A refund made in the console is told without its amount, which is asked.
    service.answers = {REFUNDED: done | {"refund_amount": "100"}}
    outside = paid(wire, "504.00", notify_id="n2", gmt_refund=AT, out_biz_no="console-1", refund_fee="133.33")
    assert hear(outside) == "external"
    assert money(cast.home) == {"gateway": -(50400 - 13333), "escrow": 50400 - 13333}
    assert_clean()
