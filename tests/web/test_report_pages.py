"""The pages of the report say what was found, with its definition, what it was before, and what it was counted from."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.connect import api as connect
from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from kith.people.api import Community
from kith.see import api as see
from tests.conftest import Cast, signed_in

PAGES = ("stage", "crises", "cohorts")


def page(client: Client, community: Community, name: str) -> str:
    answer = client.get(f"/c/{community.slug}/pulse/{name}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Three years in which the members turn to each other every week, and the founder to all of them."""
    now = timezone.now()
    ids = [cast.operator.pk, cast.core.pk, cast.member.pk, cast.other.pk, cast.founder.pk]
    acts = [
        NewAct(a, "reply", now - timedelta(days=7 * week + i, hours=j), f"t:{week}:{i}:{j}", "test", b)
        for week in range(150)
        for i, a in enumerate(ids)
        for j, b in enumerate(ids)
        if a != b and (week + i + j) % 2
    ]
    energy.record(community=cast.home, acts=acts)
    return cast


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_community_is_told_that_there_is_too_little_to_say(cast: Cast, name: str) -> None:
    shown = page(signed_in(cast.founder), cast.home, name)
    assert "Too little to say yet" in shown
    assert "nan" not in shown.lower().replace("finance", "")
    assert "None" not in shown


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_busy_community_has_every_page_in_both_languages(busy: Cast, name: str, language: str) -> None:
    client = signed_in(busy.operator)
    client.post("/language", {"to": language, "next": "/"})
    answer = client.get(f"/c/{busy.home.slug}/pulse/{name}")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert shown.count('<details class="what">') >= 1
    assert "<tie-chart" in shown
    for word in ("None", "nan%", "NaN", "inf%"):
        assert word not in shown


def test_the_stage_is_named_with_the_three_numbers_that_decide_it(busy: Cast) -> None:
    shown = page(signed_in(busy.founder), busy.home, "stage")
    newest = see.report(busy.home, now=timezone.now()).findings.stage.series[-1]
    assert newest.stage == "community"
    assert "<h1>Community</h1>" in shown
    for said in (
        f"{newest.directed_per_post:.2f}",
        f"{100 * (newest.top_touch or 0):.0f}%",
        f"{100 * (newest.reciprocity or 0):.0f}%",
    ):
        assert said in shown
    assert "Below 0.15 it is a broadcast" in shown
    assert f"n {newest.posts}" in shown.replace(",", "")
    assert f'href="/c/{busy.home.slug}/network/list"' in shown


def test_who_would_be_missed_is_named_and_who_hides_is_not(busy: Cast) -> None:
    people.choose_sight(community=busy.home, person_id=busy.core.pk, hides_rank=True, refuses_measures=False)
    see.outdate(community=busy.home)
    shown = page(signed_in(busy.founder), busy.home, "crises")
    assert busy.member.name in shown
    assert busy.core.name not in shown
    assert "energy that goes with them" in shown


def test_the_pages_take_a_fixed_number_of_queries(
    busy: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = signed_in(busy.founder)
    for name in PAGES:
        page(client, busy.home, name)
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager of pytest-django
            page(client, busy.home, name)


def test_a_large_community_is_told_when_its_first_report_will_be_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.see.actions.reporting.SMALL", 0)
    answer = signed_in(cast.founder).get(f"/c/{cast.home.slug}/pulse/stage", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "Look again in ten minutes" in answer.content.decode()


def test_members_do_not_see_the_report(cast: Cast) -> None:
    for person in (cast.member, cast.core, cast.enemy):
        assert signed_in(person).get(f"/c/{cast.home.slug}/pulse/stage").status_code in {403, 404}


def test_promises_stand_with_their_definition_their_kinds_and_the_rows_behind_them(busy: Cast) -> None:
    now = timezone.now()
    asked = connect.hold_event(
        community=busy.home, text="带杯子。", by=busy.core, now=now - timedelta(days=9),
        event=connect.EventDraft(title="茶会", starts_at=now - timedelta(days=4), zone="Asia/Shanghai"),
    )  # fmt: skip
    for person in (busy.member, busy.other):
        connect.answer_event(
            community=busy.home, post_id=asked.id, answer="yes", by=person, now=now - timedelta(days=8)
        )
    connect.let_in(community=busy.home, post_id=asked.id, who="苏杭", by=busy.core, now=now - timedelta(days=4))
    gone = see.Tally("event", "post:999999", now - timedelta(days=5), 18, 20)
    connect.tell_promises(community=busy.home, now=now)
    shown = page(signed_in(busy.founder), busy.home, "crises")
    for words in (
        "Promises kept",
        "Turn-out of launches",
        "Chains are not counted",
        "What was promised, by kind",
        "The rows behind it",
    ):
        assert words in shown
    assert f'href="/c/shanye/p/{asked.id}">' in shown
    assert '<td>Seats at events, came</td><td class="r num">1 of 2</td>' in shown
    see.give_tallies(community=busy.home, names=["event"], tallies=[gone])
    see.make_report(community=busy.home, now=timezone.now())
    shown = page(signed_in(busy.founder), busy.home, "crises")
    assert "90%" in shown
    assert "18 of 20" not in shown  # its post is gone: a number without a row
