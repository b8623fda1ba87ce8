"""Alipay through python-alipay-sdk: its page for computers (page) and for phones (wap).

https://opendocs.alipay.com/open/270/105899. It speaks in decimal yuan, and of refunds only when it is asked.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from kith.launch.data import Ask, Forged, PayAt, ProviderDown, ProviderRefused, Told, WrongMerchant
from kith.launch.providers import setup
from kith.lib.errors import Refusal
from kith.lib.money import parse, plain

log = logging.getLogger(__name__)
GATEWAY = "https://openapi.alipay.com/gateway.do"
GATEWAY_FOR_TRIALS = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
PEKING = timezone(timedelta(hours=8))  # Alipay's clock
# It repeats a message for 25 hours, and nothing it has written says that it dates it anew.
REPEATED_SECONDS = 26 * 3600
PAID = ("TRADE_SUCCESS", "TRADE_FINISHED")
LATER = ("ACQ.SYSTEM_ERROR", "ACQ.SELLER_BALANCE_NOT_ENOUGH", "AQC.SYSTEM_ERROR")


class Alipay:
    name = "alipay"
    is_by_hand = False
    thanks = "success"  # anything else, and it is told again

    def reach(self, via: str) -> str:
        """Return which page; inside WeChat none, which blocks it."""
        return {"desktop": "page", "phone": "wap"}.get(via, "")

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        """Sign the address where it is paid; Alipay hears of the payment from the buyer."""
        client = _client()
        make = (
            client.api_alipay_trade_page_pay if self.reach(ask.payer.via) == "page" else client.api_alipay_trade_wap_pay
        )
        more = {"time_expire": f"{ask.until.astimezone(PEKING):%Y-%m-%d %H:%M:%S}"} if ask.until else {}
        signed = make(
            subject=ask.title, out_trade_no=ask.our_ref, total_amount=plain(ask.amount_minor, scale=2), return_url=setup.whole(ask.back),
            notify_url=setup.told_at(self.name), **more,
        )  # fmt: skip
        return PayAt(page=f"{_gateway()}?{signed}")

    def refund(self, ask: Ask, now: datetime) -> None:
        amount = plain(ask.amount_minor, scale=2)
        _asked(lambda: _client().api_alipay_trade_refund(amount, out_trade_no=ask.of_ref, out_request_no=ask.our_ref))

    def query(self, ask: Ask) -> Told | None:
        try:
            if ask.of_ref:
                return _refund(ask.our_ref, ask.of_ref)
            facts = _asked(lambda: _client().api_alipay_trade_query(out_trade_no=ask.our_ref))
        except ProviderRefused:  # it knows of none
            return None
        # What was given back whole is closed too, and was paid.
        state = "TRADE_SUCCESS" if facts.get("send_pay_date") else str(facts.get("trade_status"))
        return _charge(facts | {"trade_status": state}, f"query-{ask.our_ref}-{state}")

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told | None:
        """Read a message. That a refund was made it says, but not how much: that is asked.

        Raises:
            Forged: the signature is not Alipay's.
            TooOld: it was made more than 26 hours ago, or ahead.
            WrongMerchant: it is for another app or seller.
            ProviderDown: what it does not say cannot be asked now; Alipay says it again.

        """
        facts = _signed(body)
        kept = setup.found(self.name)
        if (facts.get("app_id"), facts.get("seller_id")) != (kept["app"], kept["seller"]):
            raise WrongMerchant
        setup.check_age(_moment(facts.get("notify_time", "")), now, most_seconds=REPEATED_SECONDS)
        if facts.get("gmt_refund") and facts.get("out_biz_no"):
            return _refund(facts["out_biz_no"], facts["out_trade_no"])
        return _charge(facts, facts.get("notify_id", "")[:80])


def _client() -> Any:
    from alipay import AliPay  # noqa: PLC0415 -- an extra, which may be absent
    from alipay.utils import AliPayConfig  # noqa: PLC0415 -- likewise

    kept = setup.found("alipay")
    return AliPay(
        appid=kept["app"], app_private_key_string=setup.pem(kept["private_key"]), alipay_public_key_string=setup.pem(kept["public_key"]),
        debug=bool(kept.get("trials")), config=AliPayConfig(timeout=setup.TIMEOUT_SECONDS),
    )  # fmt: skip


def _gateway() -> str:
    return GATEWAY_FOR_TRIALS if settings.PAY["alipay"].get("trials") else GATEWAY


def _asked(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what was answered and signed.

    Raises:
        ProviderDown: nobody knows what came of it.
        ProviderRefused: nothing did.

    """
    try:
        facts = call()
    except Exception as error:  # the library raises its own, and those of urllib
        log.warning("alipay: %s", error)
        raise ProviderDown from error
    if facts.get("code") == "10000":
        return dict(facts)
    log.warning("alipay: %s %s %s", facts.get("code"), facts.get("sub_code"), facts.get("sub_msg"))
    if facts.get("code") == "20000" or facts.get("sub_code") in LATER:
        raise ProviderDown
    raise ProviderRefused


def _signed(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True)
        facts = dict(pairs)
        signature = facts.pop("sign")
        if len(facts) + 1 != len(pairs) or not _client().verify(dict(facts), signature):
            raise Forged  # noqa: TRY301 -- whatever is wrong, it is not Alipay's
    except Refusal:
        raise
    except Exception as error:  # the library raises its own for a kind of signature it does not know
        raise Forged from error
    return facts


def _moment(text: str) -> float:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=PEKING).astimezone(UTC).timestamp()
    except ValueError:
        raise Forged from None


def _minor(text: object) -> int:
    """Return cents of decimal yuan; an answer may leave out zeros at the end, or be a number."""
    return parse(f"{Decimal(str(text)):f}", asset="CNY", scale=2)


def _charge(facts: Mapping[str, Any], event_id: str) -> Told | None:
    state = str(facts.get("trade_status"))
    if state not in (*PAID, "TRADE_CLOSED"):
        return None
    amount = _minor(facts["total_amount"])
    ended = "done" if state in PAID else "failed"
    return Told(event_id, "charge", ended, str(facts["out_trade_no"]), str(facts["trade_no"]), amount, "CNY")


def _refund(our_ref: str, of_ref: str) -> Told | None:
    """Ask what came of a refund; it has no number of its own at Alipay but that of its payment."""
    facts = _asked(lambda: _client().api_alipay_trade_fastpay_refund_query(our_ref, out_trade_no=of_ref))
    if facts.get("refund_status") != "REFUND_SUCCESS":
        return None
    amount, ref = _minor(facts["refund_amount"]), f"{facts['trade_no']}-{our_ref}"[:64]
    return Told(f"refund-{ref}"[:80], "refund", "done", our_ref, ref, amount, "CNY", of_ref=of_ref)
