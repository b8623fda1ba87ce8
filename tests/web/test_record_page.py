"""The record: every list with how it did on the community's own history, and the half-lives with where they come from."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from kith.people import api as people
from kith.people.api import Community
from kith.see import api as see
from kith.see.models import Trial
from kith.web.pages import record_words as words
from tests.conftest import NOW, Cast, signed_in
from tests.see.histories import living
from tests.see.test_trying import DAYS, brought, pour

URL = "/c/shanye/pulse/record"


@pytest.fixture
def tried(cast: Cast) -> Community:
    """A community of sixty with 400 days of life, tried."""
    pour(cast.home, living(people=60, days=DAYS), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 60))
    see.trial(community=cast.home, now=NOW)
    return cast.home


def shown(client: Client) -> str:
    answer = client.get(URL, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'see.try_one'")
        return int(cursor.fetchone()[0])


def test_before_the_first_trial_the_page_offers_one(cast: Cast) -> None:
    client = signed_in(cast.operator)
    assert "Not tried yet" in shown(client)
    answer = client.post(f"{URL}/trial")
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?said=trial#trial")
    assert waiting() == 1


def test_every_figure_stands_beside_its_baselines_with_its_windows_and_cases(tried: Community, cast: Cast) -> None:
    page = shown(signed_in(cast.operator))
    found = see.trials(tried)
    told = 0
    for name, record in found.records.items():
        if record.too_little:
            continue
        told += 1
        with translation.override("en"):
            assert words.sentence(name, record) in page
        for value in record.metric.values():
            assert words.percent(value) in page
        for other, marks in record.baselines.items():
            with translation.override("en"):
                assert see.order_name(other) in page
            assert words.percent(next(iter(marks.values()))) in page
        assert f"{record.n:,} cases in {len(record.windows)} windows" in page
    assert told >= 3
    assert "of those who left; a list as long" in page


def test_it_says_where_a_simple_order_ranks_instead(tried: Community, cast: Cast) -> None:
    row = Trial.objects.get()
    row.results["ties"]["leads"] = "recency"
    row.save()
    page = shown(signed_in(cast.operator))
    assert "Ranked by: who acted last" in page
    assert "Kith's score did not beat it on your history" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_too_small_a_community_is_told_so_in_both_languages(cast: Cast, language: str) -> None:
    see.trial(community=cast.home, now=NOW)
    client = signed_in(cast.operator)
    client.post("/language", {"to": language, "next": "/"})
    page = client.get(URL).content.decode()
    assert page.count({"en": "The history is shorter than eight weeks.", "zh-hans": "历史不足八周。"}[language]) == 5
    for word in ("None", "nan", "NaN"):
        assert word not in page


def test_half_lives_are_set_by_hand_and_set_free(tried: Community, cast: Cast) -> None:
    client = signed_in(cast.operator)
    answer = client.post(f"{URL}/half-lives", {"tie_days": "45", "node_days": "20,5", "go": "fix"})
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?said=fixed#fixed")
    assert see.fixed_half_lives(tried) == (45.0, 20.5)
    assert "Set by hand to 45 and 20.5 days" in shown(client)
    see.trial(community=people.community("shanye"), now=NOW)
    page = shown(client)
    assert "set by hand" in page
    assert "Set by hand to" not in page  # the ties are folded by it
    client.post(f"{URL}/half-lives", {"go": "free"})
    assert see.fixed_half_lives(tried) is None


@pytest.mark.parametrize("typed", ["", "soon", "0", "-3", "1e9", "nan", "inf"])
def test_a_bad_number_is_refused_in_a_sentence_and_stays_in_the_field(cast: Cast, typed: str) -> None:
    client = signed_in(cast.operator)
    answer = client.post(f"{URL}/half-lives", {"tie_days": typed, "node_days": "20"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A half-life is a number of days from 1 to 3,650." in page
    assert f'name="tie_days" value="{typed}"' in page
    assert (see.fixed_half_lives(cast.home), waiting()) == (None, 0)


def test_shares_that_look_the_same_are_told_apart() -> None:
    record = see.Record({"auc": 0.8410}, {"recency": {"auc": 0.8407}, "random": {"auc": 0.9}}, 9, 7.0, ())
    assert words.rival(record, "auc") == "recency"
    with translation.override("en"):
        assert "84.10 of 100; the best simple order (who acted last) in 84.07." in words.sentence("ties", record)


def test_the_page_reads_the_record_by_few_queries(
    tried: Community, cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = signed_in(cast.operator)
    client.get(URL)
    with django_assert_max_num_queries(9):  # type: ignore[operator]  # pytest-django's fixture
        client.get(URL)
