"""The page of what if: choices first, what comes anyway second, and always that it is a simulation."""

import math
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from kith.people.api import Community
from kith.see import api as see
from kith.see.actions import simulating
from kith.see.api import Choices, Span, WhatIf
from kith.see.models import Simulation
from kith.web.pages import what_if_words as words
from tests.conftest import NOW, Cast, signed_in
from tests.see.histories import living
from tests.see.test_trying import DAYS, brought, pour

URL = "/c/shanye/pulse/what-if"
SENT = {"answer": "1", "hosts": "0", "lose_top": "2", "weeks": "8", "runs": "20", "seed": "1"}


@pytest.fixture
def lively(cast: Cast) -> Community:
    """Sixty people with a life of 400 days."""
    pour(cast.home, living(people=60, days=DAYS), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 60))
    return cast.home


def shown(client: Client, url: str = URL, status: int = 200) -> str:
    answer = client.get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_before_the_first_the_page_offers_one_and_says_what_it_is(cast: Cast) -> None:
    page = shown(signed_in(cast.operator))
    assert "A simulation, not a promise" in page
    assert "What it changes" not in page
    assert Simulation.objects.count() == 0


def test_what_is_chosen_is_simulated_and_told_with_its_changes_first(lively: Community, cast: Cast) -> None:
    client = signed_in(cast.operator)
    answer = client.post(URL, SENT)
    (kept,) = see.simulations(lively)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}/{kept.id}")
    assert kept.wanted == WhatIf(Choices(answer_newcomers=True, lose_top=2), weeks=8, runs=20)
    page = shown(client, answer["Location"])
    assert kept.found
    assert page.index("What it changes, in 8 weeks") < page.index("If nothing is changed")
    for scenario in kept.found.scenarios:
        for name in words.MEASURES:
            assert words.change(scenario.changes[name][-1]) in page
    assert all(words.level(base.spans[-1]) in page for base in kept.found.base.values())
    assert "moments of your own past" in page
    assert page.count("<tie-chart") == 12
    assert "What it changes, in 8 weeks" in shown(client)  # the newest stands on the first page


def test_bad_numbers_are_told_and_what_was_typed_stays(cast: Cast) -> None:
    answer = signed_in(cast.founder).post(URL, SENT | {"weeks": "two", "hosts": "7"}, headers={"Accept-Language": "en"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Weeks go from 4 to 104" in page
    assert 'value="two"' in page
    assert 'value="7"' in page
    assert Simulation.objects.count() == 0


@pytest.mark.parametrize("hosts", ["-1", "1.5", "１", "9" * 40, "\x00", "<b>"])
def test_whatever_is_typed_is_no_fault_of_ours(cast: Cast, hosts: str) -> None:
    assert signed_in(cast.founder).post(URL, SENT | {"hosts": hosts}).status_code == 422


def test_while_a_worker_is_on_it_the_page_looks_again(
    lively: Community, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulating, "SMALL", 10)
    client = signed_in(cast.operator)
    address = client.post(URL, SENT)["Location"]
    page = shown(client, address)
    assert "A worker is on it" in page
    assert f'hx-get="{address}"' in page
    simulating.make_simulation(simulation_id=see.simulations(lively)[0].id, now=NOW)
    page = shown(client, address)
    assert "A worker is on it" not in page
    assert "hx-trigger" not in page
    assert "What it changes" in page


def test_a_quiet_community_reads_that_there_is_too_little(cast: Cast) -> None:
    client = signed_in(cast.founder)
    assert "There is too little to simulate from yet" in shown(client, client.post(URL, SENT)["Location"])


def test_who_hides_since_is_not_named(lively: Community, cast: Cast) -> None:
    client = signed_in(cast.operator)
    address = client.post(URL, SENT)["Location"]
    kept = see.simulations(lively)[0].found
    assert kept
    name = f"p{brought_name(lively, kept.facts.gone[0])}"
    assert name in shown(client, address)
    see.choose_sight(community=lively, person_id=kept.facts.gone[0], hides_rank=True, refuses_measures=False, now=NOW)
    assert f"{name}, " not in shown(client, address)


def brought_name(community: Community, person_id: int) -> str:
    from kith.people import api as people  # noqa: PLC0415 -- one use

    return people.standings(community, [person_id])[person_id].name.removeprefix("p")


def test_another_community_has_no_such_page(cast: Cast) -> None:
    signed_in(cast.founder).post(URL, SENT)
    number = see.simulations(cast.home)[0].id
    assert signed_in(cast.enemy).get(f"/c/{cast.rival.slug}/pulse/what-if/{number}").status_code == 404


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(2.6, 5, 9), "at least 3 people more"), (Span(0.6, 1, 2), "at least 1 person more"),
        (Span(-9, -5, -2.6), "at least 3 people fewer"), (Span(0.2, 3, 6), "Most runs end with more"),
        (Span(-6, -3, -0.2), "Most runs end with fewer"), (Span(-3, 0, 3), "do not agree"), (Span(0, 0, 0), "do not agree"),
    ],
)  # fmt: skip
def test_a_choice_is_judged_by_where_nine_of_ten_runs_end(span: Span, said: str) -> None:
    from django.utils import translation  # noqa: PLC0415 -- one use

    one = see.Scenario(Choices(hosts=1), {"active": (span,)}, {})
    with translation.override("en"):
        assert said in words.verdict(one)


def test_an_error_of_the_logarithm_is_told_as_a_share() -> None:
    assert [words.off(error) for error in (0.0, 0.07, math.log(2), math.log(7.8))] == ["0%", "7%", "100%", "680%"]


def test_changes_are_told_with_their_sign() -> None:
    assert [words.signed(n) for n in (12.4, -3.6, 0.4, -0.4, 1234)] == ["+12", "−4", "0", "0", "+1,234"]
