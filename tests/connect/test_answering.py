"""How soon a space answers."""

from datetime import timedelta

from kith.connect import api as connect
from kith.connect.rules import answers_of
from tests.conftest import NOW, Cast, signed_in
from tests.connect.talk import answer, say


def test_the_first_answer_of_somebody_else_counts(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    [tea] = connect.spaces(cast.home)
    quick, slow, alone = (say(cast, cast.member, t, space="茶", now=NOW - timedelta(days=9)) for t in "一二三")
    say(cast, cast.member, "别处", now=NOW - timedelta(days=9))
    answer(cast, cast.member, quick.id, now=NOW - timedelta(days=9) + timedelta(minutes=5))
    answer(cast, cast.other, quick.id, now=NOW - timedelta(days=9) + timedelta(hours=2))
    answer(cast, cast.other, slow.id, now=NOW - timedelta(days=7))
    found = connect.space_answers(cast.home, tea.id, now=NOW)
    assert (found.threads, found.answered, found.median_hours, found.within_day_ppm) == (3, 2, 25.0, 333_333)
    assert [u.id for u in found.unheard] == [alone.id]


def test_what_had_no_day_to_be_answered_in_is_not_late() -> None:
    fresh = NOW - timedelta(hours=3)
    found = answers_of([(1, "一", fresh, None), (2, "二", fresh, NOW)], now=NOW, days=90)
    assert (found.within_day_ppm, found.median_hours, found.unheard) == (None, 3.0, ())


def test_who_runs_the_community_sees_it_on_the_page_of_the_space(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    [tea] = connect.spaces(cast.home)
    page = f"/c/shanye/spaces/{tea.id}"
    assert 'id="answering"' in signed_in(cast.operator).get(page).content.decode()
    assert 'id="answering"' not in signed_in(cast.member).get(page).content.decode()
