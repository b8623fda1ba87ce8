"""Signing up, in and out; mail; and what strangers may learn."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from kith.people.api import Person
from tests.conftest import Cast, signed_in

IN = "/accounts/login/"
UP = "/accounts/signup/"
PAGES = (
    IN, UP, "/accounts/login/code/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-xyz-abc/", "/accounts/confirm-email/nothing/", "/accounts/confirm-email/",
)  # fmt: skip
OWN_PAGES = (
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/password/change/",
    "/accounts/logout/",
)


def speaking(client: Client, language: str) -> Client:
    client.cookies["lang"] = language
    return client


def new(**changes: str) -> dict[str, str]:
    return {"name": "唐小满", "email": "tang@example.org", "password1": "a long quiet river"} | changes


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_entering_stands_in_our_frame(db: None, address: str, language: str) -> None:
    body = speaking(Client(), language).get(address).content.decode()
    assert 'class="card enter-card"' in body
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}">' in body
    assert "Menu:" not in body


@pytest.mark.parametrize("address", OWN_PAGES)
def test_every_page_of_an_account_stands_in_our_frame(cast: Cast, address: str) -> None:
    body = speaking(signed_in(cast.member), "en").get(address).content.decode()
    assert 'class="card enter-card"' in body
    assert 'href="/account"' in body


@pytest.mark.parametrize("address", [*PAGES, *OWN_PAGES])
def test_no_page_runs_a_script_of_its_own(cast: Cast, address: str) -> None:
    for client in (Client(), signed_in(cast.member)):
        answer = client.get(address, follow=True)
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", answer.content.decode())
        assert inline == []
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"] + ";"


def test_who_signs_up_is_in_and_lands_where_they_wanted(cast: Cast) -> None:
    client = speaking(Client(), "en")
    assert 'value="/c/shanye/join"' in client.get(f"{UP}?next=/c/shanye/join").content.decode()
    answer = client.post(UP, new(next="/c/shanye/join"))
    assert answer.headers["Location"] == "/c/shanye/join"
    made = Person.objects.get(email="tang@example.org")
    assert (made.name, made.language) == ("唐小满", "en")
    assert client.get("/account").status_code == 200


def test_nobody_is_led_to_another_site(cast: Cast) -> None:
    answer = Client().post(UP, new(next="https://evil.example/"))
    assert answer.headers["Location"] == "/"


def test_a_name_of_hidden_marks_is_refused_beside_its_field(db: None) -> None:
    body = speaking(Client(), "en").post(UP, new(name="\u202e\u200b")).content.decode()
    assert "A name needs at least one visible character." in body
    assert 'aria-invalid="true"' in body
    assert 'aria-describedby="id_name_error"' in body
    assert not Person.objects.filter(email="tang@example.org").exists()


def test_a_name_loses_its_direction_marks(db: None) -> None:
    Client().post(UP, new(name="Ev\u202eil  Bob"))
    assert Person.objects.get(email="tang@example.org").name == "Evil Bob"


@pytest.mark.parametrize(("language", "sentence"), [("en", "The email address and/or password"), ("zh-hans", "密码")])
def test_a_wrong_password_is_a_sentence(cast: Cast, language: str, sentence: str) -> None:
    client = speaking(Client(), language)
    body = client.post(IN, {"login": "su@example.org", "password": "wrong horse"}).content.decode()
    assert sentence in body
    assert 'role="alert"' in body
    assert client.get("/account").status_code == 302


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(cast: Cast) -> None:
    answers = [
        Client().post(IN, {"login": mail_, "password": "wrong horse"}).content.decode().replace(mail_, "")
        for mail_ in ("su@example.org", "nobody@example.org")
    ]
    secret = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert secret.sub("", answers[0]) == secret.sub("", answers[1])


@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_asking_for_mail_tells_nobody_who_has_an_account(cast: Cast, address: str) -> None:
    known, unknown = (Client().post(address, {"email": e}) for e in ("su@example.org", "nobody@example.org"))
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert {m.to[0] for m in mail.outbox} == {"su@example.org", "nobody@example.org"}


def test_where_mail_arrives_signing_up_tells_nobody_who_has_an_account(cast: Cast, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    count = Person.objects.count()
    taken, free = (Client().post(UP, new(email=e)) for e in ("su@example.org", "tang@example.org"))
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert Person.objects.count() == count + 1


def test_where_mail_arrives_the_code_leads_on_to_where_one_wanted(cast: Cast, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    client = Client()
    page = client.post(UP, new(next="/c/shanye/join"), follow=True)
    assert "enter-card" in page.content.decode()
    assert client.get("/account").status_code == 302
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    answer = client.post("/accounts/confirm-email/", {"code": code.group()})
    assert answer.headers["Location"] == "/c/shanye/join"


def test_a_code_by_mail_signs_in(cast: Cast) -> None:
    client = speaking(Client(), "en")
    client.post("/accounts/login/code/", {"email": "su@example.org", "next": "/account"})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    wrong = client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"}).content.decode()
    assert "Incorrect code." in wrong
    answer = client.post("/accounts/login/code/confirm/", {"code": code.group(), "next": "/account"})
    assert answer.headers["Location"] == "/account"


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": "su@example.org"})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    form = client.get(link.group(), follow=True)
    target = str(form.redirect_chain[-1][0])
    client.post(target, {"password1": "a new slow river", "password2": "a new slow river"})
    person = Person.objects.get(email="su@example.org")
    assert person.check_password("a new slow river")
    again = speaking(Client(), "en").get(link.group(), follow=True).content.decode()
    assert "This link no longer works" in again


def test_mail_names_the_product_and_no_tracker(cast: Cast) -> None:
    speaking(Client(), "en").post("/accounts/password/reset/", {"email": "su@example.org"})
    body = str(mail.outbox[-1].body)
    assert "Kith 同道" in body
    assert "Hello from" not in body


def test_too_many_wrong_passwords_are_stopped(cast: Cast) -> None:
    client = speaking(Client(), "en")
    answers = [client.post(IN, {"login": "su@example.org", "password": f"wrong {n}"}) for n in range(12)]
    assert answers[0].status_code == 200
    assert "Too many" in answers[-1].content.decode()
    assert "enter-card" in answers[-1].content.decode()
    right = client.post(IN, {"login": "su@example.org", "password": "correct horse"})
    assert "Too many" in right.content.decode()


def test_asking_too_often_is_a_page_that_says_so(cast: Cast) -> None:
    client = speaking(Client(), "en")
    last = [client.post("/accounts/password/reset/", {"email": f"x{n}@example.org"}) for n in range(25)][-1]
    assert last.status_code == 429
    assert "Wait a few minutes" in last.content.decode()


def test_signing_out_is_asked_and_then_done(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.get("/accounts/logout/")
    assert client.get("/account").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account").status_code == 302


def test_there_is_no_second_lock(cast: Cast) -> None:
    assert Client().get("/accounts/2fa/totp/activate/").status_code == 404
    assert Client().get("/accounts/2fa/recovery-codes/").status_code == 404


def test_an_unconfirmed_address_gets_no_passkey_yet(cast: Cast) -> None:
    client = speaking(Client(), "en")
    client.post(UP, new())
    body = client.get("/accounts/2fa/webauthn/add/", follow=True).content.decode()
    assert "Confirm your e-mail address first; then add a passkey." in body
    link = re.search(r"/accounts/confirm-email/\S+", str(mail.outbox[-1].body))
    assert link
    client.post(link.group())
    assert "Is it you?" in client.get("/accounts/2fa/webauthn/add/", follow=True).content.decode()
    asked = {"password": "a long quiet river", "next": "/accounts/2fa/webauthn/add/"}
    body = client.post("/accounts/reauthenticate/", asked, follow=True).content.decode()
    assert 'id="mfa_webauthn_add"' in body


def test_addresses_are_added_made_first_and_removed(cast: Cast) -> None:
    client = speaking(signed_in(cast.member), "en")
    client.post("/accounts/email/", {"email": "su2@example.org", "action_add": ""})
    link = re.search(r"/accounts/confirm-email/\S+", str(mail.outbox[-1].body))
    assert link
    client.post(link.group())
    client.post("/accounts/email/", {"email": "su2@example.org", "action_primary": ""})
    assert Person.objects.get(pk=cast.member.pk).email == "su2@example.org"
    client.post("/accounts/email/", {"email": "su@example.org", "action_remove": ""})
    assert "su@example.org" not in client.get("/accounts/email/").content.decode().replace(
        "su2@example.org", ""
    ).replace("Removed email address su@example.org", "")


def test_fields_say_what_a_browser_may_fill_in(db: None) -> None:
    signing_in, signing_up = (Client().get(a).content.decode() for a in (IN, UP))
    assert 'autocomplete="current-password"' in signing_in
    assert 'autocomplete="email"' in signing_in
    assert 'autocomplete="new-password"' in signing_up
    assert 'autocomplete="name"' in signing_up
