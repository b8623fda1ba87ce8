"""WeChat Pay: what is asked of it, what it tells, and what of that is believed. Its service is played at the library's edge, in its shapes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from kith.launch import api as launch
from kith.launch.api import Part, Payer, ProviderDown
from kith.launch.models import Inbox, Wire
from tests.conftest import NOW, Cast
from tests.launch.merchants import MERCHANT, WeChat, set_up, transaction, wechat_headers, wechat_message
from tests.launch.shop import assert_clean, buy, charge, money, opened, status

pytest.importorskip("wechatpayv3")
LATER = NOW + timedelta(minutes=2)
NATIVE = "/v3/pay/transactions/native"
QUERY = "/v3/pay/transactions/out-trade-no"
REFUNDS = "/v3/refund/domestic/refunds"


@pytest.fixture
def service(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WeChat:
    set_up(settings, tmp_path)
    opened(cast)
    found = WeChat({NATIVE: (200, {"code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"})})
    monkeypatch.setattr("wechatpayv3.core.requests", found)
    return found


def hear(body: str, at: Any = NOW, now: Any = NOW, **signed: str) -> str:
    headers = wechat_headers(body, at.timestamp(), **signed)
    return launch.hear(provider="wechatpay", headers=headers, body=body.encode(), now=now)


def pay(cast: Cast, no: str, **payer: str) -> launch.PayAt:
    return launch.charge(community=cast.home, no=no, provider="wechatpay", by=cast.member, back="/c/shanye/orders/1", now=NOW, payer=Payer(**payer))  # fmt: skip


def test_a_computer_is_shown_a_code_and_asking_again_is_the_same_payment(cast: Cast, service: WeChat) -> None:
    made = buy(cast)
    assert pay(cast, made.no).scan == "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"
    assert pay(cast, made.no).scan
    wire = Wire.objects.get()
    (method, path, sent), again = service.asked
    assert (method, path, again[2]) == ("POST", NATIVE, sent)
    assert sent == {
        "appid": "wxd678efh567hg6787", "mchid": MERCHANT, "description": f"秋酿 {made.no}", "out_trade_no": wire.our_ref,
        "amount": {"total": 16800, "currency": "CNY"}, "notify_url": "https://kith.example.org/pay/wechatpay",
        "time_expire": made.hold_until.isoformat(timespec="seconds"),
    }  # fmt: skip


def test_each_of_its_pages_has_a_payment_of_its_own(cast: Cast, service: WeChat, settings: Any) -> None:
    settings.PAY["wechatpay"] |= {"h5": "1", "app_secret": "s"}
    service.answers |= {
        "/v3/pay/transactions/h5": (200, {"h5_url": "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&package=1"}),
        "/v3/pay/transactions/jsapi": (200, {"prepay_id": "wx201410272009395522657a690389285100"}),
    }  # fmt: skip
    made = buy(cast)
    pay(cast, made.no)
    phone = pay(cast, made.no, via="phone", ip="203.0.113.7").page
    assert phone.endswith("&redirect_url=https%3A%2F%2Fkith.example.org%2Fc%2Fshanye%2Forders%2F1")
    assert service.asked[-1][2]["scene_info"] == {"payer_client_ip": "203.0.113.7", "h5_info": {"type": "Wap"}}
    bridge = pay(cast, made.no, via="wechat", openid="oUpF8").bridge
    assert service.asked[-1][2]["payer"] == {"openid": "oUpF8"}
    assert (bridge["package"], bridge["signType"]) == ("prepay_id=wx201410272009395522657a690389285100", "RSA")
    assert len(set(Wire.objects.values_list("our_ref", flat=True))) == 3
    first, *others = Wire.objects.order_by("pk")
    assert hear(wechat_message("TRANSACTION.SUCCESS", transaction(first.our_ref, 16800))) == "paid"
    # A second one that is paid all the same goes back by itself.
    service.answers[REFUNDS] = (200, {"status": "PROCESSING"})
    twice = wechat_message("TRANSACTION.SUCCESS", transaction(others[0].our_ref, 16800)).replace("EV-20", "EV-21")
    assert hear(twice) == "twice"
    assert service.asked[-1][2] == {
        "out_refund_no": Wire.objects.get(dir="refund").our_ref, "out_trade_no": others[0].our_ref, "notify_url": "https://kith.example.org/pay/wechatpay",
        "amount": {"refund": 16800, "total": 16800, "currency": "CNY"},
    }  # fmt: skip
    assert_clean()


def test_without_its_contracts_a_phone_is_shown_the_code_and_wechat_nothing(cast: Cast, service: WeChat) -> None:
    made = buy(cast)
    assert pay(cast, made.no, via="phone").scan
    with pytest.raises(launch.NotThatWay):
        pay(cast, made.no, via="wechat")


def test_fault_13_only_what_wechat_signed_lately_for_this_merchant_about_this_sum_counts(cast: Cast, service: WeChat) -> None:  # fmt: skip
    made = buy(cast)
    wire = charge(cast, made, provider="wechatpay")
    good = transaction(wire.our_ref, 16800)
    body = wechat_message("TRANSACTION.SUCCESS", good)
    asked = len(service.asked)
    cases: list[tuple[type[Exception], Callable[[], Any]]] = [
        (launch.Forged, lambda: hear(body, whose="wx-us")),
        (launch.Forged, lambda: hear(body, serial="5157F09EFDC096DE15EBE81A47057A72")),
        (launch.Forged, lambda: hear(body, serial="no number")),
        (launch.Forged, lambda: hear("{}")),
        (launch.Forged, lambda: hear("no json")),
        (launch.Forged, lambda: hear(wechat_message("TRANSACTION.SUCCESS", good, api_key="x" * 32))),
        (launch.Forged, lambda: launch.hear(provider="wechatpay", headers={}, body=b"\xff", now=NOW)),
        (launch.TooOld, lambda: hear(body, at=NOW - timedelta(seconds=301))),
        (launch.TooOld, lambda: hear(body, at=NOW + timedelta(seconds=301))),
        (launch.WrongMerchant, lambda: hear(wechat_message("TRANSACTION.SUCCESS", good | {"mchid": "1"}))),
        (launch.WrongMerchant, lambda: hear(wechat_message("TRANSACTION.SUCCESS", good | {"appid": "wx1"}))),
        (launch.WrongAmount, lambda: hear(wechat_message("TRANSACTION.SUCCESS", transaction(wire.our_ref, 1)))),
    ]
    for refusal, tried in cases:  # fmt: skip
        with pytest.raises(refusal):
            tried()
    # Nobody from outside can make us call WeChat, and nothing came of it.
    assert (len(service.asked), status(made), Inbox.objects.count(), money(cast.home)) == (asked, "placed", 0, {})
    assert hear(wechat_message("PAYSCORE.USER_PAID", {"mchid": MERCHANT})) == "ignored"
    assert [hear(body), hear(body)] == ["paid", "known"]
    assert_clean()


def test_faults_18_and_19_what_nobody_knows_is_asked_about_and_never_repeated(cast: Cast, service: WeChat) -> None:
    service.answers = {NATIVE: requests.ReadTimeout(), QUERY: requests.ConnectionError()}
    made = buy(cast)
    with pytest.raises(ProviderDown):
        pay(cast, made.no)
    wire = Wire.objects.get()
    assert (wire.status, launch.poll(now=LATER)) == ("unknown", 1)
    service.answers[QUERY] = (404, {"code": "ORDER_NOT_EXIST"})
    launch.poll(now=LATER + timedelta(minutes=5))
    service.answers[QUERY] = (200, transaction(wire.our_ref, 16800, trade_state="NOTPAY"))
    launch.poll(now=LATER + timedelta(minutes=15))
    service.signer = "wx-us"  # an answer somebody else signed is none
    service.answers[QUERY] = (200, transaction(wire.our_ref, 16800))
    launch.poll(now=LATER + timedelta(minutes=40))
    assert status(made) == "placed"
    service.signer = "wx"
    launch.poll(now=LATER + timedelta(hours=2))
    assert (status(made), [path for _, path, _ in service.asked].count(NATIVE)) == ("paid", 1)
    assert_clean()


def test_a_payment_it_refuses_is_over_and_the_next_has_another_reference(cast: Cast, service: WeChat) -> None:
    made = buy(cast)
    service.answers[NATIVE] = (400, {"code": "PARAM_ERROR", "message": "x"})
    with pytest.raises(launch.ProviderRefused):
        pay(cast, made.no)
    service.answers[NATIVE] = (200, {"code_url": "weixin://wxpay/bizpayurl?pr=1"})
    assert pay(cast, made.no).scan
    assert list(Wire.objects.order_by("pk").values_list("status", flat=True)) == ["failed", "sent"]


def test_refunds_are_told_asked_for_or_refused(cast: Cast, service: WeChat) -> None:
    made = buy(cast, BREW=3)
    wire = charge(cast, made, provider="wechatpay")
    hear(wechat_message("TRANSACTION.SUCCESS", transaction(wire.our_ref, 50400)))
    service.answers[REFUNDS] = (200, {"status": "PROCESSING"})
    give: dict[str, Any] = {"community": cast.home, "no": made.no, "by": cast.founder, "now": NOW}
    told = launch.refund(parts=[Part(1, 1)], key="refund-01", **give)
    facts = {
        "mchid": MERCHANT, "out_trade_no": wire.our_ref, "transaction_id": "42", "out_refund_no": told.our_ref, "refund_id": "5030000070",
        "refund_status": "SUCCESS", "amount": {"total": 50400, "refund": 16800, "payer_total": 50400, "payer_refund": 16800},
    }  # fmt: skip
    assert hear(wechat_message("REFUND.SUCCESS", facts).replace("EV-20", "EV-31")) == "refunded"
    asked = launch.refund(parts=[Part(1, 1)], key="refund-02", **give)
    service.answers[REFUNDS] = (200, facts | {"out_refund_no": asked.our_ref, "refund_id": "503", "status": "SUCCESS"})
    launch.poll(now=LATER)
    assert Wire.objects.get(our_ref=asked.our_ref).status == "done"
    service.answers[REFUNDS] = (400, {"code": "USER_ACCOUNT_ABNORMAL", "message": "退款请求失败"})
    refused = launch.refund(parts=[Part(1, 1)], key="refund-03", **give)
    assert (refused.status, status(made), money(cast.home)) == ("failed", "paid", {"gateway": -16800, "escrow": 16800})
    # In the console somebody gives it back all the same.
    outside = facts | {"out_refund_no": "console-1", "refund_id": "504"}
    assert hear(wechat_message("REFUND.SUCCESS", outside).replace("EV-20", "EV-32")) == "external"
    assert (status(made), money(cast.home)) == ("refunded", {})
    assert_clean()
