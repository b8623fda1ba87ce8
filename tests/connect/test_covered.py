"""What flags cover shows its words nowhere but under its cover, until somebody has decided."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from kith.connect import api as connect
from kith.connect.api import Search
from kith.gather import api as gather
from kith.people.api import Community
from tests.conftest import NOW, Cast, signed_in

WORD = "便宜卖货"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ask(cast: Cast) -> int:
    """Have an ask that was flagged and is covered."""
    rule = gather.write_agreement(community=cast.home, title="不卖货", text="不发广告。", by=cast.founder, now=NOW)
    for person in (cast.operator, cast.core, cast.member, cast.other):
        gather.accept_agreements(community=cast.home, person=person, accepted=[rule.id], now=NOW)
    said = connect.post(community=cast.home, text=f"{WORD}，谁要？", kind="ask", by=cast.member, now=NOW)
    case = connect.flag(community=cast.home, post_id=said.id, by=cast.core, agreement_id=rule.id, now=NOW)
    assert case.is_blurred
    return said.id


def report(cast: Cast) -> connect.Daily:
    return connect.daily_report(community=cast.home, on=connect.day_of(NOW), now=NOW + timedelta(hours=1))


def test_it_is_no_hit_and_no_beginning(cast: Cast, ask: int) -> None:
    assert connect.search(cast.home, Search(WORD), reader=cast.other).hits == []
    assert connect.titles(cast.home, [ask], reader=cast.other) == {ask: "flagged, not decided yet"}
    assert connect.titles(cast.home, [ask], reader=cast.member) == {ask: f"{WORD}，谁要？"}  # the author's own


def test_the_daily_report_leaves_it_out(cast: Cast, ask: int) -> None:
    found = report(cast)
    said = connect.daily_words(cast.home, found, address="http://x/")
    assert (found.asks, found.asks_open, WORD in said.text) == ((), 0, False)


def test_its_page_and_what_is_shared_of_it_do_not_say_it(cast: Cast, ask: int) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    there = f"/c/shanye/p/{ask}"
    head, cover, under = Client().get(there).content.decode().partition('class="covered"')
    assert cover
    assert WORD not in head
    assert WORD in under  # for who chooses to look
    assert WORD in signed_in(cast.member).get(there).content.decode().partition("</title>")[0]


def test_it_is_found_again_once_it_was_let_stand(cast: Cast, ask: int) -> None:
    case = connect.cases(cast.home)[0]
    connect.decide_case(community=cast.home, case_id=case.id, outcome="left", reason="可以", by=cast.operator, now=NOW)
    assert [h.id for h in connect.search(cast.home, Search(WORD), reader=cast.other).hits] == [ask]
    assert [a.post_id for a in report(cast).asks] == [ask]
