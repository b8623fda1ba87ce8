"""WeChat Pay, interface v3, through wechatpayv3: a code to scan (native), a page for phones (h5), or inside WeChat (jsapi).

https://pay.weixin.qq.com/doc/v3/merchant/4012062524. A merchant needs a contract for each of the three; for jsapi also an account
(公众号) whose domain for authorisation and directory for paying are this server's.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings

from kith.launch.data import Ask, Forged, PayAt, ProviderDown, ProviderRefused, Told, WrongMerchant
from kith.launch.providers import setup

log = logging.getLogger(__name__)
ENTRY, WHO = "https://open.weixin.qq.com/connect/oauth2/authorize", "https://api.weixin.qq.com/sns/oauth2/access_token"
PAID = ("SUCCESS", "REFUND")  # what is given back was paid
FAILED = ("CLOSED", "REVOKED", "PAYERROR", "ABNORMAL")
# Refusals that may pass: our balance is too low, or too many at once. ORDERPAID is no refusal but news.
LATER = ("NOT_ENOUGH", "FREQUENCY_LIMITED", "SYSTEM_ERROR", "BIZ_ERR_NEED_RETRY", "ORDERPAID")


class WeChatPay:
    name = "wechatpay"
    is_by_hand = False
    thanks = ""

    def reach(self, via: str) -> str:
        """Inside WeChat only its own interface works; a phone without a contract for its page is shown the code, for another phone."""
        kept = settings.PAY[self.name]
        if via == "wechat":
            return "jsapi" if kept.get("app_secret") else ""
        return "h5" if via == "phone" and kept.get("h5") else "native"

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        reach, client = self.reach(ask.payer.via), _client()
        more: dict[str, Any] = {}
        if reach == "h5":
            more["scene_info"] = {"payer_client_ip": ask.payer.ip, "h5_info": {"type": "Wap"}}
        if reach == "jsapi":
            more["payer"] = {"openid": ask.payer.openid}
        facts = _asked(
            lambda: client.pay(
                description=ask.title, out_trade_no=ask.our_ref, amount={"total": ask.amount_minor, "currency": ask.currency},
                time_expire=ask.until.isoformat(timespec="seconds") if ask.until else None, pay_type=_types()[reach], **more,
            )
        )  # fmt: skip
        if reach == "native":
            return PayAt(scan=facts["code_url"])
        if reach == "h5":
            return PayAt(page=f"{facts['h5_url']}&redirect_url={quote(setup.whole(ask.back), safe='')}")
        return PayAt(bridge=_bridge(client, facts["prepay_id"], now))

    def refund(self, ask: Ask, now: datetime) -> None:
        amount = {"refund": ask.amount_minor, "total": ask.of_amount_minor, "currency": ask.currency}
        _asked(lambda: _client().refund(out_refund_no=ask.our_ref, out_trade_no=ask.of_ref, amount=amount))

    def query(self, ask: Ask) -> Told | None:
        client = _client()
        call = client.query_refund if ask.of_ref else client.query
        name = "out_refund_no" if ask.of_ref else "out_trade_no"
        try:
            facts = _asked(lambda: call(**{name: ask.our_ref}))
        except ProviderRefused:  # it knows of none
            return None
        told = _refund(facts, "query") if ask.of_ref else _charge(facts, "query")
        return told if told is not None and told.our_ref == ask.our_ref else None

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told | None:
        """Read a message.

        Raises:
            Forged: the signature is not WeChat's, or what it seals cannot be opened with our key.
            TooOld: it was signed more than five minutes ago, or ahead. WeChat signs anew what it repeats.
            WrongMerchant: it is for another merchant or account.

        """
        told = _opened(headers, body)
        setup.check_age(float(headers["Wechatpay-Timestamp"]), now)
        facts, kind = told["resource"], str(told.get("event_type", ""))
        if facts.get("mchid") != setup.found(self.name)["merchant"]:
            raise WrongMerchant
        if kind.startswith("TRANSACTION."):
            return _charge(facts, str(told["id"]))
        return _refund(facts, str(told["id"])) if kind.startswith("REFUND.") else None


def _client() -> Any:
    """Build the library's client with the key of WeChat's, so that it downloads no certificates; it has no time-out of its own."""
    from wechatpayv3 import WeChatPay, WeChatPayType  # noqa: PLC0415 -- an extra, which may be absent

    kept = setup.found("wechatpay")
    return WeChatPay(
        wechatpay_type=WeChatPayType.NATIVE, mchid=kept["merchant"], private_key=setup.pem(kept["private_key"]), cert_serial_no=kept["serial"],
        appid=kept["app"], apiv3_key=kept["api_key"], notify_url=setup.told_at("wechatpay"), public_key=setup.pem(kept["public_key"]),
        public_key_id=kept["public_key_id"], timeout=setup.TIMEOUT_SECONDS,
    )  # fmt: skip


def _types() -> dict[str, Any]:
    from wechatpayv3 import WeChatPayType  # noqa: PLC0415 -- an extra, which may be absent

    return {"native": WeChatPayType.NATIVE, "h5": WeChatPayType.H5, "jsapi": WeChatPayType.JSAPI}


def _asked(call: Callable[[], tuple[int, str | bytes]]) -> dict[str, Any]:
    """Return what was answered.

    Raises:
        ProviderDown: nobody knows what came of it.
        ProviderRefused: nothing did.

    """
    try:
        code, text = call()
        facts = json.loads(text or "{}")
    except Exception as error:  # the library raises bare ones, and those of requests
        log.warning("wechatpay: %s", error)
        raise ProviderDown from error
    if code in {200, 202, 204}:
        return dict(facts)
    log.warning("wechatpay: %s %s %s", code, facts.get("code"), facts.get("message"))
    if code >= 500 or code == 429 or facts.get("code") in LATER:
        raise ProviderDown
    raise ProviderRefused


def _bridge(client: Any, prepay_id: str, now: datetime) -> dict[str, str]:
    """Return what WeChat's browser is told to open the payment with, signed by us."""
    app, stamp, nonce, package = (
        setup.found("wechatpay")["app"],
        str(int(now.timestamp())),
        prepay_id[-32:],
        f"prepay_id={prepay_id}",
    )
    signed = client.sign([app, stamp, nonce, package])
    return {
        "appId": app,
        "timeStamp": stamp,
        "nonceStr": nonce,
        "package": package,
        "signType": "RSA",
        "paySign": signed,
    }


def _opened(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Return a message, opened. The serial is looked at first: for one it does not know the library would ask WeChat, for anybody."""
    if headers.get("Wechatpay-Serial") != setup.found("wechatpay")["public_key_id"]:
        raise Forged
    try:
        told = _client().callback(dict(headers), body)
    except Exception as error:  # the library raises bare ones for what it cannot read
        raise Forged from error
    if not told or not isinstance(told.get("resource"), dict) or not told.get("id"):
        raise Forged
    return dict(told)


def _charge(facts: Mapping[str, Any], event_id: str) -> Told | None:
    kept, state = setup.found("wechatpay"), str(facts.get("trade_state"))
    if (facts.get("mchid"), facts.get("appid")) != (kept["merchant"], kept["app"]):
        raise WrongMerchant
    if state not in PAID + FAILED:
        return None
    amount = facts.get("amount") or {}
    event = f"query-{facts['out_trade_no']}-{state}" if event_id == "query" else event_id
    return Told(
        event, "charge", "done" if state in PAID else "failed", str(facts["out_trade_no"]), str(facts.get("transaction_id") or ""),
        int(amount.get("total", 0)), str(amount.get("currency", "CNY")),
    )  # fmt: skip


def _refund(facts: Mapping[str, Any], event_id: str) -> Told | None:
    """Read a refund: a message calls its state refund_status, an answer status."""
    state = str(facts.get("refund_status") or facts.get("status"))
    if state not in PAID + FAILED:
        return None
    amount, ref = facts["amount"], str(facts["out_refund_no"])
    event = f"query-{ref}-{state}" if event_id == "query" else event_id
    return Told(
        event, "refund", "done" if state in PAID else "failed", ref, str(facts["refund_id"]), int(amount["refund"]),
        str(amount.get("currency", "CNY")), of_ref=str(facts["out_trade_no"]),
    )  # fmt: skip


def entry(state: str, back: str) -> str:
    """Return the address at which WeChat says who looks at our page (and nothing but that), and comes back with `state`."""
    to = quote(setup.whole(back), safe="")
    app = setup.found("wechatpay")["app"]
    return f"{ENTRY}?appid={app}&redirect_uri={to}&response_type=code&scope=snsapi_base&state={state}#wechat_redirect"


def openid(code: str) -> str:
    """Return who it is, by the code WeChat came back with.

    Raises:
        ProviderDown: WeChat does not answer, or not to this code.

    """
    import requests  # noqa: PLC0415 -- comes with the extra

    kept = setup.found("wechatpay")
    params = {
        "appid": kept["app"],
        "secret": kept.get("app_secret", ""),
        "code": code,
        "grant_type": "authorization_code",
    }
    try:
        facts = requests.get(WHO, params=params, timeout=setup.TIMEOUT_SECONDS).json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderDown from error
    if not facts.get("openid"):
        log.warning("wechat: %s %s", facts.get("errcode"), facts.get("errmsg"))
        raise ProviderDown
    return str(facts["openid"])
