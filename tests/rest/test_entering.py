"""Applying, inviting and claiming by the API."""

from kith.connect import api as connect
from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls

HOME = "/communities/shanye"


def test_an_applicant_knocks_is_read_and_let_in(cast: Cast) -> None:
    applies, runs = Calls(cast.stranger), Calls(cast.operator)
    made = applies("POST", f"{HOME}/applications", {"answers": ["想吃山货"]})
    assert (applies.status, made["state"]) == (201, "pending")
    assert made["answers"] == [{"question": "你为什么来？", "answer": "想吃山货"}]
    assert applies("GET", f"{HOME}/door")["application"] == made
    assert applies("POST", f"{HOME}/applications", {"answers": ["再来"]})["error"] == "AlreadyApplied"
    assert [a["name"] for a in runs("GET", f"{HOME}/applications")["waiting"]] == ["Ann"]
    address = f"{HOME}/applications/{made['id']}/decision"
    assert runs("POST", address, {"admit": True})["state"] == "admitted"
    assert (runs("POST", address, {"admit": False})["error"], runs.status) == ("AlreadyDecided", 409)
    assert applies("GET", HOME)["standing"]["role"] == "member"
    assert [a.kind for a in energy.acts_of(cast.home, cast.stranger.pk)] == ["welcome"]


def test_a_declined_applicant_reads_why_and_stays_outside(cast: Cast) -> None:
    applies, runs = Calls(cast.stranger), Calls(cast.operator)
    assert applies("POST", f"{HOME}/applications", {})["error"] == "AnswersMissing"
    made = applies("POST", f"{HOME}/applications", {"answers": ["想来"]})
    runs("POST", f"{HOME}/applications/{made['id']}/decision", {"admit": False, "reason": "人满了"})
    door = applies("GET", f"{HOME}/door")["application"]
    assert (door["state"], door["reason"]) == ("declined", "人满了")
    assert applies("GET", HOME)["error"] == "NotFound"


def test_no_operator_decides_at_the_door_of_another_community(cast: Cast) -> None:
    made = Calls(cast.stranger)("POST", f"{HOME}/applications", {"answers": ["想来"]})
    runs_rival = Calls(cast.enemy)
    found = runs_rival("POST", f"/communities/duian/applications/{made['id']}/decision", {"admit": True})
    assert found["error"] == "NotFound"
    assert people.standing(cast.home, cast.stranger) is None
    assert people.standing(cast.rival, cast.stranger) is None


def test_an_invitation_lets_in_as_often_as_it_says(cast: Cast) -> None:
    runs = Calls(cast.founder)
    made = runs("POST", f"{HOME}/invitations", {"uses": 1, "days": 3})
    assert (runs.status, made["uses"]) == (201, 1)
    comes = Calls(cast.stranger)
    assert comes("POST", f"{HOME}/invitations/accept", {"token": made["token"]})["role"] == "member"
    assert comes.status == 201
    late = Calls(cast.enemy)
    assert late("POST", f"{HOME}/invitations/accept", {"token": made["token"]})["error"] == "LinkExpired"
    assert late.status == 404
    assert late("POST", "/communities/duian/invitations/accept", {"token": made["token"]})["error"] == "AlreadyMember"


def test_who_claims_imported_lines_gets_their_texts_and_ties(cast: Cast) -> None:
    [imported] = people.bring_people(community=cast.home, names=["旧人"], now=NOW)
    ask = connect.post(community=cast.home, text="谁有车？", by=cast.member, now=NOW)
    connect.reply(community=cast.home, to=ask.id, text="我", by=Person.objects.get(pk=imported), now=NOW)
    runs, claims = Calls(cast.operator), Calls(cast.stranger)
    link = runs("POST", f"{HOME}/claims", {"handle": "旧人"})
    assert runs.status == 201
    assert claims("POST", f"{HOME}/claims/look", {"token": link["token"]}) == {"name": "旧人"}
    assert claims("POST", f"{HOME}/claims/accept", {"token": link["token"]}) == {"texts": 1}
    assert claims("GET", HOME)["standing"]["handle"] == "旧人"
    assert claims("GET", f"{HOME}/posts/{ask.id}/thread")["replies"][0]["mine"] is True
    there, _ = energy.pair(cast.home, cast.stranger.pk, cast.member.pk, at=NOW)
    assert there is not None
    assert claims("POST", f"{HOME}/claims/accept", {"token": link["token"]})["error"] == "LinkExpired"
    assert runs("POST", f"{HOME}/claims", {"handle": "苏杭"})["error"] == "NothingToClaim"


def test_a_number_without_a_fraction_is_whole(cast: Cast) -> None:
    runs = Calls(cast.operator)
    assert (runs("POST", f"{HOME}/invitations", {"uses": 2.0})["uses"], runs.status) == (2, 201)
    for uses in (1.5, 1e300, 2.0**63):
        assert (runs("POST", f"{HOME}/invitations", {"uses": uses})["error"], runs.status) == ("InvalidInput", 422)
