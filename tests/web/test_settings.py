"""What staff and the founder may change, and one's own account."""

import logging

import pytest
from django.test import Client

from kith.people.api import Community, Person, Value, add_member, community, standing
from kith.web.logs import Masked
from tests.conftest import NOW, Cast, signed_in

BOUNDARY = {"part": "boundary", "visible_to": "public", "entered_by": "open", "questions": ""}


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def home(cast: Cast) -> Community:
    return community(cast.home.slug)


def role_of(cast: Cast, person: Person) -> str:
    place = standing(cast.home, person)
    return place.role if place else ""


def test_settings_are_the_staffs(cast: Cast) -> None:
    for person in (cast.founder, cast.operator):
        assert signed_in(person).get("/c/shanye/settings").status_code == 200
    for client, status in (
        (signed_in(cast.core), 403),
        (signed_in(cast.member), 403),
        (signed_in(cast.stranger), 404),
        (Client(), 404),
    ):
        assert client.get("/c/shanye/settings").status_code == status
        assert client.post("/c/shanye/settings", {"part": "rules", "rules": "x"}).status_code == status
    assert home(cast).rules == "有话直说。"


def test_an_operator_changes_name_pursuit_values_and_rules(cast: Cast) -> None:
    client = signed_in(cast.operator)
    said = client.post("/c/shanye/settings", {"part": "about", "name": "山野", "pursuit": "慢慢来。"})
    assert said.headers["Location"] == "/c/shanye/settings?saved=about#about"
    client.post("/c/shanye/settings", {"part": "values", "word": ["慢", ""], "sentence": ["等", ""]})
    client.post("/c/shanye/settings", {"part": "rules", "rules": "新规矩。"})
    changed = home(cast)
    assert (changed.name, changed.pursuit, changed.rules) == ("山野", "慢慢来。", "新规矩。")
    assert [(v.word, v.sentence) for v in Value.objects.filter(community=changed)] == [("慢", "等")]
    assert (changed.visible_to, changed.entered_by, changed.questions) == ("members", "application", ["你为什么来？"])


def test_the_boundary_is_moved_by_the_founder_alone(cast: Cast) -> None:
    assert signed_in(cast.operator).post("/c/shanye/settings", BOUNDARY).status_code == 403
    assert home(cast).visible_to == "members"
    assert 'name="visible_to"' not in signed_in(cast.operator).get("/c/shanye/settings").content.decode()
    signed_in(cast.founder).post("/c/shanye/settings", BOUNDARY)
    changed = home(cast)
    assert (changed.visible_to, changed.entered_by, changed.questions) == ("public", "open", [])


def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(cast: Cast) -> None:
    client = english(signed_in(cast.founder))
    answer = client.post("/c/shanye/settings", {"part": "about", "name": " ", "pursuit": "写了很久的一句"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="name_error"' in body
    assert "写了很久的一句" in body
    assert home(cast).name == "山野社"


def test_an_unknown_boundary_moves_nothing(cast: Cast) -> None:
    answer = signed_in(cast.founder).post("/c/shanye/settings", BOUNDARY | {"visible_to": "nobody"})
    assert answer.status_code == 422
    assert home(cast).visible_to == "members"


def test_values_are_rearranged_without_being_saved(cast: Cast) -> None:
    client = signed_in(cast.founder)
    body = client.post(
        "/c/shanye/settings", {"part": "values", "word": ["真"], "sentence": ["x"], "go": "add"}
    ).content.decode()
    assert body.count('name="word"') == 2
    body = client.post(
        "/c/shanye/settings", {"part": "values", "word": ["真"], "sentence": ["x"], "go": "remove:0"}
    ).content.decode()
    assert 'value="真"' not in body
    assert [v.word for v in Value.objects.filter(community=cast.home)] == ["真"]


def test_an_unknown_part_is_not_found(cast: Cast) -> None:
    assert signed_in(cast.founder).post("/c/shanye/settings", {"part": "magic"}).status_code == 404


def test_the_founder_gives_roles(cast: Cast) -> None:
    client = signed_in(cast.founder)
    assert "苏杭" in client.get("/c/shanye/settings?q=苏").content.decode()
    client.post("/c/shanye/settings/role", {"handle": "苏杭", "role": "operator"})
    assert role_of(cast, cast.member) == "operator"


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("king", 400)])
def test_the_last_founder_stays_founder(cast: Cast, role: str, status: int) -> None:
    answer = english(signed_in(cast.founder)).post("/c/shanye/settings/role", {"handle": "罗", "role": role})
    assert answer.status_code == status
    assert role_of(cast, cast.founder) == "founder"


def test_a_founder_steps_down_when_another_stands(cast: Cast) -> None:
    client = signed_in(cast.founder)
    client.post("/c/shanye/settings/role", {"handle": "Olga", "role": "founder"})
    client.post("/c/shanye/settings/role", {"handle": "罗", "role": "core"})
    assert (role_of(cast, cast.operator), role_of(cast, cast.founder)) == ("founder", "core")


def test_nobody_else_gives_roles(cast: Cast) -> None:
    for person, status in ((cast.operator, 403), (cast.member, 403), (cast.stranger, 404), (cast.enemy, 404)):
        answer = signed_in(person).post("/c/shanye/settings/role", {"handle": "苏杭", "role": "operator"})
        assert answer.status_code == status
    assert role_of(cast, cast.member) == "member"


def test_a_role_for_nobody_is_not_found(cast: Cast) -> None:
    assert signed_in(cast.founder).post("/c/shanye/settings/role", {"handle": "敌", "role": "core"}).status_code == 404


def test_an_account_shows_its_ways_in_and_its_communities(cast: Cast) -> None:
    add_member(community=cast.rival, person=cast.member, now=NOW)
    body = signed_in(cast.member).get("/account").content.decode()
    for address in (
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/c/shanye/",
        "/c/duian/",
        "/new",
    ):
        assert f'href="{address}"' in body


def test_name_and_language_are_changed(cast: Cast) -> None:
    client = signed_in(cast.member)
    answer = client.post("/account", {"name": " 苏 \u202e杭 ", "language": "en"})
    assert answer.headers["Location"] == "/account?saved"
    person = Person.objects.get(pk=cast.member.pk)
    assert (person.name, person.language) == ("苏 杭", "en")
    assert '<html lang="en">' in client.get("/account").content.decode()


@pytest.mark.parametrize("language", ["", "tlh", "x" * 300])
def test_an_unknown_language_is_left_as_it_was(cast: Cast, language: str) -> None:
    signed_in(cast.member).post("/account", {"name": "苏杭", "language": language})
    assert Person.objects.get(pk=cast.member.pk).language == ""


def test_an_empty_name_is_refused_beside_its_field(cast: Cast) -> None:
    answer = english(signed_in(cast.member)).post("/account", {"name": "\u200b", "language": "en"})
    assert answer.status_code == 422
    assert 'id="name_error"' in answer.content.decode()
    assert Person.objects.get(pk=cast.member.pk).name == "苏杭"


def test_an_account_is_ones_own(db: None) -> None:
    assert Client().get("/account").headers["Location"] == "/accounts/login/?next=/account"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /c/shanye/i/" + "a" * 43, "Not Found: /c/shanye/i/…"),
        ("Conflict: /c/shanye/claim/" + "a-_" * 14, "Conflict: /c/shanye/claim/…"),
        (
            "GET /accounts/login/?next=%2Fc%2Fshanye%2Fi%2F" + "a" * 43,
            "GET /accounts/login/?next=%2Fc%2Fshanye%2Fi%2F…",
        ),
        ("GET /accounts/password/reset/key/1-cxyz12-0123456789abcdef/", "GET /accounts/password/reset/key/…/"),
        ("Not Found: /letters/WyJzaGFueWUiLDFd:1xX0ON:HOtDo2eYKXGz6hmxO9", "Not Found: /letters/…"),
        ("GET /live/shanye?token=abcdefghijklmnopqrstuvwxyz", "GET /live/shanye?token=…"),
        ("Not Found: /c/shanye/i/short", "Not Found: /c/shanye/i/short"),
    ],
)
def test_tokens_never_stand_in_the_log(line: str, kept: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (line,), None)
    assert Masked().filter(record)
    assert record.getMessage() == kept


def test_the_log_of_a_refused_link_holds_no_token(db: None, caplog: pytest.LogCaptureFixture) -> None:
    Client().get("/c/shanye/i/" + "a" * 43)
    assert "/c/shanye/i/…" in caplog.text
    assert "a" * 43 not in caplog.text
