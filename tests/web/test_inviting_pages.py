"""Inviting on the pages: a member's links and branch, sponsors, and what the door shows of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kith.gather import api as gather
from kith.people.api import add_member, standing
from tests.conftest import NOW, Cast, account, signed_in
from tests.launch.shop import buy, opened, paid

OWN = "/c/shanye/invitations"


@pytest.fixture
def member(cast: Cast) -> Client:
    gather.set_limits(community=cast.home, changes={"invites": 2}, by=cast.founder, now=NOW)
    return english(signed_in(cast.member))


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def test_a_member_makes_a_link_sees_who_came_and_takes_one_back(cast: Cast, member: Client) -> None:
    body = member.post(OWN, {"uses": "1", "days": "7", "note": "=给老同学"}).content.decode()
    found = re.search(r'value="(http[^"]+/i/[^"]+)"', body)
    assert found
    guest = english(signed_in(cast.stranger))
    assert guest.post("/c/shanye/join", {"token": found[1].rsplit("/", 1)[1]}).status_code == 302
    shown = member.get(OWN).content.decode()
    for words in ("=给老同学", "1 came", "used up", "brought by 苏杭", "2 more people may come"):
        assert words in shown
    assert member.post(OWN, {"uses": "3"}).status_code == 409
    member.post(OWN, {"uses": "2"})
    full = member.get(OWN).content.decode()
    assert "0 more people may come" in full
    [link] = [i for i in gather.invitations(cast.home) if i.uses == 2]
    assert english(signed_in(cast.other)).post(f"{OWN}/{link.id}/withdraw").status_code == 403
    member.post(f"{OWN}/{link.id}/withdraw")
    assert "taken back" in member.get(OWN).content.decode()
    came = guest.get(OWN).content.decode()
    assert "You came in through 苏杭." in came

    founder = english(signed_in(cast.founder))
    page = founder.get("/c/shanye/door/inviting").content.decode()
    for words in ("1 person came in by somebody", "/c/shanye/door/inviting?under=%E8%8B%8F%E6%9D%AD#tree", "1 below"):
        assert words in page
    assert founder.get("/c/shanye/door/inviting?since=x").status_code == 422
    table = b"".join(founder.get("/c/shanye/door/inviting.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [line.split(",")[:5] for line in table.splitlines()[1:]] == [
        ["苏杭", "苏杭", "0", "", ""],
        ["Ann", "Ann", "1", "苏杭", "link"],
    ]


def test_who_may_not_invite_is_told_why(cast: Cast) -> None:
    assert "members are given no invitations" in english(signed_in(cast.other)).get(OWN).content.decode()


def test_an_applicant_names_a_sponsor_who_answers_on_their_page(cast: Cast, member: Client) -> None:
    applicant = english(signed_in(cast.stranger))
    applicant.post("/c/shanye/apply", {"answer": "想来", "sponsor": "@苏杭"})
    assert "You named 苏杭 as your sponsor." in applicant.get("/c/shanye/join").content.decode()
    page = member.get(OWN).content.decode()
    action = re.search(r'action="(/c/shanye/sponsorships/\d+)"', page)
    assert action
    founder = english(signed_in(cast.founder))
    assert "who has not answered yet" in founder.get("/c/shanye/door").content.decode()
    member.post(action[1], {"yes": "1"})
    assert "You vouched" in member.get(OWN).content.decode()
    assert "苏杭 vouches for them." in founder.get("/c/shanye/door").content.decode()
    assert "苏杭 vouches for you." in applicant.get("/c/shanye/join").content.decode()


def test_a_sponsor_that_is_wanted_is_asked_for_beside_the_field_and_nothing_is_lost(cast: Cast) -> None:
    gather.set_limits(community=cast.home, changes={"needs_sponsor": 1}, by=cast.founder, now=NOW)
    answer = english(signed_in(cast.stranger)).post("/c/shanye/apply", {"answer": "想来山里", "sponsor": ""})
    body = answer.content.decode()
    assert answer.status_code == 400
    for words in ("This community wants a member who vouches for you", "想来山里", 'id="sponsor_error"'):
        assert words in body


def test_past_decisions_stay_readable_with_answers_and_reason(cast: Cast) -> None:
    made = gather.apply(community=cast.home, person=cast.stranger, answers=["为了山"], now=NOW)
    gather.decide(
        community=cast.home, application_id=made.id, admit=False, reason="先读几个月。", by=cast.operator, now=NOW
    )
    founder = english(signed_in(cast.founder))
    body = founder.get("/c/shanye/door/decided?state=declined").content.decode()
    for words in ("为了山", "先读几个月。", "by Olga", "Declined"):
        assert words in body
    assert "为了山" not in founder.get("/c/shanye/door/decided?state=admitted").content.decode()
    assert "为了山" not in founder.get(f"/c/shanye/door/decided?before={made.id}").content.decode()


def test_a_large_tree_costs_no_more_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for n in range(3):
        guest = account(f"客{n}", f"k{n}@example.org")
        add_member(community=cast.home, person=guest, now=NOW)
        gather.brought(community=cast.home, person=guest, host=cast.member, way="poster", now=NOW)
    assert standing(cast.home, cast.member)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        tree, numbers = (
            gather.invitation_tree(cast.home),
            gather.inviting(cast.home, since=NOW, until=NOW.replace(year=2027), now=NOW),
        )
    assert (len(tree), numbers[0].came) == (4, 3)


def test_who_runs_it_sees_what_those_somebody_brought_paid_and_that_it_is_no_reward(cast: Cast, member: Client) -> None:
    gather.brought(community=cast.home, person=cast.member, host=cast.core, way="poster", now=NOW - timedelta(days=400))
    opened(cast)
    paid(cast, buy(cast, BREW=1))
    address = (
        f"/c/shanye/door/inviting?since={NOW - timedelta(days=1):%Y-%m-%d}&until={NOW + timedelta(days=1):%Y-%m-%d}"
    )
    founder = english(signed_in(cast.founder))
    body = founder.get(address).content.decode()
    for words in ("those they brought paid", "CN¥168.00", "a figure, not a reward", ">何以南</a>"):
        assert words in body
    founder.cookies["lang"] = "zh-hans"
    assert "这是数字，不是奖励" in founder.get(address).content.decode()
    assert "168.00" not in english(founder).get("/c/shanye/door/inviting?until=2026-01-01").content.decode()
    for other in (member, signed_in(cast.core)):
        assert other.get(address).status_code == 403
