"""A text is said to have lived a value: by its author or who thanks for it; the report counts different people."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.connect.api import LivedTag, LivedValue, NoSuchValue, NotYoursToTag
from kith.people.api import Person, write_values
from tests.conftest import NOW, Cast
from tests.connect.talk import say
from tests.rest.calling import Calls


def live(cast: Cast, post_id: int, by: Person, word: str = "真", *, on: bool = True) -> list[LivedTag]:
    return connect.say_lived(community=cast.home, post_id=post_id, word=word, by=by, now=NOW, on=on)


def thank(cast: Cast, post_id: int, by: Person) -> None:
    connect.thank(community=cast.home, post_id=post_id, by=by, now=NOW)


def lived(cast: Cast, reader: Person | None = None) -> list[LivedValue]:
    return connect.lived_values(cast.home, since=NOW, until=NOW + timedelta(days=1), reader=reader or cast.other)


def test_the_author_and_who_thanks_say_which_value_it_lived(cast: Cast) -> None:
    post = say(cast, cast.member).id
    assert [(t.word, t.is_authors) for t in live(cast, post, cast.member)] == [("真", True)]
    live(cast, post, cast.member)
    with pytest.raises(NotYoursToTag):
        live(cast, post, cast.core)
    thank(cast, post, cast.core)
    assert len(live(cast, post, cast.core)) == 2
    with pytest.raises(NoSuchValue):
        live(cast, post, cast.core, "勇")
    assert [t.by_id for t in live(cast, post, cast.member, on=False)] == [cast.core.pk]


def test_the_report_counts_people_once_and_others_apart(cast: Cast) -> None:
    write_values(community=cast.home, values=[("真", "不说假话"), ("勤", "动手")])
    posts = [say(cast, cast.member, f"第{n}件").id for n in range(3)]
    for post in posts:
        live(cast, post, cast.member)
    thank(cast, posts[1], cast.core)
    live(cast, posts[1], cast.core)
    live(cast, say(cast, cast.founder, "别的").id, cast.founder)
    true, none = lived(cast)
    assert (true.word, true.people, true.texts, true.sayers, true.witnesses) == ("真", 2, 4, 3, 1)
    assert true.examples[0] == (posts[1], "第1件", 2)
    assert (none.word, none.people, none.examples) == ("勤", 0, ())
    connect.delete(community=cast.home, post_id=posts[1], by=cast.member, now=NOW)
    write_values(community=cast.home, values=[("勤", "动手")])
    assert [(v.word, v.people, v.texts, v.is_held) for v in lived(cast)] == [("真", 2, 3, False), ("勤", 0, 0, True)]


def test_by_the_api(cast: Cast) -> None:
    writes = Calls(cast.member)
    post = writes("POST", "/communities/shanye/posts", {"text": "今天称少了，补给大家。"})["id"]
    address = f"/communities/shanye/posts/{post}/lived-values"
    assert writes("PUT", address, {"word": "真"})["tags"][0]["is_authors"] is True
    assert (writes("PUT", address, {"word": "勇"})["error"], writes.status) == ("NoSuchValue", 404)
    [value] = writes("GET", "/communities/shanye/lived-values")["values"]
    assert (value["word"], value["people"], value["examples"][0]["post_id"]) == ("真", 1, post)
    assert writes("GET", "/communities/shanye/lived-values?since=x")["error"] == "BadDay"
    assert writes("PUT", address, {"word": "真", "on": False})["tags"] == []
