"""Merchants of the three payment services, with keys made here, and services that answer as the real ones do: in their shapes, signed."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.conftest import NOW

API_KEY, SERIAL, MERCHANT, APP = "k" * 32, "PUB_KEY_ID_0116000000", "1900000109", "wxd678efh567hg6787"
SELLER, ALIPAY_APP = "2088102146225135", "2014072300007148"
HOOK, STRIPE_KEY = "whsec_trial", "sk_test_trial"


@cache
def key(whose: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pems(folder: Path, ours: str, theirs: str) -> dict[str, str]:
    """Write our private and their public key into files, as an operator does."""
    private = key(ours).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key(theirs).public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    for name, text in (("private", private), ("public", public)):
        (folder / f"{ours}-{name}.pem").write_bytes(text)
    return {"private_key": str(folder / f"{ours}-private.pem"), "public_key": str(folder / f"{ours}-public.pem")}


def set_up(settings: Any, folder: Path) -> None:
    settings.PAY = {
        "wechatpay": {"app": APP, "merchant": MERCHANT, "api_key": API_KEY, "serial": "444F", "public_key_id": SERIAL, **pems(folder, "wx-us", "wx")},
        "alipay": {"app": ALIPAY_APP, "seller": SELLER, **pems(folder, "ali-us", "ali")},
        "stripe": {"key": STRIPE_KEY, "webhook_secret": HOOK},
    }  # fmt: skip
    settings.ADDRESS_IS_REACHED = True
    settings.PAY_FOR, settings.ADDRESS = frozenset({"shanye"}), "https://kith.example.org"


def signature(whose: str, text: str) -> str:
    return base64.b64encode(key(whose).sign(text.encode(), PKCS1v15(), hashes.SHA256())).decode()


# --- WeChat Pay -----------------------------------------------------------------------------------------------------


def wechat_headers(body: str, at: float, whose: str = "wx", serial: str = SERIAL) -> dict[str, str]:
    stamp, nonce = str(int(at)), "593BEC0C930BF1AFEB40B4A08C8FB242"
    return {
        "Wechatpay-Serial": serial, "Wechatpay-Timestamp": stamp, "Wechatpay-Nonce": nonce, "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        "Wechatpay-Signature": signature(whose, f"{stamp}\n{nonce}\n{body}\n"), "Content-Type": "application/json",
    }  # fmt: skip


def wechat_message(event_type: str, resource: dict[str, Any], api_key: str = API_KEY) -> str:
    """Return a message in the shape of pay.weixin.qq.com/doc/v3/merchant/4012791861, sealed."""
    sealed = AESGCM(api_key.encode()).encrypt(b"fdasflkja484", json.dumps(resource).encode(), b"transaction")
    return json.dumps({
        "id": "EV-2018022511223320873", "create_time": "2026-05-20T13:29:35+08:00", "resource_type": "encrypt-resource", "event_type": event_type,
        "summary": "支付成功", "resource": {
            "original_type": "transaction", "algorithm": "AEAD_AES_256_GCM", "ciphertext": base64.b64encode(sealed).decode(),
            "associated_data": "transaction", "nonce": "fdasflkja484",
        },
    })  # fmt: skip


def transaction(our_ref: str, total: int, **other: Any) -> dict[str, Any]:
    return {
        "transaction_id": f"42{our_ref}", "amount": {"payer_total": total, "total": total, "currency": "CNY", "payer_currency": "CNY"},
        "mchid": MERCHANT, "trade_state": "SUCCESS", "bank_type": "CMC", "success_time": "2026-05-20T13:29:35+08:00",
        "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}, "out_trade_no": our_ref, "appid": APP, "trade_state_desc": "支付成功", "trade_type": "NATIVE",
    } | other  # fmt: skip


@dataclass
class Answer:
    status_code: int
    text: str
    headers: dict[str, str]

    @property
    def content(self) -> bytes:
        return self.text.encode()

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class WeChat:
    """Stands where the library's `requests` stands: answers by path, signed; `asked` is what came."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    signer: str = "wx"

    def get(self, url: str, **more: Any) -> Answer:
        return self._answer("GET", url, more.get("params"))

    def post(self, url: str, **more: Any) -> Answer:
        assert more["timeout"] == 5
        return self._answer("POST", url, more["json"])

    def _answer(self, method: str, url: str, sent: Any) -> Answer:
        path = url.removeprefix("https://api.mch.weixin.qq.com").partition("?")[0]
        self.asked.append((method, path, sent))
        found = next((v for k, v in self.answers.items() if path.startswith(k)), (404, {"code": "NOT_FOUND"}))
        if isinstance(found, Exception):
            raise found
        code, facts = found
        text = json.dumps(facts)
        return Answer(code, text, wechat_headers(text, NOW.timestamp(), self.signer))


# --- Alipay ---------------------------------------------------------------------------------------------------------


def alipay_message(whose: str = "ali", **facts: str) -> str:
    """Return a notification in the shape of opendocs.alipay.com/open/270/105902."""
    signed = {
        "charset": "utf-8",
        "version": "1.0",
        "notify_type": "trade_status_sync",
        "app_id": ALIPAY_APP,
        "seller_id": SELLER,
        "subject": "秋酿",
    } | facts
    text = "&".join(f"{k}={signed[k]}" for k in sorted(signed))
    return urlencode(signed | {"sign": signature(whose, text), "sign_type": "RSA2"})


@dataclass
class Ali:
    """Stands where the library's `urlopen` stands: answers by method, signed."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, url: str, timeout: float) -> Any:
        assert (timeout, url.partition("?")[0]) == (5, "https://openapi.alipay.com/gateway.do")
        sent = dict(parse_qsl(url.partition("?")[2]))
        self.asked.append((sent["method"], json.loads(sent["biz_content"])))
        found = self.answers[sent["method"]]
        if isinstance(found, Exception):
            raise found
        text = json.dumps(found, separators=(",", ":"))
        name = sent["method"].replace(".", "_") + "_response"
        answer = f'{{"{name}":{text},"sign":"{signature("ali", text)}"}}'

        class Read:
            read = staticmethod(answer.encode)

        return Read()


# --- Stripe ---------------------------------------------------------------------------------------------------------


@dataclass
class Stripes:
    """Stands where the library's transport stands: answers by path."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)

    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **more: Any) -> tuple[str, int, Any]:
        path, _, query = url.removeprefix("https://api.stripe.com").partition("?")
        sent = dict(parse_qsl(post_data or query))
        self.asked.append((method.upper(), path, sent, headers.get("Idempotency-Key", "")))
        found: Any = next((v for k, v in self.answers.items() if f"{method.upper()} {path}".startswith(k)), None)
        if callable(found):
            found = found(sent)
        if isinstance(found, Exception):
            raise found
        code, facts = found or (404, {"error": {"type": "invalid_request_error", "message": "none"}})
        return json.dumps(facts), code, {"request-id": "req_1"}


def stripe_event(kind: str, facts: dict[str, Any], **other: Any) -> str:
    """Return an event in the shape of docs.stripe.com/api/events/object."""
    return json.dumps({"id": "evt_1", "object": "event", "livemode": False, "type": kind, "data": {"object": facts}} | other)  # fmt: skip


def stripe_headers(body: str, at: float, secret: str = HOOK) -> dict[str, str]:
    import stripe  # noqa: PLC0415 -- an extra

    made: Callable[..., str] = stripe.WebhookSignature.generate_signature_header
    return {"Stripe-Signature": made(body, secret, int(at))}
