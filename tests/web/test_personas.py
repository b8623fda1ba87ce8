"""Being somebody of the demo at one click: there, and nowhere else."""

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kith.demo.api import personas, pour
from kith.people.api import Person
from tests.conftest import Cast


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def test_without_a_demo_nobody_becomes_anybody(cast: Cast) -> None:
    client = Client()
    for key in ("lin", "founder", str(cast.founder.pk), ""):
        assert client.post("/become", {"key": key}).status_code == 404
    assert client.get("/account").status_code == 302
    assert "/become" not in client.get("/").content.decode()


def test_in_a_demo_four_people_are_one_click_away(db: None, settings: Settings) -> None:
    pour(now=timezone.now())
    off = Client()
    assert off.post("/become", {"key": personas()[0].key}).status_code == 404
    settings.DEMO = True
    front = english(Client()).get("/").content.decode()
    assert front.count('action="/become"') == 4
    assert "Invented, for the demo" in front
    for persona in personas():
        client = Client()
        inside = client.post("/become", {"key": persona.key})
        assert inside.status_code == 302
        assert inside.headers["Location"].startswith("/c/")
        assert client.session["_auth_user_id"] == str(persona.person_id)
        assert client.get(inside.headers["Location"]).status_code == 200
    assert Client().post("/become", {"key": "nobody"}).status_code == 404
    real = Person.objects.create_user("real@example.org", "correct horse", "Real")
    assert Client().post("/become", {"key": str(real.pk)}).status_code == 404


def test_in_a_demo_a_get_becomes_nobody(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    client = Client()
    assert client.get("/become").status_code == 405
    assert client.get("/account").status_code == 302
