"""Search finds what was said, in Chinese by two characters, and nothing that is gone or not the reader's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect.api import NothingToLookFor, Search
from kith.connect.rules import marked, sought
from kith.energy.api import append_staged, staging
from kith.people.api import Membership
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, say


def ids(cast: Cast, words: str, **more: object) -> list[int]:
    return [h.id for h in connect.search(cast.home, Search(words, **more), reader=cast.member).hits]  # type: ignore[arg-type]


def test_two_characters_are_found_wherever_they_touch_and_only_there(cast: Cast) -> None:
    rice = say(cast, cast.member, "今天新米到了，家的味道。").id
    apart = say(cast, cast.member, "米，道").id
    for words in ("新米", "家的", "到了", "米到了", "味道", "今天新米到了", "米 家"):
        assert ids(cast, words) == [rice], words
    for words in ("米家", "道今", "天米", "了家"):
        assert ids(cast, words) == [], words
    assert ids(cast, "米") == [apart, rice]
    assert ids(cast, "道") == [apart, rice]


def test_three_characters_whose_pairs_are_strewn_are_no_hit(cast: Cast) -> None:
    say(cast, cast.member, "山野很远，野社很近。")
    whole = say(cast, cast.member, "山野社很好。").id
    assert ids(cast, "山野社") == [whole]


def test_latin_words_are_found_by_their_beginning_in_any_case_and_width(cast: Cast) -> None:
    said = say(cast, cast.member, "买了ThinkPad手机，见 https://example.org/a ，ＡＢＣ及格。").id
    for words in ("think", "THINKPAD", "thinkpad手机", "example", "abc", "ａｂｃ"):
        assert ids(cast, words) == [said], words
    assert ids(cast, "pad") == []
    assert ids(cast, "hink") == []


@pytest.mark.parametrize("words", ["", "  ", "，。！", "'\\:*&|!()"])
def test_nothing_to_look_for_is_said(cast: Cast, words: str) -> None:
    with pytest.raises(NothingToLookFor):
        connect.search(cast.home, Search(words), reader=cast.member)


@pytest.mark.parametrize("words", ["a' | 'b", "山\\野", "x:*", "%_山野", "🌾米", "\U00020000山"])
def test_signs_of_queries_are_no_orders(cast: Cast, words: str) -> None:
    say(cast, cast.member, "别的")
    assert ids(cast, words) == []


def test_what_is_edited_is_found_anew_and_what_is_deleted_no_more(cast: Cast) -> None:
    said = say(cast, cast.member, "苹果").id
    reply = answer(cast, cast.other, said, "梨子").id
    assert ids(cast, "梨子") == [reply]
    connect.edit(community=cast.home, post_id=said, text="橘子", by=cast.member, now=NOW)
    assert (ids(cast, "苹果"), ids(cast, "橘子")) == ([], [said])
    connect.delete(community=cast.home, post_id=reply, by=cast.other, now=NOW)
    assert ids(cast, "梨子") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM connect_words WHERE post_id = %s", [reply])
        assert cursor.fetchone() == (0,)


def test_what_an_import_brings_is_found_and_goes_with_it(cast: Cast) -> None:
    lines = [connect.Line(f"k{n}", cast.other.pk, f"进口第{n}行", NOW) for n in range(3)]
    with staging():
        connect.bring_lines(community=cast.home, lines=lines, origin="import:1")
        append_staged(community=cast.home)
    assert len(ids(cast, "进口")) == 3
    connect.remove_lines(community=cast.home, origin="import:1")
    assert ids(cast, "进口") == []


def test_another_community_is_never_found(cast: Cast) -> None:
    connect.post(community=cast.rival, text="对岸的新米", by=cast.enemy, now=NOW)
    assert ids(cast, "新米") == []
    assert len(connect.search(cast.rival, Search("新米"), reader=cast.enemy).hits) == 1


def test_filters_by_author_space_kind_and_time(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    old = say(cast, cast.member, "新米一", now=NOW - timedelta(days=9)).id
    tea = say(cast, cast.other, "新米二", space="茶", now=NOW - timedelta(days=5), kind="ask").id
    reply = answer(cast, cast.core, tea, "新米三", now=NOW - timedelta(days=3)).id
    new = say(cast, cast.member, "新米四").id
    assert ids(cast, "新米") == [new, reply, tea, old]
    assert ids(cast, "新米", space="茶") == [reply, tea, new, old]
    assert ids(cast, "新米", space="茶", only_space=True) == [reply, tea]
    assert ids(cast, "新米", author="苏杭") == [new, old]
    assert (ids(cast, "新米", kind="ask"), ids(cast, "新米", kind="reply")) == ([tea], [reply])
    assert ids(cast, "新米", since=NOW - timedelta(days=5), until=NOW) == [reply, tea]


def test_pages_hold_every_hit_once_at_a_fixed_price(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    said = [say(cast, cast.member, f"新米{n}", space="茶" if n % 3 else "", now=NOW).id for n in range(11)]
    seen, cursor, costs = [], "", set()
    while True:
        with CaptureQueriesContext(connection) as asked:
            page = connect.search(cast.home, Search("新米", space="茶"), reader=cast.member, before=cursor, limit=4)
        seen += [h.id for h in page.hits]
        costs.add(len(asked) - (not cursor))
        if not (cursor := page.next):
            break
    assert seen == [i for n, i in sorted(enumerate(said), key=lambda p: (p[0] % 3 > 0, p[1]), reverse=True)]
    assert max(costs) == 5


def test_people_are_found_by_name_handle_and_headline(cast: Cast) -> None:
    Membership.objects.filter(community=cast.home, person=cast.core).update(headline="种稻三十年")
    for words in ("以南", "何", "种稻", "何 稻"):
        found = connect.search(cast.home, Search(words), reader=cast.member)
        assert [p.handle for p in found.people] == ["何以南"], words


def test_hits_are_marked_and_far_ones_are_brought_near() -> None:
    assert marked("山野的米", sought("米")) == (("山野的", False), ("米", True))
    far = marked("一" * 300 + "新米" + "二" * 300, sought("新米"), length=60)
    assert far[0] == ("…", False)
    assert far[-1] == ("…", False)
    assert ("新米", True) in far
    assert marked("<b>Rice</b> price", sought("rice")) == (("<b>", False), ("Rice", True), ("</b> price", False))


@given(st.text(alphabet="山野社米ab 1，", max_size=40), st.text(alphabet="山野社米ab1", min_size=1, max_size=4))
def test_marked_pieces_make_up_the_text(text: str, word: str) -> None:
    pieces = marked(text, sought(word), length=100)
    assert "".join(words for words, _ in pieces) == text
    assert all(words.lower() in sought(word).words for words, hit in pieces if hit)
