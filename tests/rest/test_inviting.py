"""Inviting, the tree of who brought whom, and sponsors, by the API."""

from datetime import timedelta

from kith.gather import api as gather
from tests.conftest import NOW, Cast
from tests.launch.shop import buy, opened, paid
from tests.rest.calling import Calls

HOME = "/communities/shanye"


def test_a_member_invites_within_their_number_and_takes_a_link_back(cast: Cast) -> None:
    founds, invites, comes = Calls(cast.founder), Calls(cast.member), Calls(cast.stranger)
    assert invites("POST", f"{HOME}/invitations", {})["error"] == "OperatorsOnly"
    assert founds("PUT", f"{HOME}/limits", {"invites": 2})["invites"] == 2
    assert (invites("POST", f"{HOME}/invitations", {"uses": 3})["error"], invites.status) == ("QuotaReached", 409)
    token = invites("POST", f"{HOME}/invitations", {"note": "老同学"})["token"]
    spare = invites("POST", f"{HOME}/invitations", {})["token"]
    assert invites("GET", f"{HOME}/invitations")["quota"] == {"most": 2, "out": 2, "left": 0}
    assert comes("POST", f"{HOME}/invitations/accept", {"token": token})["role"] == "member"
    [second, first] = invites("GET", f"{HOME}/invitations")["invitations"]
    assert (first["note"], first["came"], first["uses_left"], second["uses_left"]) == ("老同学", 1, 0, 1)
    assert Calls(cast.other)("DELETE", f"{HOME}/invitations/{second['id']}")["error"] == "OnlyTheirInvitation"
    assert invites("DELETE", f"{HOME}/invitations/{second['id']}")["withdrawn_at"]
    assert invites("DELETE", f"{HOME}/invitations/{second['id']}")["error"] == "InvitationOver"
    assert Calls(cast.enemy)("POST", f"{HOME}/invitations/accept", {"token": spare})["error"] == "LinkExpired"
    assert invites("GET", f"{HOME}/invitations?everybody=true")["error"] == "OperatorsOnly"
    assert len(founds("GET", f"{HOME}/invitations?everybody=true")["invitations"]) == 2

    [me, guest] = invites("GET", f"{HOME}/invitations/tree")["branches"]
    assert (me["handle"], me["below"], guest["name"], guest["host"], guest["way"]) == ("苏杭", 1, "Ann", "苏杭", "link")
    assert founds("GET", f"{HOME}/invitations/tree")["total"] == 2
    assert founds("GET", f"{HOME}/invitations/tree?under=苏杭")["branches"] == [me, guest]
    assert invites("GET", f"{HOME}/invitations/tree?under=罗")["error"] == "OperatorsOnly"
    found = founds("GET", f"{HOME}/invitations/numbers")
    assert (found["total"]["came"], found["hosts"][0]["handle"], found["hosts"][0]["made"]) == (1, "苏杭", 2)
    assert founds("GET", f"{HOME}/invitations/numbers?since=2020-01-02&until=2020-02-01")["hosts"] == []
    for bad, error in (("since=x", "BadDay"), ("since=2026-02-02&until=2026-01-01", "BadSpan")):
        assert (founds("GET", f"{HOME}/invitations/numbers?{bad}")["error"], founds.status) == (error, 400)


def test_a_sponsor_says_yes_and_who_decides_sees_it(cast: Cast) -> None:
    applies, vouches, runs = Calls(cast.stranger), Calls(cast.member), Calls(cast.operator)
    made = applies("POST", f"{HOME}/applications", {"answers": ["想来"], "sponsor": "@苏杭"})
    assert (made["sponsor_named"], made["is_vouched_for"]) == ("苏杭", False)
    [asked] = vouches("GET", f"{HOME}/sponsorships")["sponsorships"]
    assert (asked["name"], asked["state"], asked["decided"]) == ("Ann", "asked", "pending")
    address = f"{HOME}/sponsorships/{asked['id']}"
    assert Calls(cast.other)("PUT", address, {"yes": True})["error"] == "NotNamed"
    vouches("PUT", address, {"yes": True})
    assert vouches.status == 204
    assert (vouches("PUT", address, {"yes": False})["error"], vouches.status) == ("SponsorAnswered", 409)
    [waits] = runs("GET", f"{HOME}/applications")["waiting"]
    assert (waits["sponsor"], waits["sponsor_state"]) == ("苏杭", "confirmed")
    assert applies("GET", f"{HOME}/door")["application"]["is_vouched_for"] is True
    runs("POST", f"{HOME}/applications/{made['id']}/decision", {"admit": False, "reason": "人满了"})
    [done] = runs("GET", f"{HOME}/applications/decided?state=declined")["decided"]
    assert (done["reason"], done["decided_by"], done["answers"][0]["answer"]) == ("人满了", "Olga", "想来")
    assert runs("GET", f"{HOME}/applications/decided?before={done['id']}") == {"decided": [], "next": None}


def test_an_application_may_have_to_name_a_sponsor(cast: Cast) -> None:
    gather.set_limits(community=cast.home, changes={"needs_sponsor": 1}, by=cast.founder, now=NOW)
    applies = Calls(cast.stranger)
    assert applies("POST", f"{HOME}/applications", {"answers": ["想来"]})["error"] == "SponsorMissing"


def test_what_those_somebody_brought_paid_stands_beside_for_who_runs_it(cast: Cast) -> None:
    gather.brought(community=cast.home, person=cast.member, host=cast.core, way="poster", now=NOW - timedelta(days=400))
    opened(cast)
    paid(cast, buy(cast, BREW=1))
    address = (
        f"{HOME}/invitations/numbers?since={NOW - timedelta(days=1):%Y-%m-%d}&until={NOW + timedelta(days=1):%Y-%m-%d}"
    )
    found = Calls(cast.founder)("GET", address)
    [host], line = found["hosts"], {"currency": "CNY", "scale": 2, "kept_minor": 16800, "people": 1}
    assert (host["handle"], host["came"], host["paid"], found["total"]["paid"]) == ("何以南", 0, [line], [line])
    assert Calls(cast.core)("GET", address)["error"] == "OperatorsOnly"
    assert Calls(cast.founder)("GET", f"{HOME}/invitations/numbers?until=2026-01-01")["total"]["paid"] == []
