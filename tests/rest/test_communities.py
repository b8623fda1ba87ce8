"""Oneself, communities, members, and the lines behind a member's numbers, by the API."""

from pytest_django.fixtures import DjangoAssertNumQueries

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import Community
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls

HOME = "/communities/shanye"
NEW = {
    "name": "新社", "slug": "xin-she", "pursuit": "走新路", "values": [{"word": "新", "sentence": "不走老路"}],
    "rules": "有话直说。", "visible_to": "public", "entered_by": "open", "questions": ["为什么？"], "language": "en",
}  # fmt: skip


def test_me_is_the_person_of_the_token(cast: Cast) -> None:
    found = Calls(cast.member, "read")("GET", "/me")
    assert (found["id"], found["name"], found["email"]) == (cast.member.pk, "苏杭", "su@example.org")
    assert (found["token"]["name"], found["token"]["scopes"]) == ("tests", ["read"])


def test_a_community_is_founded_and_read_back(cast: Cast) -> None:
    calls = Calls(cast.stranger)
    made = calls("POST", "/communities", NEW)
    assert (calls.status, made["standing"]["role"], made["members"]) == (201, "founder", 1)
    assert {name: made[name] for name in NEW} == NEW
    read = calls("GET", "/communities/xin-she")
    assert read == made
    assert Calls()("GET", "/communities/xin-she") == {**made, "standing": None}
    assert calls("POST", "/communities", NEW)["facts"] == {"slug": "xin-she"}
    assert calls.status == 409
    assert calls("POST", "/communities", {**NEW, "slug": "api"})["error"] == "BadSlug"


def test_one_lists_ones_own_communities_and_the_public_ones(cast: Cast) -> None:
    Calls(cast.stranger)("POST", "/communities", NEW)
    found = Calls(cast.member)("GET", "/communities")
    assert [c["slug"] for c in found["mine"]] == ["shanye"]
    assert [c["slug"] for c in found["public"]] == ["xin-she"]
    assert Calls()("GET", "/communities")["mine"] == []


def test_members_are_listed_by_handle_page_by_page(cast: Cast) -> None:
    calls, seen, after = Calls(cast.member), [], ""
    for _ in range(3):
        page = calls("GET", f"{HOME}/members?limit=2&after={after}")
        seen += [m["handle"] for m in page["members"]]
        after = page["next"]
    assert sorted(seen) == sorted(["罗", "Olga", "何以南", "苏杭", "赵穗"])
    assert after == ""
    assert [m["handle"] for m in calls("GET", f"{HOME}/members?search=oLG")["members"]] == ["Olga"]
    assert [m["handle"] for m in calls("GET", f"{HOME}/members?role=core")["members"]] == ["何以南"]
    assert calls("GET", f"{HOME}/members?search=%25")["members"] == []


def test_a_member_is_found_without_regard_to_case(cast: Cast) -> None:
    calls = Calls(cast.member)
    assert calls("GET", f"{HOME}/members/oLGA")["role"] == "operator"
    assert calls("GET", f"{HOME}/members/nobody")["error"] == "NotAMember"
    assert "example.org" not in str(calls("GET", f"{HOME}/members"))


def test_the_lines_behind_a_number_are_for_oneself_and_operators(cast: Cast) -> None:
    ask = connect.post(community=cast.home, text="谁有车？", by=cast.member, now=NOW)
    connect.reply(community=cast.home, to=ask.id, text="我", by=cast.core, now=NOW)
    mine = Calls(cast.member)("GET", f"{HOME}/members/苏杭/acts")
    assert [(a["by"], a["to"], a["kind"], a["weight"]) for a in mine["acts"]] == [
        ("何以南", "苏杭", "reply", 1.0),
        ("苏杭", "", "post", 0.0),
    ]
    assert Calls(cast.operator)("GET", f"{HOME}/members/苏杭/acts") == mine
    assert Calls(cast.core)("GET", f"{HOME}/members/苏杭/acts")["error"] == "OperatorsOnly"
    assert Calls(cast.operator, "read")("GET", f"{HOME}/members/苏杭/acts")["error"] == "ScopeMissing"


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    connect.post(community=cast.home, text="早", by=cast.member, now=NOW)
    calls = Calls(cast.operator)
    calls("GET", "/me")  # notes the use of the token
    costs = {
        "/communities": 3,
        HOME: 5,
        f"{HOME}/members": 4,
        f"{HOME}/members/苏杭/acts": 7,
        f"{HOME}/applications": 4,
    }
    for turn in range(2):
        for path, queries in costs.items():
            with django_assert_num_queries(queries):
                calls("GET", path)
        people.bring_people(community=cast.home, names=[f"旧{turn}{n}" for n in range(20)], now=NOW)
        people.found(name="又", slug=f"again-{turn}", pursuit="又", by=cast.operator, now=NOW, visible_to="public")
        said = connect.post(community=cast.home, text="谁有车？", by=cast.member, now=NOW)
        connect.reply(community=cast.home, to=said.id, text="我", by=cast.core, now=NOW)


def test_the_door_of_an_open_community_lets_in(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(entered_by="open")
    calls = Calls(cast.stranger)
    assert calls("GET", HOME)["error"] == "NotFound"
    door = calls("GET", f"{HOME}/door")
    assert (door["entered_by"], door["questions"], door["values"], door["application"]) == (
        "open", ["你为什么来？"], [{"word": "真", "sentence": "不说假话"}], None,
    )  # fmt: skip
    assert calls("POST", f"{HOME}/join", {})["role"] == "member"
    assert calls("GET", HOME)["standing"]["handle"] == "Ann"
    assert calls("POST", f"{HOME}/join", {})["error"] == "AlreadyMember"
