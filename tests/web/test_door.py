"""The door, for operators: deciding, inviting, offering claims."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kith.gather import api as gather
from kith.gather.models import Claim, Invitation
from kith.people.api import bring_people, standing
from tests.conftest import NOW, Cast, signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def founder(cast: Cast) -> Client:
    client = signed_in(cast.founder)
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def applied(cast: Cast) -> int:
    return gather.apply(community=cast.home, person=cast.stranger, answers=["为了山"], now=NOW).id


def places(cast: Cast) -> list[tuple[Client, int]]:
    """Everybody but the staff, and what the door tells them."""
    return [
        (signed_in(cast.core), 403),
        (signed_in(cast.member), 403),
        (signed_in(cast.stranger), 404),
        (signed_in(cast.enemy), 404),
        (Client(), 404),
    ]


def test_who_waits_is_shown_with_their_answers(cast: Cast, founder: Client, applied: int) -> None:
    body = founder.get("/c/shanye/door").content.decode()
    for shown in ("Ann", "你为什么来？", "为了山", f"/c/shanye/door/{applied}"):
        assert shown in body


def test_the_door_is_the_operators(cast: Cast, applied: int) -> None:
    assert signed_in(cast.operator).get("/c/shanye/door").status_code == 200
    for client, status in places(cast):
        assert client.get("/c/shanye/door").status_code == status
        assert client.get("/c/shanye/door/unclaimed").status_code == status
        assert client.post(f"/c/shanye/door/{applied}", {"admit": "1"}).status_code == status
        assert client.post("/c/shanye/invite").status_code == status
    assert standing(cast.home, cast.stranger) is None
    assert Invitation.objects.count() == 0
    assert [a.id for a in gather.waiting(cast.home)] == [applied]


def test_admitting_in_place_answers_with_the_decision(cast: Cast, founder: Client, applied: int) -> None:
    answer = founder.post(f"/c/shanye/door/{applied}", {"admit": "1"}, headers=HTMX)
    body = answer.content.decode()
    assert "Admitted" in body
    assert "<html" not in body
    assert standing(cast.home, cast.stranger)


def test_declining_without_a_script_leads_back_and_keeps_the_reason(cast: Cast, founder: Client, applied: int) -> None:
    answer = founder.post(f"/c/shanye/door/{applied}", {"admit": "0", "reason": "先读几个月。"}, follow=True)
    assert answer.redirect_chain == [("/c/shanye/door", 302)]
    assert "先读几个月。" in answer.content.decode()
    assert standing(cast.home, cast.stranger) is None
    assert [(a.state, a.reason) for a in gather.decided(cast.home)] == [("declined", "先读几个月。")]


def test_the_second_decision_on_an_application_is_a_sentence(cast: Cast, founder: Client, applied: int) -> None:
    founder.post(f"/c/shanye/door/{applied}", {"admit": "0"})
    answer = founder.post(f"/c/shanye/door/{applied}", {"admit": "1"})
    assert answer.status_code == 409
    assert "Somebody has decided on this application already." in answer.content.decode()
    assert standing(cast.home, cast.stranger) is None


def test_nobody_decides_for_another_community(cast: Cast, applied: int) -> None:
    assert signed_in(cast.enemy).post(f"/c/duian/door/{applied}", {"admit": "1"}).status_code == 404
    assert standing(cast.home, cast.stranger) is None
    assert standing(cast.rival, cast.stranger) is None


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_link_is_shown_once_and_works(cast: Cast, founder: Client, headers: dict[str, str]) -> None:
    body = founder.post("/c/shanye/invite", {"uses": "5", "days": "7"}, headers=headers).content.decode()
    link = re.search(r'value="http://testserver(/c/shanye/i/([\w-]{43}))"', body)
    assert link
    assert 'data-copy-from="invitation-link"' in body
    made = Invitation.objects.get()
    assert made.uses_left == 5
    assert (made.expires_at - made.made_at).days == 7
    assert link.group(2) not in founder.get("/c/shanye/door").content.decode()
    assert Client().get(link.group(1)).status_code == 200


@pytest.mark.parametrize("raw", ["-3", "x", "", "99999999999", "٣"])
def test_odd_numbers_make_a_modest_link(founder: Client, raw: str) -> None:
    assert founder.post("/c/shanye/invite", {"uses": raw, "days": raw}).status_code == 200
    assert Invitation.objects.get().uses_left == 1


def test_a_claim_link_is_offered_to_those_without_an_account(cast: Cast, founder: Client) -> None:
    bring_people(community=cast.home, names=["陈一川"], now=NOW)
    assert "陈一川" in founder.get("/c/shanye/door").content.decode()
    body = founder.post("/c/shanye/door/陈一川/claim", headers=HTMX).content.decode()
    link = re.search(r"/c/shanye/claim/[\w-]{43}", body)
    assert link
    assert Client().get(link.group()).status_code == 200


def test_a_claim_link_is_shown_without_a_script_too(cast: Cast, founder: Client) -> None:
    bring_people(community=cast.home, names=["陈一川"], now=NOW)
    body = founder.post("/c/shanye/door/陈一川/claim").content.decode()
    assert re.search(r'value="http://testserver/c/shanye/claim/[\w-]{43}"', body)
    assert "<html" in body


def test_a_member_with_an_account_has_nothing_to_claim(cast: Cast, founder: Client) -> None:
    assert "苏杭" not in founder.get("/c/shanye/door").content.decode()
    assert founder.post("/c/shanye/door/苏杭/claim").status_code == 409
    assert founder.post("/c/shanye/door/nobody/claim").status_code == 404
    assert Claim.objects.count() == 0


def test_the_unclaimed_are_searched_and_paged(cast: Cast, founder: Client) -> None:
    bring_people(community=cast.home, names=[f"旧友{n:02}" for n in range(25)], now=NOW)
    first = founder.get("/c/shanye/door/unclaimed").content.decode()
    assert [f"旧友{n:02}" in first for n in (0, 19, 20)] == [True, True, False]
    onward = re.search(r"\?q=&amp;after=[^#\"]+", first)
    assert onward
    second = founder.get(f"/c/shanye/door/unclaimed{onward.group().replace('&amp;', '&')}").content.decode()
    assert [f"旧友{n:02}" in second for n in (19, 20, 24)] == [False, True, True]
    found = founder.get("/c/shanye/door/unclaimed?q=友07").content.decode()
    assert "旧友07" in found
    assert "旧友08" not in found


def test_the_door_costs_the_same_however_many_wait(
    cast: Cast, founder: Client, django_assert_max_num_queries: object
) -> None:
    bring_people(community=cast.home, names=[f"旧友{n:02}" for n in range(25)], now=timezone.now())
    founder.get("/c/shanye/door")
    with django_assert_max_num_queries(16):  # type: ignore[operator]  # pytest-django's fixture
        founder.get("/c/shanye/door")
