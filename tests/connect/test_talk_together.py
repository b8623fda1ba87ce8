"""Two tabs, or two people, at the same moment."""

import pytest

from kith.connect import api as connect
from kith.connect.api import PostGone, Said, SentAlready
from kith.connect.models import Draft, Post, Thank
from kith.energy.api import totals
from tests.conftest import NOW, settle
from tests.connect.talk import answer, given, key, say, warmth
from tests.people.together import at_once, faults

pytestmark = pytest.mark.usefixtures("committed")


def test_the_same_draft_from_many_tabs_is_one_post() -> None:
    cast = settle()
    k = key()
    outcomes = at_once(*[lambda: say(cast, cast.member, "同一篇 @赵穗", key=k) for _ in range(5)])
    assert faults(outcomes) == []
    assert len({o.id for o in outcomes if isinstance(o, Said)}) == 1
    assert given(cast, cast.member) == [("mention", cast.other.pk), ("post", None)]
    assert len(connect.news_since(cast.home.pk, 0)) == 1


def test_the_same_reply_from_many_tabs_counts_once() -> None:
    cast = settle()
    root, k = say(cast, cast.other), key()
    outcomes = at_once(*[lambda: answer(cast, cast.member, root.id, key=k) for _ in range(5)])
    assert faults(outcomes) == []
    assert connect.one(cast.home, root.id, reader=None).replies == Post.objects.filter(root_id=root.id).count() == 1
    assert warmth(cast, cast.member, cast.other) == 1


def test_two_texts_from_one_draft_at_once_are_one_post_and_one_kept_text() -> None:
    cast = settle()
    k = key()
    outcomes = at_once(*[lambda t=t: say(cast, cast.member, t, key=k) for t in ("一", "二", "三")])
    assert faults(outcomes) == [SentAlready] * 2
    [said] = [o for o in outcomes if isinstance(o, Said)]
    lost = next(t for t in ("一", "二", "三") if t != said.text)
    kept = connect.save_draft(community=cast.home, by=cast.member, place="new", text=lost, now=NOW, key=k)
    assert (kept.text, kept.key != k) == (lost, True)
    assert connect.count(cast.home) == totals(cast.home)["acts"] == 1


def test_a_draft_saved_by_many_tabs_is_one() -> None:
    cast = settle()
    save = [
        lambda i=i: connect.save_draft(community=cast.home, by=cast.member, place="new", text=f"{i}", now=NOW)
        for i in range(4)
    ]
    assert faults(at_once(*save)) == []
    assert Draft.objects.count() == 1


def test_many_who_answer_at_once_are_all_counted() -> None:
    cast = settle()
    root = say(cast, cast.founder)
    people = [cast.member, cast.other, cast.core, cast.operator]
    outcomes = at_once(*[lambda p=p: [answer(cast, p, root.id, f"{i} @何以南") for i in range(5)] for p in people])
    assert faults(outcomes) == []
    assert connect.one(cast.home, root.id, reader=None).replies == 20
    assert warmth(cast, cast.member, cast.founder) == 5


def test_thanks_from_two_tabs_are_one_and_taken_back_once() -> None:
    cast = settle()
    root = say(cast, cast.other)
    for act in (connect.thank, connect.unthank, connect.thank):
        call = lambda act=act: act(community=cast.home, post_id=root.id, by=cast.member, now=NOW)  # noqa: E731 -- thrice
        assert faults(at_once(call, call, call)) == []
        after = connect.one(cast.home, root.id, reader=None).thanks
        assert after == Thank.objects.count() == warmth(cast, cast.member, cast.other)


def test_a_deletion_and_thanks_at_once_leave_no_thanks_for_nothing() -> None:
    cast = settle()
    for _ in range(4):
        said = say(cast, cast.other)
        outcomes = at_once(
            lambda: connect.thank(community=cast.home, post_id=said.id, by=cast.member, now=NOW),  # noqa: B023 -- at once
            lambda: connect.delete(community=cast.home, post_id=said.id, by=cast.other, now=NOW),  # noqa: B023
        )
        assert set(faults(outcomes)) <= {PostGone}
        assert Post.objects.get(pk=said.id).thanks == 0
    assert not Thank.objects.exists()
    assert warmth(cast, cast.member, cast.other) == 0


def test_two_acceptances_at_once_leave_one_answer_in_the_book() -> None:
    cast = settle()
    ask = say(cast, cast.member, kind="ask")
    replies = [answer(cast, p, ask.id) for p in (cast.other, cast.core)]
    for _ in range(4):
        outcomes = at_once(
            *[
                lambda r=r, by=by: connect.accept(community=cast.home, post_id=ask.id, answer_id=r.id, by=by, now=NOW)
                for r, by in zip(replies, (cast.member, cast.founder), strict=True)
            ]
        )
        assert faults(outcomes) == []
        accepted = connect.one(cast.home, ask.id, reader=None).answer_id
        held = {r.id: warmth(cast, p, cast.member) for r, p in zip(replies, (cast.other, cast.core), strict=True)}
        assert held == {r.id: 3 if r.id == accepted else 1 for r in replies}


def test_an_acceptance_and_a_deletion_of_the_answer_at_once_agree() -> None:
    cast = settle()
    for _ in range(4):
        ask = say(cast, cast.member, kind="ask")
        reply = answer(cast, cast.other, ask.id)
        outcomes = at_once(
            lambda: connect.accept(community=cast.home, post_id=ask.id, answer_id=reply.id, by=cast.member, now=NOW),  # noqa: B023
            lambda: connect.delete(community=cast.home, post_id=reply.id, by=cast.other, now=NOW),  # noqa: B023
        )
        assert set(faults(outcomes)) <= {PostGone}
        assert connect.one(cast.home, ask.id, reader=None).answer_id is None
        assert warmth(cast, cast.other, cast.member) == 0
