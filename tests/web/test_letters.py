"""The weekly letter: to those who run a community, once a week, in their language; what it says, how it fails, how it ends."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import BadLink, Community, Membership, Person
from kith.see import api as see
from kith.see.models import Letter, Measure
from kith.web import letters
from tests.conftest import Cast, signed_in

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past eight in Shanghai
WEEK = date(2026, 11, 23)
ONE_CLICK = "List-Unsubscribe=One-Click"


class Refusing(locmem.EmailBackend):
    """A mail server that knows everybody but the founder."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if any("luo@example.org" in message.to for message in email_messages):
            raise SMTPRecipientsRefused({"luo@example.org": (550, b"no such user")})
        return super().send_messages(email_messages)


@pytest.fixture
def moving(cast: Cast) -> Cast:
    """苏杭 asked on Saturday and waits, 赵穗 may leave; Olga reads English, 罗 the language of the community."""
    Person.objects.filter(pk=cast.operator.pk).update(language="en")
    connect.post(community=cast.home, text="谁去过 A&B？", by=cast.member, now=MONDAY - timedelta(days=2), kind="ask")
    see.make_report(community=cast.home, now=MONDAY)
    facts = {"silent_days": 40, "weeks": 4, "of": 13, "ties": 6, "energy_in": 1.0, "energy_out": 1.0}
    Measure.objects.update_or_create(
        community=cast.home, person=cast.other,
        defaults={"risk": 0.8, "stake": 3.0, "acts": 9, "cut_off": 0, "loss": 0.1, "last_at": MONDAY - timedelta(days=40), "facts": facts},
    )  # fmt: skip
    see.propose_errands(community=cast.home, now=MONDAY)
    return cast


@pytest.fixture
def jobs() -> Iterator[InMemoryConnector]:
    kept = InMemoryConnector()
    with app.replace_connector(kept):
        yield kept


def english(cast: Cast) -> letters.Letter:
    reader = people.person(cast.operator.pk)
    assert reader
    return letters.written(community=cast.home, reader=reader, now=MONDAY)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def to_whom(*, now: datetime = MONDAY) -> list[tuple[str, str]]:
    return [(community.slug, reader.name) for community, reader in letters.waiting(now=now)]


def sent(cast: Cast, reader: Person) -> bool:
    return letters.deliver(community=cast.home, reader=reader, week_on=WEEK, now=MONDAY)


def declines(cast: Cast, person: Person) -> bool:
    standing = people.standing(cast.home, person)
    assert standing
    return standing.declines_letters


def test_both_parts_say_how_it_moves_what_there_is_to_do_and_who_waits(moving: Cast) -> None:
    letter = english(moving)
    for part in (plain(letter.html), letter.text):
        assert "too little to say how it moves; 1 of 1 newcomers still waits for an answer." in part
        assert "Stage: Too little to say yet." in part
        for said in (
            "Welcome 苏杭",
            "has waited 2 days for anybody",
            "Call 赵穗",
            "Silent for 40 days, active in 4 of the last 13 weeks; in touch with 6 people.",
        ):
            assert said in part
        assert "likely" in part
        assert "80%" not in part
        assert "active in 30 days" in part
    assert "谁去过 A&amp;B？" in letter.html
    assert "谁去过 A&B？" in letter.text
    assert letter.subject.startswith("山野社 · ")


def test_every_link_leads_to_the_address_people_reach(moving: Cast, settings: Any) -> None:
    settings.ADDRESS = "https://kith.example.org"
    letter = english(moving)
    links = re.findall(r'href="([^"]+)"', letter.html)
    assert len(links) > 10
    assert {link for link in links if not link.startswith("https://kith.example.org/")} == set()
    assert "https://kith.example.org/c/shanye/pulse" in letter.text
    assert "<link" not in letter.html
    assert "src=" not in letter.html


def test_styles_stand_where_mail_readers_look_for_them(moving: Cast) -> None:
    letter = english(moving)
    assert re.search(r'<h1 style="[^"]*font-size: ?22px', letter.html)
    assert "prefers-color-scheme:dark" in letter.html.replace(" ", "")


def test_each_reads_their_own_language_else_that_of_the_community(moving: Cast) -> None:
    founder = letters.written(community=moving.home, reader=moving.founder, now=MONDAY)
    assert "欢迎 苏杭" in founder.text
    assert '<html lang="zh-Hans">' in founder.html
    assert '<html lang="en">' in english(moving).html


def test_it_goes_to_those_who_run_a_community_and_take_it(moving: Cast) -> None:
    imported = people.make_person(name="旧人")
    people.add_member(community=moving.home, person=imported, role="operator", now=MONDAY)
    assert to_whom() == [("shanye", "罗"), ("shanye", "Olga")]
    people.decline(community=moving.home, person_id=moving.operator.pk, letters=True)
    assert to_whom() == [("shanye", "罗")]
    Person.objects.filter(pk=moving.founder.pk).update(is_active=False)
    assert to_whom() == []


def test_none_goes_out_on_other_days_nor_about_silent_or_invented_communities(moving: Cast) -> None:
    assert to_whom(now=MONDAY + timedelta(days=1, hours=15)) != []
    assert to_whom(now=MONDAY + timedelta(days=1, hours=16)) == to_whom(now=MONDAY - timedelta(hours=2)) == []
    assert to_whom(now=MONDAY + timedelta(days=42)) == []
    Community.objects.filter(pk=moving.home.pk).update(is_demo=True)
    assert to_whom() == []


def test_each_is_a_job_and_none_goes_twice_however_often_it_runs(moving: Cast, jobs: InMemoryConnector) -> None:
    from kith.web import tasks  # noqa: PLC0415 -- the worker imports it, nobody else

    hour = int(MONDAY.timestamp())
    assert (tasks.send_letters(hour), tasks.send_letters(hour)) == (2, 0)
    given = [job["args"] for job in jobs.jobs.values()]
    assert [tasks.send_letter(**args) for args in given * 2] == [True, True, False, False]
    assert [message.to for message in mail.outbox] == [["luo@example.org"], ["olga@example.org"]]
    assert to_whom() == []
    assert see.letters_of(moving.home, week_on=WEEK) == {moving.founder.pk, moving.operator.pk}


def test_a_refused_address_stops_no_other_and_is_tried_again(
    moving: Cast, jobs: InMemoryConnector, settings: Any
) -> None:
    from kith.web import tasks  # noqa: PLC0415 -- the worker imports it, nobody else

    settings.EMAIL_BACKEND = "tests.web.test_letters.Refusing"
    tasks.send_letters(int(MONDAY.timestamp()))
    founder, operator = (job["args"] for job in jobs.jobs.values())
    with pytest.raises(SMTPRecipientsRefused):
        tasks.send_letter(**founder)
    assert tasks.send_letter(**operator)
    assert [message.to for message in mail.outbox] == [["olga@example.org"]]
    assert to_whom() == [("shanye", "罗")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tasks.send_letter(**founder)


def test_who_declined_since_it_was_queued_gets_none(moving: Cast) -> None:
    from kith.web import tasks  # noqa: PLC0415 -- the worker imports it, nobody else

    people.decline(community=moving.home, person_id=moving.founder.pk, letters=True)
    assert not tasks.send_letter("shanye", moving.founder.pk, str(WEEK))
    assert not tasks.send_letter("gone-since", moving.founder.pk, str(WEEK))
    assert mail.outbox == []


def test_no_mail_goes_out_whose_links_lead_nowhere(moving: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(letters.NoAddress):
        sent(moving, moving.founder)
    assert not Letter.objects.exists()


def test_the_mail_has_two_parts_and_says_how_to_stop_it(moving: Cast, settings: Any) -> None:
    settings.ADDRESS = "https://kith.example.org"
    assert sent(moving, moving.founder)
    raw = mail.outbox[0].message()
    assert [part.get_content_type() for part in raw.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert raw["List-Unsubscribe-Post"] == ONE_CLICK
    assert re.fullmatch(r"<https://kith\.example\.org/letters/[\w:.-]+>", raw["List-Unsubscribe"])
    assert raw["List-Id"] == "<shanye.letters.kith.example.org>"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert parseaddr(raw["From"])[1] == "kith@localhost"
    assert max(len(line) for line in raw.as_bytes().splitlines()) <= 998


def test_one_click_stops_the_letters_without_signing_in_and_looking_does_not(moving: Cast) -> None:
    page = letters.written(community=moving.home, reader=moving.founder, now=MONDAY).stop.partition(":8000")[2]
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["lang"] = "en"
    asked = stranger.get(page)
    assert (asked.status_code, declines(moving, moving.founder)) == (200, False)
    assert "Stop the letters about 山野社?" in asked.content.decode()
    done = stranger.post(page, ONE_CLICK, content_type="application/x-www-form-urlencoded")
    assert (done.status_code, declines(moving, moving.founder)) == (200, True)
    assert not declines(moving, moving.operator)
    assert "You get the letter of the week again" in stranger.post(page, {"back": "1"}).content.decode()
    assert not declines(moving, moving.founder)


def test_a_forged_link_changes_nothing_and_who_left_is_told_it_is_done(moving: Cast) -> None:
    token = letters.token(moving.home, moving.operator)
    for wrong in (token[:-1], token[1:], "x" * 60):
        assert Client().post(f"/letters/{wrong}").status_code == 404
        with pytest.raises(BadLink):
            letters.opened(wrong)
    assert not Membership.objects.filter(declines_letters=True).exists()
    people.remove_members(community=moving.home, person_ids=[moving.operator.pk])
    assert Client().post(f"/letters/{token}").status_code == 200


def test_who_runs_a_community_sees_the_letter_as_a_page_that_may_load_nothing(moving: Cast) -> None:
    answer = signed_in(moving.operator).get("/c/shanye/pulse/letter")
    assert (answer.status_code, answer["Content-Security-Policy"].partition(";")[0]) == (200, "default-src 'none'")
    assert "Welcome 苏杭" in plain(answer.content.decode())
    assert signed_in(moving.member).get("/c/shanye/pulse/letter").status_code == 403
    assert mail.outbox == []


def test_one_takes_the_letters_up_again_on_ones_own_page(moving: Cast) -> None:
    client = signed_in(moving.operator)
    client.post("/c/shanye/me", {"part": "letters"})
    assert declines(moving, moving.operator)
    assert 'name="letters" value="1" >' in client.get("/c/shanye/me").content.decode()
    client.post("/c/shanye/me", {"part": "letters", "letters": "1"})
    assert not declines(moving, moving.operator)
    assert 'id="letters"' not in signed_in(moving.member).get("/c/shanye/me").content.decode()
