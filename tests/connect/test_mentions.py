"""Calling people by name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.connect import api as connect
from kith.connect.rules import called, mentioned, possible_handles
from kith.people.api import Person, add_member
from tests.conftest import NOW, Cast
from tests.connect.talk import given, say

KNOWN = dict.fromkeys(["苏杭", "苏杭州", "ann", "ann-lee", "bob2"], "")


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@苏杭 你好", ["苏杭"]),
        ("谢谢@苏杭你来了", ["苏杭"]),
        ("谢谢@苏杭州长", ["苏杭州"]),
        ("@ANN, @ann-lee.", ["ann", "ann-lee"]),
        ("@ann-leeward", ["ann"]),
        ("@annette @bob @bob22", []),
        ("@ann对", ["ann"]),
        ("（@ann）“@苏杭”", ["ann", "苏杭"]),
        ("@ann @ann @Ann", ["ann"]),
        ("mail ann@ann.org, see example.org/@ann and @@ann", []),
        ("`@ann` and\n\n    @ann\n\n```\n@苏杭\n```", []),
        ("[@ann](https://example.org)", []),
        ("**@ann** _@苏杭_", ["ann", "苏杭"]),
        ("> @ann\n\n- @苏杭", ["ann", "苏杭"]),
        ("@", []),
        ("@nobody", []),
        ("", []),
    ],
)
def test_who_is_called(text: str, handles: list[str]) -> None:
    assert called(text, KNOWN) == handles


def test_the_longest_beginning_counts() -> None:
    assert mentioned("苏杭州", KNOWN) == "苏杭州"
    assert mentioned("苏杭人", KNOWN) == "苏杭"
    assert mentioned("苏", KNOWN) is None


def test_at_most_twenty_words_are_looked_up() -> None:
    text = " ".join(f"@x{i}y" for i in range(100))
    assert len([h for h in possible_handles(text) if h.endswith("y")]) == 20


def test_a_call_is_an_act_and_a_link(cast: Cast) -> None:
    said = say(cast, cast.member, "谢谢@赵穗帮忙，@olga 也来")
    assert '谢谢<a href="/c/shanye/m/%E8%B5%B5%E7%A9%97" class="mention"' in said.html
    assert ">@olga</a> 也来" in said.html
    assert given(cast, cast.member) == sorted(
        [("post", None), ("mention", cast.other.pk), ("mention", cast.operator.pk)], key=str
    )


def test_oneself_strangers_and_code_are_not_called(cast: Cast) -> None:
    said = say(cast, cast.member, "@苏杭 @Ann @敌 `@赵穗`")
    assert given(cast, cast.member) == [("post", None)]
    assert "@敌" in said.html
    assert "<code>@赵穗</code>" in said.html


def test_twice_is_once(cast: Cast) -> None:
    say(cast, cast.member, "@赵穗 @赵穗")
    assert given(cast, cast.member) == [("mention", cast.other.pk), ("post", None)]


def test_an_edit_calls_who_is_new_and_calls_nobody_twice(cast: Cast) -> None:
    said = say(cast, cast.member, "@赵穗")
    for text in ("@赵穗 @olga", "谁也不叫", "@赵穗"):
        connect.edit(community=cast.home, post_id=said.id, text=text, by=cast.member, now=NOW)
    assert given(cast, cast.member) == sorted(
        [("mention", cast.other.pk), ("mention", cast.operator.pk), ("post", None)], key=str
    )


def test_a_text_full_of_calls_costs_as_much_as_one(cast: Cast) -> None:
    for i in range(30):
        person = Person.objects.create_user(f"m{i}@example.org", None, f"成员{i}号")
        add_member(community=cast.home, person=person, now=NOW)
    say(cast, cast.member, "@赵穗")
    costs = []
    for text in ("@成员1号", "".join(f"@成员{i}号 " for i in range(30)) + "@" + "长" * 400):
        with CaptureQueriesContext(connection) as asked:
            say(cast, cast.member, text)
        costs.append(len(asked))
    assert costs[0] == costs[1]
