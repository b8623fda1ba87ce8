"""Claiming imported lines by the link an operator sends: all of it, once, by one person."""

import pytest
from django.test import Client
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people.api import Person, Standing, bring_people, member, standing
from tests.conftest import NOW, Cast, signed_in


@pytest.fixture
def imported(cast: Cast) -> Standing:
    (person_id,) = bring_people(community=cast.home, names=["陈一川"], now=NOW)
    connect.post(community=cast.home, text="三年前的话", by=Person.objects.get(pk=person_id), now=NOW)
    return member(cast.home, "陈一川")


@pytest.fixture
def token(cast: Cast, imported: Standing) -> str:
    return gather.offer_claim(community=cast.home, member=imported, by=cast.founder, now=timezone.now())


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def authors(cast: Cast) -> list[str]:
    return [said.author.name for said in connect.feed(cast.home, reader=cast.founder).posts]


def test_the_link_says_whose_lines_and_changes_nothing(cast: Cast, imported: Standing, token: str) -> None:
    for client in (Client(), signed_in(cast.stranger)):
        body = english(client).get(f"/c/shanye/claim/{token}").content.decode()
        assert "Are you 陈一川?" in body
    assert member(cast.home, "陈一川") == imported
    assert standing(cast.home, cast.stranger) is None


def test_a_stranger_is_led_to_an_account_and_back(cast: Cast, token: str) -> None:
    body = english(Client()).get(f"/c/shanye/claim/{token}").content.decode()
    assert f'href="/accounts/signup/?next=/c/shanye/claim/{token}"' in body
    assert Client().post("/c/shanye/claim", {"token": token}).headers["Location"].startswith("/accounts/login/")


def test_one_click_claims_place_and_texts(cast: Cast, token: str) -> None:
    client = signed_in(cast.stranger)
    assert client.post("/c/shanye/claim", {"token": token}).headers["Location"] == "/c/shanye/"
    place = standing(cast.home, cast.stranger)
    assert place
    assert (place.handle, place.is_imported) == ("陈一川", False)
    assert authors(cast) == ["Ann"]


def test_a_member_claims_and_keeps_their_place(cast: Cast, imported: Standing, token: str) -> None:
    signed_in(cast.member).post("/c/shanye/claim", {"token": token})
    place = standing(cast.home, cast.member)
    assert place
    assert place.handle == "苏杭"
    assert Person.objects.get(pk=imported.person_id).merged_into == cast.member
    assert authors(cast) == ["苏杭"]


def test_a_link_claims_once(cast: Cast, token: str) -> None:
    signed_in(cast.stranger).post("/c/shanye/claim", {"token": token})
    answer = english(signed_in(cast.enemy)).post("/c/shanye/claim", {"token": token})
    assert answer.status_code == 404
    assert "This link is not valid, or it has expired." in answer.content.decode()
    assert standing(cast.home, cast.enemy) is None
    assert authors(cast) == ["Ann"]


def test_a_claim_that_breaks_half_way_leaves_everything(cast: Cast, imported: Standing, token: str) -> None:
    """Two links for the same lines: the second finds them taken, and keeps its own use unspent."""
    second = gather.offer_claim(community=cast.home, member=imported, by=cast.founder, now=timezone.now())
    signed_in(cast.stranger).post("/c/shanye/claim", {"token": token})
    answer = signed_in(cast.enemy).post("/c/shanye/claim", {"token": second})
    assert answer.status_code in {404, 409}
    assert standing(cast.home, cast.enemy) is None
    assert authors(cast) == ["Ann"]


@pytest.mark.parametrize("slug", ["shanye", "duian", "nowhere"])
def test_a_bad_link_tells_nobody_what_exists(cast: Cast, slug: str) -> None:
    answer = english(Client()).get(f"/c/{slug}/claim/{'x' * 43}")
    assert answer.status_code == 404
    assert "This link is not valid, or it has expired." in answer.content.decode()


def test_a_link_of_another_community_claims_nothing(cast: Cast, imported: Standing, token: str) -> None:
    assert signed_in(cast.enemy).post("/c/duian/claim", {"token": token}).status_code == 404
    assert member(cast.home, "陈一川") == imported


def test_an_old_link_is_a_sentence(cast: Cast, imported: Standing) -> None:
    old = gather.offer_claim(community=cast.home, member=imported, by=cast.founder, now=NOW.replace(year=2024))
    assert Client().get(f"/c/shanye/claim/{old}").status_code == 404
    assert signed_in(cast.stranger).post("/c/shanye/claim", {"token": old}).status_code == 404
    assert standing(cast.home, cast.stranger) is None
