"""Bringing in texts from elsewhere: threads come out whole, whatever the order of the lines; twice adds nothing."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect import rules
from kith.connect.api import Brought, Line
from kith.connect.models import Post, Thank
from kith.energy.api import append_staged, staging, totals, withdraw
from kith.people.api import Community, NotADemo, Person, bring_people, found
from tests.conftest import NOW, Cast
from tests.connect.talk import given as acts_given
from tests.connect.talk import say, warmth


def bring(cast: Cast, lines: Iterable[Line], origin: str = "import:1") -> Brought:
    with transaction.atomic(), staging():
        brought = connect.bring_lines(community=cast.home, lines=lines, origin=origin)
        append_staged(community=cast.home)
    return brought


def line(cast: Cast, key: str, minute: int, to: str = "", by: Person | None = None, kind: str = "talk") -> Line:
    at = NOW - timedelta(days=9) + timedelta(minutes=minute)
    return Line(key, (by or cast.member).pk, f"话 {key}", at, to_key=to, kind=kind)


def shape() -> dict[str, tuple[str | None, str | None]]:
    """Return, by key, the keys of the root and of what is quoted."""
    return {
        key: (root, quoted)
        for key, root, quoted in Post.objects.exclude(foreign_key="").values_list(
            "foreign_key", "root__foreign_key", "quoted__foreign_key"
        )
    }


def thread(cast: Cast) -> list[Line]:
    return [
        line(cast, "a", 0),
        line(cast, "b", 1, "a", cast.other),
        line(cast, "c", 2, "b", cast.core),
        line(cast, "d", 3, "c"),
        line(cast, "e", 3),
    ]


WHOLE = {"a": (None, None), "b": ("a", None), "c": ("a", "b"), "d": ("a", "c"), "e": (None, None)}


def test_threads_come_out_whole_in_any_order(cast: Cast) -> None:
    for seed in range(6):
        lines = thread(cast)
        random.Random(seed).shuffle(lines)
        assert bring(cast, lines, f"import:{seed}") == Brought(new=5, known=0)
        assert shape() == WHOLE
        root = Post.objects.get(foreign_key="a")
        assert (root.replies, Post.objects.get(foreign_key="e").replies) == (3, 0)
        assert connect.remove_lines(community=cast.home, origin=f"import:{seed}") == 5
        withdraw(community=cast.home, at=NOW, source=f"import:{seed}")


def test_what_was_said_is_kept_and_is_no_markdown(cast: Cast) -> None:
    bring(cast, [Line("k", cast.member.pk, "**a** <b>\n二", NOW, space="旧群", kind="ask")])
    [said] = connect.feed(cast.home, reader=None).posts
    assert (said.text, said.html) == ("**a** <b>\n二", "<p>**a** &lt;b&gt;<br>二</p>")
    assert (said.space, said.kind, said.at, said.author.handle) == ("旧群", "ask", NOW, "苏杭")


def test_answers_and_calls_are_acts_and_oneself_is_nobody(cast: Cast) -> None:
    mine = Line("c", cast.member.pk, "又", NOW, to_key="a", mentions=(cast.core.pk, cast.member.pk, cast.core.pk))
    bring(cast, [Line("a", cast.member.pk, "话", NOW), Line("b", cast.other.pk, "答", NOW, to_key="a"), mine])
    assert acts_given(cast, cast.other) == [("reply", cast.member.pk)]
    assert ("mention", cast.core.pk) in acts_given(cast, cast.member)
    assert [k for k, _ in acts_given(cast, cast.member)].count("mention") == 1
    assert (warmth(cast, cast.other, cast.member), warmth(cast, cast.member, cast.core)) == (1, 1)


def test_a_second_import_adds_nothing(cast: Cast) -> None:
    bring(cast, thread(cast))
    before = (shape(), totals(cast.home), list(Post.objects.order_by("pk").values_list("replies", "version")))
    assert bring(cast, thread(cast), "import:2") == Brought(new=0, known=5)
    assert (shape(), totals(cast.home), list(Post.objects.order_by("pk").values_list("replies", "version"))) == before


def test_a_key_repeated_within_the_lines_counts_once(cast: Cast) -> None:
    lines = [
        line(cast, "a", 0),
        line(cast, "a", 0),
        line(cast, "b", 1, "a", cast.other),
        line(cast, "b", 5, "", cast.core),
    ]
    assert bring(cast, lines) == Brought(new=2, known=2)
    assert shape() == {"a": (None, None), "b": ("a", None)}
    assert acts_given(cast, cast.core) == []


def test_a_later_import_answers_earlier_lines(cast: Cast) -> None:
    lines = thread(cast)
    bring(cast, lines[:2])
    bring(cast, lines[2:], "import:2")
    assert shape() == WHOLE
    assert Post.objects.get(foreign_key="a").replies == 3


def test_whoever_answers_nobody_or_the_future_opens_a_thread(cast: Cast) -> None:
    lines = [
        line(cast, "a", 0, "later"),
        line(cast, "later", 1),
        line(cast, "b", 0, "nowhere"),
        line(cast, "c", 0, "c"),
    ]
    bring(cast, lines)
    assert {k: r for k, (r, _) in shape().items()} == {"a": None, "later": None, "b": None, "c": None}


def test_what_goes_round_at_one_moment_opens_where_it_began(cast: Cast) -> None:
    bring(cast, [line(cast, "a", 0, "c"), line(cast, "b", 0, "a"), line(cast, "c", 0, "b")])
    assert shape() == {"a": (None, None), "b": ("a", None), "c": ("a", "b")}


def test_a_chain_of_thousands_is_one_thread(cast: Cast) -> None:
    lines = [line(cast, f"k{i}", i, f"k{i - 1}" if i else "", [cast.member, cast.other][i % 2]) for i in range(3000)]
    random.Random(1).shuffle(lines)
    assert bring(cast, lines).new == 3000
    assert Post.objects.filter(root__foreign_key="k0").count() == 2999
    assert Post.objects.get(foreign_key="k0").replies == 2999
    assert Post.objects.get(foreign_key="k2999").quoted.foreign_key == "k2998"  # type: ignore[union-attr]  # it quotes


def test_long_keys_and_keys_like_ours_fit_and_do_not_meet(cast: Cast) -> None:
    said = say(cast, cast.other)
    reply = connect.reply(community=cast.home, to=said.id, text="住在这里的回复", by=cast.member, now=NOW)
    long = "x" * 80
    bring(
        cast,
        [
            line(cast, str(reply.id), 0),
            line(cast, long, 0),
            Line("r", cast.core.pk, "答", NOW, to_key=long, mentions=(cast.other.pk,)),
        ],
    )
    bring(
        cast,
        [Line(f"{reply.id}", cast.core.pk, "同名", NOW), Line(str(said.id), cast.core.pk, "x", NOW, to_key=long)],
        "import:2",
    )
    assert warmth(cast, cast.member, cast.other) == 1
    assert acts_given(cast, cast.core) == [
        ("mention", cast.other.pk),
        ("reply", cast.member.pk),
        ("reply", cast.member.pk),
    ]


def test_a_line_of_an_unknown_kind_brings_nothing(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="connect_post_kind_known"):
        bring(cast, [line(cast, "a", 0), line(cast, "b", 0, kind="poll")])
    assert (connect.count(cast.home), totals(cast.home)["acts"]) == (0, 0)


def test_people_answer_imported_lines_as_any_other(cast: Cast) -> None:
    bring(cast, thread(cast))
    b = Post.objects.get(foreign_key="b")
    said = connect.reply(community=cast.home, to=b.pk, text="隔了多年", by=cast.founder, now=NOW)
    assert said.root_id == Post.objects.get(foreign_key="a").pk
    assert Post.objects.get(foreign_key="a").replies == 4
    assert warmth(cast, cast.founder, cast.other) == 1


def test_removing_takes_the_import_and_what_hangs_on_it(cast: Cast) -> None:
    mine = say(cast, cast.founder, "本地的帖子")
    bring(cast, thread(cast))
    bring(cast, [line(cast, "z", 9, "a", cast.core)], "import:2")
    a, e = Post.objects.get(foreign_key="a"), Post.objects.get(foreign_key="e")
    connect.reply(community=cast.home, to=a.pk, text="跟着走", by=cast.founder, now=NOW)
    connect.thank(community=cast.home, post_id=e.pk, by=cast.other, now=NOW)
    assert connect.remove_lines(community=cast.home, origin="import:1") == 5
    withdraw(community=cast.home, at=NOW, source="import:1")
    assert list(Post.objects.values_list("pk", flat=True)) == [mine.id]
    assert not Thank.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_removing_a_later_import_leaves_the_earlier_thread_counted_right(cast: Cast) -> None:
    lines = thread(cast)
    bring(cast, lines[:2])
    bring(cast, lines[2:], "import:2")
    ask = say(cast, cast.member, "问", kind="ask")
    reply = connect.reply(community=cast.home, to=ask.id, text="答", by=cast.other, now=NOW)
    connect.accept(community=cast.home, post_id=ask.id, answer_id=reply.id, by=cast.member, now=NOW)
    assert connect.remove_lines(community=cast.home, origin="import:2") == 3
    withdraw(community=cast.home, at=NOW, source="import:2")
    assert shape() == {"a": (None, None), "b": ("a", None)}
    assert Post.objects.get(foreign_key="a").replies == 1
    assert connect.one(cast.home, ask.id, reader=None).answer_id == reply.id
    assert connect.remove_lines(community=cast.home, origin="import:2") == 0


def test_an_import_of_another_community_stays(cast: Cast) -> None:
    with transaction.atomic(), staging():
        connect.bring_lines(community=cast.rival, lines=[Line("a", cast.enemy.pk, "对岸", NOW)], origin="import:1")
        append_staged(community=cast.rival)
    bring(cast, [line(cast, "a", 0), line(cast, "b", 1, "a", cast.other)])
    assert connect.remove_lines(community=cast.home, origin="import:1") == 2
    withdraw(community=cast.home, at=NOW, source="import:1")
    assert connect.count(cast.rival) == 1


def test_after_an_undo_the_same_lines_come_again(cast: Cast) -> None:
    bring(cast, thread(cast))
    connect.remove_lines(community=cast.home, origin="import:1")
    withdraw(community=cast.home, at=NOW, source="import:1")
    assert totals(cast.home)["acts"] == 0
    assert bring(cast, thread(cast), "import:2") == Brought(new=5, known=0)
    assert shape() == WHOLE
    assert totals(cast.home)["acts"] == 5


def test_texts_move_to_who_claimed_them(cast: Cast) -> None:
    [pk] = bring_people(community=cast.home, names=["旧名"], now=NOW)
    bring(cast, [Line("a", pk, "旧话", NOW), Line("b", cast.other.pk, "答", NOW, to_key="a")])
    version = Post.objects.get(foreign_key="a").version
    assert connect.take_over(community=cast.home, from_id=pk, to=cast.member) == 1
    [said] = connect.feed(cast.home, reader=cast.member).posts
    assert (said.author.handle, said.mine, said.version) == ("苏杭", True, version + 1)
    assert connect.take_over(community=cast.rival, from_id=cast.member.pk, to=cast.enemy) == 0


def test_only_an_invented_community_forgets_what_was_said(cast: Cast) -> None:
    say(cast, cast.member)
    with pytest.raises(NotADemo):
        connect.drop_texts(community=cast.home)
    demo: Community = found(name="演示", slug="demo", pursuit="演示", by=cast.member, now=NOW, is_demo=True)
    root = connect.post(community=demo, text="假的", by=cast.member, now=NOW, kind="ask")
    reply = connect.reply(community=demo, to=root.id, text="假的答", by=cast.member, now=NOW)
    connect.reply(community=demo, to=reply.id, text="引用", by=cast.member, now=NOW)
    connect.accept(community=demo, post_id=root.id, answer_id=reply.id, by=cast.member, now=NOW)
    connect.drop_texts(community=demo)
    assert (connect.count(demo), connect.count(cast.home)) == (0, 1)


graphs = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.integers(0, 5)), max_size=25)


@given(graphs, st.integers(0, 25))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tangle_of_answers_becomes_threads(cast: Cast, drawn: list[tuple[int, int, int]], cut: int) -> None:
    lines = [line(cast, f"k{k}", minute, f"k{to}", [cast.member, cast.other][k % 2]) for k, to, minute in drawn]
    with transaction.atomic():
        bring(cast, lines[:cut])
        bring(cast, lines[cut:], "import:2")
        posts = {p.foreign_key: p for p in Post.objects.exclude(foreign_key="").select_related("root", "quoted")}
        assert set(posts) == {n.key for n in lines}
        for p in posts.values():
            if p.root is None:
                assert p.quoted is None
                assert p.replies == sum(q.root_id == p.pk for q in posts.values())
            else:
                assert p.root.root_id is None
                assert p.root.at <= p.at
                assert p.quoted is None or (p.quoted.root_id == p.root_id and p.quoted.at <= p.at)
        transaction.set_rollback(True)


def test_who_stands_in_a_thread_stands_under_its_beginning_and_is_tied_to_nobody(cast: Cast) -> None:
    def standing(key: str, minute: int, by: Person, to: str = "") -> Line:
        return replace(line(cast, key, minute, to, by), thread_key="a")

    lines = [
        standing("a", 0, cast.member),
        standing("b", 1, cast.other),
        standing("c", 2, cast.core, "b"),
        standing("lost", 3, cast.other, "nobody has it"),
        standing("early", -1, cast.other),
    ]
    bring(cast, lines)
    assert shape() == {
        "a": (None, None),
        "b": ("a", None),
        "c": ("a", "b"),
        "lost": ("a", None),
        "early": (None, None),
    }
    assert Post.objects.get(foreign_key="a").replies == 3
    assert warmth(cast, cast.other, cast.member) == 0
    assert warmth(cast, cast.core, cast.other) > 0
    bring(cast, [standing("later", 9, cast.core)], "import:2")
    assert shape()["later"] == ("a", None), "also under what an earlier import brought"


def test_what_is_markdown_is_shown_so_and_brings_no_pictures_from_elsewhere(cast: Cast) -> None:
    text = "**big** <b>x</b> ![pic](pic.png) [bad](javascript:alert)"
    marked = replace(line(cast, "a", 0), text=text, is_markdown=True)
    bring(cast, [marked, replace(marked, key="b", is_markdown=False)])
    assert Post.objects.get(foreign_key="a").html.strip() == (
        '<p><strong>big</strong> &lt;b&gt;x&lt;/b&gt; <a href="pic.png" rel="nofollow ugc noopener">pic</a>'
        " [bad](javascript:alert)</p>"
    )
    assert Post.objects.get(foreign_key="b").html.startswith("<p>**big**")


@given(st.text("ab 1.)*_`~#>[]<!|\\&=+-\n\t", max_size=30).map(str.strip))
@settings(max_examples=300, deadline=None)
def test_a_text_without_marks_is_the_same_as_markdown(text: str) -> None:
    if rules.is_plain(text):
        shown = rules.rendered(text, people={}, media="\n")
        assert "".join(shown.split("\n")) == "".join(rules.plain(text).split("\n"))
