"""Forums and topics: threads as they were, ties only from what was stated, told once, taken back whole."""

from pathlib import Path

import pytest

from kith.bring.api import undo
from kith.connect import api as connect
from kith.energy import api as energy
from tests.bring.files import tarred, written
from tests.bring.test_discourse_format import dump, like, post
from tests.bring.test_importing import bring, names, state, ties
from tests.bring.test_zulip_format import export, said, sign
from tests.conftest import NOW, Cast


def discourse(tmp_path: Path) -> Path:
    quoting = post(
        2, '[quote="silent, post:9, topic:14"]\nx\n[/quote]\n@ann **yes**', user=2, nth=2, reply_to_post_number=1
    )
    return written(tmp_path, dump(post(1, "a"), quoting, likes=(like(1, 2), like(2, 3))), "dump.sql")


def zulip(tmp_path: Path) -> Path:
    near = "https://tea.zulipchat.com/#narrow/channel/21-tea/topic/seeds/near"
    quoting = said(103, f"@_**Bo|12** [said]({near}/102):\n```quote\nme\n```\nsee", sender=15)
    return tarred(
        tmp_path, export(said(101, "who?"), said(102, "me @**Ann Lee**", sender=12), quoting, signs=(sign(101, 15),))
    )


def test_a_topic_of_discourse_is_a_thread_with_replies_quotes_calls_and_likes(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, discourse(tmp_path), "discourse")
    assert (report.people_new, report.messages_new, report.kinds) == (3, 2, {"react": 2, "quote": 1})
    assert ties(cast) == {("Bo.Li", "Ann Lee"): 3, ("Bo.Li", "Silent"): 1, ("Silent", "Bo.Li"): 1}
    (head,) = connect.feed(cast.home, reader=None).posts
    assert (head.space, head.replies) == ("Tea", 1)
    (answer,) = connect.thread(cast.home, head.id, reader=None).replies
    assert "<strong>yes</strong>" in answer.html


def test_a_topic_of_zulip_is_a_thread_in_which_only_what_is_stated_ties(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, zulip(tmp_path), "zulip")
    assert (report.people_new, report.messages_new, report.kinds) == (4, 3, {"react": 1})
    assert ties(cast) == {("Bo", "Ann Lee"): 1, ("Silent", "Bo"): 1, ("Silent", "Ann Lee"): 1}
    (head,) = connect.feed(cast.home, reader=None).posts
    assert (head.text, head.space, head.replies) == ("**seeds**\n\nwho?", "tea", 2)


@pytest.mark.parametrize(("make", "format_name"), [(discourse, "discourse"), (zulip, "zulip")])
def test_twice_adds_nothing_and_undo_leaves_nothing(cast: Cast, tmp_path: Path, make: object, format_name: str) -> None:
    assert callable(make)
    before, path = state(cast.home), make(tmp_path)
    done = bring(cast, path, format_name)
    after = state(cast.home)
    again = bring(cast, path, format_name)
    assert (again.people_new, again.messages_new, again.acts_new, again.described, state(cast.home)) == (
        0,
        0,
        0,
        0,
        after,
    )
    assert done.batch_id is not None
    undo(community=cast.home, batch_id=done.batch_id, by=cast.founder, now=NOW)
    assert state(cast.home) == before
    assert "Silent" not in names(cast.home)
    assert energy.compare(cast.home).is_equal
    bring(cast, path, format_name)
    assert state(cast.home) == after
