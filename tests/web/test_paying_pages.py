"""Going to where one pays: by a code, by a page elsewhere, inside WeChat; and only by what is set up."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kith.launch.models import Order, Wire
from kith.run.doctor import Level
from kith.run.doctor_inside import paying
from tests.conftest import NOW, Cast, signed_in
from tests.launch.merchants import WeChat, alipay_message, set_up, transaction, wechat_headers, wechat_message
from tests.launch.shop import buy, opened
from tests.web.test_launch_pages import ordered, text_of

PHONE: dict[str, Any] = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148",
    "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.7",
    "HTTP_X_FORWARDED_PROTO": "https",
}
INSIDE: dict[str, Any] = {"HTTP_USER_AGENT": PHONE["HTTP_USER_AGENT"] + " MicroMessenger/8.0.50"}


@pytest.fixture
def service(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WeChat:
    for library in ("wechatpayv3", "alipay", "stripe"):
        pytest.importorskip(library)
    set_up(settings, tmp_path)
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    found = WeChat({
        "/v3/pay/transactions/native": (200, {"code_url": "weixin://wxpay/bizpayurl?pr=p4"}),
        "/v3/pay/transactions/h5": (200, {"h5_url": "https://wx.tenpay.com/checkmweb?prepay_id=wx1&package=2"}),
        "/v3/pay/transactions/jsapi": (200, {"prepay_id": "wx201410272009395522657a690389285100"}),
        "https://api.weixin.qq.com/sns/oauth2/access_token": (200, {"openid": "oUpF8uMuAJO"}),
    })  # fmt: skip
    monkeypatch.setattr("wechatpayv3.core.requests", found)
    monkeypatch.setattr("requests.get", found.get)
    return found


def goes(client: Client, provider: str, at: str = "", **agent: Any) -> Any:
    at = at or ordered(client)["Location"]
    return client.post(f"{at}/pay", {"provider": provider}, **agent)


def test_a_computer_shows_a_code_and_goes_on_once_wechat_tells(cast: Cast, service: WeChat) -> None:
    member = signed_in(cast.member)
    page = goes(member, "wechatpay")
    order, wire = Order.objects.get(), Wire.objects.get()
    waits = f"/c/shanye/orders/{order.no}/paid"
    assert "<svg" in text_of(page)
    assert "微信支付" in text_of(page)
    member.cookies["lang"] = "en"
    assert "<h1>WeChat Pay</h1>" in text_of(goes(member, "wechatpay", f"/c/shanye/orders/{order.no}"))
    assert f'hx-get="{waits}"' in text_of(page)
    assert (member.get(waits).status_code, signed_in(cast.other).get(waits).status_code) == (204, 200)
    body = wechat_message("TRANSACTION.SUCCESS", transaction(wire.our_ref, 33600))
    outside, headers = Client(enforce_csrf_checks=True), wechat_headers(body, timezone.now().timestamp())
    send: dict[str, Any] = {"data": body, "content_type": "application/json"}
    assert outside.post("/pay/wechatpay", **send).status_code == 401
    assert outside.post("/pay/wechatpay", headers=headers | {"Wechatpay-Nonce": "x"}, **send).status_code == 401
    assert outside.post("/pay/wechatpay", headers=headers, **send).json() == {"outcome": "paid"}
    assert member.get(waits)["HX-Redirect"] == f"/c/shanye/orders/{order.no}"


def test_a_phone_is_led_to_the_page_of_the_service_which_is_told_from_where(cast: Cast, service: WeChat, settings: Any) -> None:  # fmt: skip
    settings.PAY["wechatpay"]["h5"] = "1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    page = goes(signed_in(cast.member), "wechatpay", **PHONE)
    assert 'content="0;url=https://wx.tenpay.com/checkmweb?prepay_id=wx1&amp;package=2&amp;redirect_url=' in text_of(
        page
    )
    assert page["Referrer-Policy"] == "origin"
    assert service.asked[-1][2]["scene_info"]["payer_client_ip"] == "203.0.113.7"


def test_inside_wechat_it_says_who_pays_and_only_to_whom_asked(cast: Cast, service: WeChat, settings: Any) -> None:
    member = signed_in(cast.member)
    at = ordered(member)["Location"]
    assert "没有设置在微信内支付" in text_of(member.get(at, **INSIDE))
    assert goes(member, "wechatpay", at, **INSIDE).status_code == 400
    settings.PAY["wechatpay"]["app_secret"] = "s"
    away = text_of(goes(member, "wechatpay", at, **INSIDE))
    assert f"redirect_uri=https%3A%2F%2Fkith.example.org%2Fc%2Fshanye%2Forders%2F{at[-26:]}%2Fwechat" in away
    state = away.partition("state=")[2][:32]
    assert (
        member.get(f"{at}/wechat", {"code": "c", "state": "0" * 32}, **INSIDE)["Location"] == at
    )  # begun by somebody else
    assert service.asked == []
    state = text_of(goes(member, "wechatpay", at, **INSIDE)).partition("state=")[2][:32]
    page = text_of(member.get(f"{at}/wechat", {"code": "c", "state": state}, **INSIDE))
    assert "prepay_id=wx201410272009395522657a690389285100" in page
    assert service.asked[-1][2]["payer"] == {"openid": "oUpF8uMuAJO"}
    assert "prepay_id" in text_of(goes(member, "wechatpay", at, **INSIDE))  # known by now


def test_alipay_is_answered_by_its_own_word(cast: Cast, service: WeChat) -> None:
    page = text_of(goes(signed_in(cast.member), "alipay"))
    assert "https://openapi.alipay.com/gateway.do?" in page
    wire = Wire.objects.get()
    facts = {
        "notify_id": "n1", "notify_time": f"{timezone.now() + timedelta(hours=8):%Y-%m-%d %H:%M:%S}", "trade_status": "TRADE_SUCCESS", "trade_no": "2026",
        "out_trade_no": wire.our_ref, "total_amount": "336.00",
    }  # fmt: skip
    outside, form = Client(enforce_csrf_checks=True), "application/x-www-form-urlencoded"
    assert (
        outside.post("/pay/alipay", data=alipay_message(whose="ali-us", **facts), content_type=form).status_code == 401
    )
    assert outside.post("/pay/alipay", data=alipay_message(**facts), content_type=form).content == b"success"
    assert Order.objects.get().status == "paid"


def test_only_what_is_set_up_whole_is_offered_and_only_to_whom_it_belongs(cast: Cast, service: WeChat, settings: Any) -> None:  # fmt: skip
    settings.SANDBOX = False
    made = buy(cast)
    member, at = signed_in(cast.member), f"/c/shanye/orders/{made.no}"

    def offered() -> list[str]:
        return [p for p in ("wechatpay", "alipay", "stripe") if f'value="{p}"' in text_of(member.get(at))]

    assert (offered(), paying().level) == (["wechatpay", "alipay", "stripe"], Level.OK)
    settings.PAY["stripe"] = {"key": "sk_test_1"}
    settings.PAY["alipay"] |= {"private_key": "/nowhere.pem"}
    assert offered() == ["wechatpay"]
    assert (paying().level, "/nowhere.pem" in paying().sentence) == (Level.BAD, True)
    assert goes(member, "stripe", at).status_code == 400
    assert Client().post("/pay/stripe", data=b"{}", content_type="application/json").status_code == 400
    settings.PAY["alipay"], settings.PAY["stripe"], settings.PAY_FOR = {}, {}, frozenset()
    assert (offered(), "KITH_PAY_FOR" in paying().sentence) == ([], True)
