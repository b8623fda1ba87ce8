"""What the energy book shows, by the API."""

from datetime import timedelta

from pytest_django.fixtures import DjangoAssertNumQueries

from kith.connect import api as connect
from kith.energy.api import NewAct, record
from kith.people import api as people
from kith.see import api as see
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls

HOME = "/communities/shanye"


def talk(cast: Cast, times: int = 3) -> None:
    for nth in range(times):
        ask = connect.post(community=cast.home, text=f"第{nth}", by=cast.member, now=NOW)
        connect.reply(community=cast.home, to=ask.id, text="在", by=cast.core, now=NOW)


def test_the_network_in_numbers_is_of_the_book(cast: Cast) -> None:
    talk(cast)
    found = Calls(cast.member)("GET", f"{HOME}/network")
    assert (found["people"], found["acts"], found["ties"], found["pairs"]) == (5, 6, 1, 1)
    assert len(found["weeks"]) == 17


def test_people_are_listed_with_their_place_and_reasons(cast: Cast) -> None:
    talk(cast)
    calls = Calls(cast.member)
    rows = calls("GET", f"{HOME}/network/people?sort=in")["rows"]
    assert rows[0]["who"]["handle"] == "苏杭"
    assert len(rows) == 5
    assert calls("GET", f"{HOME}/network/people?search=olga")["total"] == 1
    assert calls("GET", f"{HOME}/network/people?sort=beauty")["error"] == "InvalidInput"


def two_towns(cast: Cast) -> None:
    """Ten people talk within two towns; two of them, 桥东 and 桥西, talk across."""
    names = {"重庆": ["桥东", "甲", "乙", "丙", "丁"], "昆明": ["桥西", "子", "丑", "寅", "卯"]}
    ids = {}
    for chapter, people_ in names.items():
        for name in people_:
            person = people.make_person(name=name)
            people.add_member(community=cast.home, person=person, chapter=chapter, now=NOW)
            ids[name] = person.pk
    pairs = [(town[i], town[(i + 1) % 5]) for town in names.values() for i in range(5)] + [("桥东", "桥西")] * 3
    acts = [
        NewAct(ids[one], "reply", NOW, f"{nth}:{one}:{other}", "test", other_id=ids[other])
        for nth, pair in enumerate(pairs)
        for one, other in (pair, pair[::-1])
    ]
    record(community=cast.home, acts=acts)


def test_super_nodes_come_with_their_reasons_in_words(cast: Cast) -> None:
    two_towns(cast)
    nodes = Calls(cast.member)("GET", f"{HOME}/network/super-nodes")["super_nodes"]
    assert nodes[0]["who"]["handle"] in {"桥东", "桥西"}
    assert "100% of the acts between" in nodes[0]["reasons"][0]
    chinese = Calls(cast.member, language="zh-hans")("GET", f"{HOME}/network/super-nodes?limit=1")["super_nodes"]
    assert [n["who"] for n in chinese] == [nodes[0]["who"]]


def test_ties_a_person_and_a_pair_tell_the_same(cast: Cast) -> None:
    talk(cast)
    calls = Calls(cast.member)
    [tie] = calls("GET", f"{HOME}/members/苏杭/ties")["ties"]
    assert (tie["who"]["handle"], tie["acts_given"], tie["acts_received"], tie["is_two_way"]) == ("何以南", 0, 3, False)
    person = calls("GET", f"{HOME}/members/苏杭/network")
    assert (person["node"]["ties"], len(person["weeks"])) == (1, 26)
    pair = calls("GET", f"{HOME}/members/苏杭/with/何以南")
    assert (pair["tie"]["acts_received"], len(pair["warmth"]), len(pair["latest"])) == (3, 26, 3)
    assert calls("GET", f"{HOME}/members/苏杭/with/赵穗")["tie"] is None
    assert calls("GET", f"{HOME}/members/苏杭/with/苏杭")["error"] == "NotOnTheMap"
    assert calls("GET", f"{HOME}/members/苏杭/with/nobody")["error"] == "NotAMember"


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    two_towns(cast)
    talk(cast, 2)
    calls = Calls(cast.member)
    calls("GET", f"{HOME}/network")  # notes the use of the token, makes the picture
    costs = {"/network/people": 10, "/network/super-nodes": 8, "/members/苏杭/ties": 9}
    for _ in range(2):
        for path, queries in costs.items():
            with django_assert_num_queries(queries):
                calls("GET", HOME + path)
        connect.reply(
            community=cast.home,
            to=connect.feed(cast.home, reader=None).posts[0].id,
            text="也在",
            by=cast.other,
            now=NOW,
        )
        calls("GET", f"{HOME}/network")


def test_the_report_is_for_who_runs_the_community_and_says_null_where_there_is_too_little(cast: Cast) -> None:
    talk(cast)
    found = Calls(cast.operator)("GET", f"{HOME}/network/report")
    assert found["at"]
    findings = found["findings"]
    assert findings["numbers"]["people"] == 5
    assert findings["stage"] == {"now": None, "series": findings["stage"]["series"]}
    assert findings["concentration"] is None
    assert set(findings["crises"]) == {"cohesion", "execution", "efficiency"}
    assert "stage" in findings["too_little"]
    assert Calls(cast.member)("GET", f"{HOME}/network/report")["error"] == "OperatorsOnly"


def test_the_record_is_for_who_runs_the_community_once_something_was_tried(cast: Cast) -> None:
    calls = Calls(cast.operator)
    assert calls("GET", f"{HOME}/network/record")["error"] == "NotTriedYet"
    see.trial(community=cast.home, now=NOW)
    found = calls("GET", f"{HOME}/network/record")
    assert list(found["records"]) == ["ties", "super_nodes", "churn", "introductions", "seeds"]
    assert found["records"]["ties"] == {
        "metric": {}, "baselines": {}, "n": 0, "half_life_days": 60.0, "windows": [], "beats": False, "leads": "score",
        "too_little": "too_short",
    }  # fmt: skip
    assert found["tie"] == {"days": 60.0, "before": 60.0, "gain": 0.0, "error": 0.0, "windows": 0, "source": "none"}
    assert (found["is_fixed"], found["is_learnt"], found["people"], found["acts"]) == (False, False, 5, 0)
    assert Calls(cast.member)("GET", f"{HOME}/network/record")["error"] == "OperatorsOnly"


def test_the_report_tells_promises_by_kind_and_the_rows_behind_them(cast: Cast) -> None:
    talk(cast)
    at = NOW - timedelta(days=3)
    given = [see.Tally("event", "post:7", at, 12, 24), see.Tally("turn_out", "launch:autumn", at, 30, 24)]
    see.give_tallies(community=cast.home, names=["event", "turn_out"], tallies=given)
    execution = Calls(cast.operator)("GET", f"{HOME}/network/report")["findings"]["crises"]["execution"]
    told = {i["name"]: i for i in execution["indicators"]}
    assert (told["promises_kept"]["quarters"][-1]["value"], told["promises_kept"]["quarters"][-1]["n"]) == (0.5, 24)
    assert told["promises_kept"]["parts"]["event"][-1]["n"] == 24
    assert told["launch_turn_out"]["quarters"][-1]["value"] == 1.25
    assert [(r["name"], r["source"], r["kept"], r["of"]) for r in execution["rows"]] == [
        ("turn_out", "launch:autumn", 30.0, 24.0), ("event", "post:7", 12.0, 24.0)
    ]  # fmt: skip
