"""The pulse: one headline, what there is to do with a name on each, the few numbers, and the lists behind it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.models import Measure
from tests.conftest import Cast, signed_in

HOME = "/c/shanye"
HTMX = {"HX-Request": "true"}


def english(person: Person) -> Client:
    client = signed_in(person)
    client.cookies["lang"] = "en"
    return client


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def waiting(cast: Cast) -> Cast:
    """苏杭 asked yesterday for the first time and waits; 赵穗 was active and is likely to leave."""
    connect.post(community=cast.home, text="谁去过昆明？", by=cast.member, now=ago(1), kind="ask")
    see.make_report(community=cast.home, now=timezone.now())
    Measure.objects.update_or_create(
        community=cast.home, person=cast.other,
        defaults={
            "risk": 0.8, "stake": 3.0, "acts": 9, "cut_off": 0, "loss": 0.1, "last_at": ago(40.5),
            "facts": {"silent_days": 40, "weeks": 4, "of": 13, "ties": 6, "energy_in": 1.0, "energy_out": 1.0},
        },
    )  # fmt: skip
    see.propose_errands(community=cast.home, now=timezone.now())
    return cast


def page(client: Client, path: str = "/pulse") -> str:
    answer = client.get(HOME + path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def errand_of(cast: Cast, kind: str) -> see.Errand:
    return next(e for e in see.errands(cast.home, now=timezone.now()) if e.kind == kind)


def test_the_first_page_says_how_it_goes_and_what_there_is_to_do(waiting: Cast) -> None:
    shown = text(page(english(waiting.founder)))
    assert "too little to say how it moves; 1 of 1 newcomers still waits for an answer." in shown
    assert "Welcome 苏杭 New here; said something and has waited 1 day for anybody to turn to them." in shown
    assert "Call 赵穗 Silent for 40 days, active in 4 of the last 13 weeks; in touch with 6 people." in shown
    assert "0 of 2 done" in shown


def test_every_number_opens_its_definition_and_its_rows(waiting: Cast) -> None:
    html = page(english(waiting.founder))
    for name in ("temperature", "active", "two_way", "newcomers", "dependence"):
        assert see.definition(name)
    for rows in ("/network/list?sort=warmth", "/network/list?sort=out", "/network/list?sort=two_way", "/pulse/unheard", "/pulse/crises"):  # fmt: skip
        assert f'href="{HOME}{rows}"' in html
    assert html.count('class="what"') >= 5
    assert "Too little to say yet" in html


def test_the_errand_links_to_what_was_said(waiting: Cast) -> None:
    source = errand_of(waiting, "welcome").source
    assert f'href="{HOME}/p/{source.removeprefix("post:")}"' in page(english(waiting.founder))


def test_taking_finishing_and_noting_go_without_a_reload(waiting: Cast) -> None:
    client, pk = english(waiting.founder), errand_of(waiting, "call").id
    taken = client.post(f"{HOME}/pulse/errands/{pk}/take", headers=HTMX)
    assert (taken.status_code, "/finish" in taken.content.decode()) == (200, True)
    assert f'id="errand-{pk}"' in taken.content.decode()
    done = client.post(f"{HOME}/pulse/errands/{pk}/finish", headers=HTMX)
    assert "What came of it?" in done.content.decode()
    noted = client.post(f"{HOME}/pulse/errands/{pk}/note", {"note": "会回来"}, headers=HTMX)
    assert "会回来" in noted.content.decode()
    assert see.errand(waiting.home, pk).note == "会回来"
    assert "1 of 2 done" in text(page(client))
    assert "会回来" in page(client, "/pulse/errands")


def test_without_scripts_the_same_forms_lead_back(waiting: Cast) -> None:
    client, pk = english(waiting.founder), errand_of(waiting, "call").id
    answer = client.post(f"{HOME}/pulse/errands/{pk}/drop")
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}/pulse")
    assert see.errand(waiting.home, pk).state == "dropped"


def test_what_somebody_else_has_is_said_in_its_row_and_stays_theirs(waiting: Cast) -> None:
    pk = errand_of(waiting, "call").id
    english(waiting.operator).post(f"{HOME}/pulse/errands/{pk}/take", headers=HTMX)
    answer = english(waiting.founder).post(f"{HOME}/pulse/errands/{pk}/finish", headers=HTMX)
    assert answer.status_code == 200
    assert "Olga has this in hand." in answer.content.decode()
    assert "Olga has it" in answer.content.decode()
    assert see.errand(waiting.home, pk).state == "taken"
    plain = english(waiting.founder).post(f"{HOME}/pulse/errands/{pk}/finish")
    assert (plain.status_code, "Olga has this in hand." in plain.content.decode()) == (409, True)


def test_an_unknown_move_is_not_found_and_moves_nothing(waiting: Cast) -> None:
    client, pk = english(waiting.founder), errand_of(waiting, "call").id
    assert client.post(f"{HOME}/pulse/errands/{pk}/burn", headers=HTMX).status_code == 404
    assert client.post(f"{HOME}/pulse/errands/999999/take", headers=HTMX).status_code == 404
    assert errand_of(waiting, "call").state == "open"


def test_who_may_leave_stands_with_a_reason_an_owner_and_an_outcome_and_no_bare_percentage(waiting: Cast) -> None:
    client = english(waiting.founder)
    shown = page(client, "/pulse/risk")
    assert "1 person may be leaving" in shown
    assert "Silent for 40 days, active in 4 of the last 13 weeks; in touch with 6 people." in shown
    assert "8 in 10" in shown
    assert "%" not in text(shown[shown.index("Whom to call") :]).replace("0.5", "")
    taken = client.post(f"{HOME}/pulse/risk/{waiting.other.pk}", headers=HTMX)
    assert "You have it" in taken.content.decode()
    assert errand_of(waiting, "call").owner
    assert "罗 has it in hand." in page(english(waiting.operator), "/pulse/risk")


def test_whom_to_call_may_be_taken_from_the_list_though_it_is_no_errand_of_the_day(waiting: Cast) -> None:
    see.drop(community=waiting.home, errand_id=errand_of(waiting, "call").id, by=waiting.founder, now=timezone.now())
    client = english(waiting.founder)
    assert "Left alone" in page(client, "/pulse/risk")
    assert client.post(f"{HOME}/pulse/risk/{waiting.other.pk}").status_code == 302
    assert [e.state for e in see.errands(waiting.home, now=timezone.now()) if e.kind == "call"] == ["taken", "dropped"]
    assert client.post(f"{HOME}/pulse/risk/{waiting.core.pk}").status_code == 404


def test_whom_nobody_turned_to_stands_with_their_words(waiting: Cast) -> None:
    shown = page(english(waiting.founder), "/pulse/unheard")
    assert "1 person waits for somebody to turn to them" in shown
    assert "“谁去过昆明？”" in shown
    [post] = connect.feed(waiting.home, reader=None).posts
    connect.reply(community=waiting.home, to=post.id, text="我", by=waiting.other, now=timezone.now())
    assert "Everybody has been heard" in page(english(waiting.founder), "/pulse/unheard")


def test_an_empty_community_has_a_pulse(cast: Cast) -> None:
    client = english(cast.founder)
    assert "Nothing has happened here yet." in page(client)
    for path, words in (
        ("/risk", "Nobody seems to be leaving"),
        ("/unheard", "Everybody has been heard"),
        ("/errands", "Nothing was done yet"),
    ):
        assert words in page(client, "/pulse" + path)


def test_who_runs_it_finds_the_pulse_on_the_first_page_and_members_do_not(waiting: Cast) -> None:
    assert "newcomers still waits" in page(english(waiting.operator), "/")
    assert f'href="{HOME}/pulse"' not in page(english(waiting.other), "/")


def test_the_pulse_costs_the_same_few_statements_whatever_there_is_to_do(waiting: Cast) -> None:
    client = english(waiting.founder)
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for n in range(3):
        person = people.make_person(name=f"Neu{n}")
        people.add_member(community=waiting.home, person=person, now=ago(1))
    see.propose_errands(community=waiting.home, now=timezone.now())
    with CaptureQueriesContext(connection) as more:
        page(client)
    assert len(more) == len(few) <= 12


def test_a_large_community_without_a_report_is_told_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.see.actions import reporting  # noqa: PLC0415 -- the limit lies in there

    monkeypatch.setattr(reporting, "SMALL", 1)
    client = english(cast.founder)
    assert client.get(f"{HOME}/pulse").status_code == 200
    cache.clear()
    assert client.get(f"{HOME}/").status_code == 200
    assert client.get(f"{HOME}/me/node").status_code == 200
    assert client.get(f"{HOME}/settings").status_code == 200
    assert client.get(f"{HOME}/pulse/risk").status_code == see.NotReported.status


def test_what_was_given_back_stands_on_the_page_of_errands_with_who_had_it(waiting: Cast) -> None:
    client = signed_in(waiting.founder)
    address = f"/c/{waiting.home.slug}/pulse/errands"
    assert "Given back" not in client.get(address, headers={"Accept-Language": "en"}).content.decode()
    now = timezone.now()
    [found, *_] = see.errands(waiting.home, now=now)
    see.take(community=waiting.home, errand_id=found.id, by=waiting.operator, now=now)
    see.propose_errands(community=waiting.home, now=now + timedelta(days=7))
    shown = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "Given back" in shown
    assert waiting.operator.name in shown.split("Given back")[-1]
