"""allauth's pages and mails speak our Chinese."""

from io import BytesIO
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.core import mail
from django.test import Client
from pytest_django import Settings

from kith.web import account_words
from tests.conftest import Cast

WORDS = [*account_words.LABELS, *account_words.FAULTS, *account_words.FIELDS, *account_words.NEWS, *account_words.MAILS]
OF_A_LANGUAGE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
THEIRS = [
    Path(allauth.__file__).parent / OF_A_LANGUAGE,
    Path(django.__file__).parent / "conf" / OF_A_LANGUAGE,
    Path(django.__file__).parent / "contrib" / "auth" / OF_A_LANGUAGE,
]
ASKING = [
    ("/accounts/login/code/", {"email": "su@example.org"}, "登录验证码"),
    ("/accounts/login/code/", {"email": "nobody@example.org"}, "没有这个账号"),
    ("/accounts/password/reset/", {"email": "su@example.org"}, "重设密码"),
    (
        "/accounts/signup/",
        {"name": "苏", "email": "new@example.org", "password1": "a long quiet river"},
        "请确认你的邮箱",
    ),
    (
        "/accounts/signup/",
        {"name": "苏", "email": "su@example.org", "password1": "a long quiet river"},
        "你已经有账号了",
    ),
]


def test_every_word_we_say_for_others_is_one_of_theirs() -> None:
    theirs = {message.id for path in THEIRS for message in read_po(BytesIO(path.read_bytes()))}
    assert [word for word in WORDS if word not in theirs] == []


@pytest.mark.parametrize(("address", "sent", "subject"), ASKING)
def test_mails_are_ours_in_chinese(
    cast: Cast, settings: Settings, address: str, sent: dict[str, str], subject: str
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    client = Client()
    client.cookies["lang"] = "zh-hans"
    client.post(address, sent)
    (letter,) = mail.outbox
    assert letter.subject == subject
    body = str(letter.body)
    assert [word for word in ("您", "代码", "email address", "You") if word in body] == []
