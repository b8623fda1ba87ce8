"""The pages of one's own data: asking, getting, leaving; an operator's export."""

from typing import Any

from django.test import Client

from kith.own import api as own
from kith.people.api import Person
from tests.conftest import NOW, Cast, signed_in


def test_an_export_is_asked_for_made_and_downloaded(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    me = signed_in(cast.member)
    assert me.post("/account/data").status_code == 302
    page = me.get("/account/data").content.decode()
    assert "hx-trigger" in page
    made = own.bundles_of(person=cast.member, community=None, now=NOW)[0]
    assert me.get(f"/account/data/{made.id}.zip").status_code == 409
    own.make_bundle(bundle_id=made.id, now=made.asked_at)
    assert f"/account/data/{made.id}.zip" in me.get("/account/data").content.decode()
    answer = me.get(f"/account/data/{made.id}.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert b"".join(answer).startswith(b"PK")
    assert signed_in(cast.other).get(f"/account/data/{made.id}.zip").status_code == 404


def confirmed(person: Person) -> Client:
    """Return a browser in which somebody has just confirmed who they are."""
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    return client


def test_leaving_asks_who_one_is_then_deletes_and_signs_out(cast: Cast) -> None:
    me = signed_in(cast.member)
    page = me.get("/account/leave").content.decode()
    assert own.PSEUDONYM in page
    asked = me.post("/account/leave", {"texts": "keep"})
    assert "/accounts/reauthenticate/" in asked["Location"]
    assert Person.objects.get(pk=cast.member.pk).email
    wrong = me.post(asked["Location"], {"password": "guessed"})
    assert wrong.status_code == 200
    assert Person.objects.get(pk=cast.member.pk).email
    done = me.post(asked["Location"], {"password": "correct horse", "next": "/account/leave"})
    assert done["Location"] == "/account/left"
    assert Person.objects.get(pk=cast.member.pk).name == own.PSEUDONYM
    assert me.get("/account").status_code == 302
    assert me.get("/account/left").status_code == 200


def test_what_is_in_the_way_is_named_on_the_page(cast: Cast) -> None:
    founder = confirmed(cast.founder)
    assert "山野社" in founder.get("/account/leave").content.decode()
    refused = founder.post("/account/leave", {"texts": "keep"})
    assert (refused.status_code, "山野社" in refused.content.decode()) == (409, True)


def test_the_api_wants_the_password_once_more(cast: Cast) -> None:
    me = signed_in(cast.member)
    body = {"texts": "delete", "password": "guessed"}
    wrong = me.post("/api/v1/me/leaving", body, content_type="application/json")
    assert (wrong.status_code, wrong.json()["error"]) == (403, "WrongPassword")
    done = me.post("/api/v1/me/leaving", body | {"password": "correct horse"}, content_type="application/json")
    assert done.status_code == 204
    assert not Person.objects.get(pk=cast.member.pk).is_active
