"""Who may read a space: what is closed to somebody reaches them by no way, and what is free reaches everybody."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kith.connect import api as connect
from kith.connect import rules
from kith.connect.api import Gate, GatedSpace
from kith.people import api as people
from kith.people.api import Community, Membership, Person, Tier
from tests.conftest import NOW, Cast, signed_in
from tests.connect.talk import answer, opening, say

SECRET = "密钥藏在第三段"
TEXT = "# 读《货币战争》\n\n开头是给所有人看的，讲为什么要读它，" + "讲了很多很多。" * 20 + f"\n\n{SECRET}，只给会员。"
C = "/c/shanye/"


def column(cast: Cast, *, space_id: int = 0, **more: Any) -> GatedSpace:
    space_id = space_id or connect.make_space(community=cast.home, by=cast.founder, name="每日一思", now=NOW).id
    facts: dict[str, Any] = {
        "community": cast.home, "by": cast.founder, "now": NOW, "space_id": space_id, "is_column": True, "reads": "plan", "needs": "reader",
        "called": "读书会员", "preview_chars": 20, "authors": ["何以南"],
    }  # fmt: skip
    return connect.set_gate(**facts | more)


def pays(cast: Cast, person: Person, until: datetime | None = None) -> None:
    people.grant(
        community=cast.home, person=person, what="reader", from_at=NOW, until_at=until or timezone.now() + timedelta(days=9), cause="t"
    )  # fmt: skip


def everything_read(cast: Cast, who: Person | None, post_id: int, reply_id: int) -> str:
    """Return all that a reader is given of a thread, by the doors, the pages and the API."""
    found = [
        connect.feed(cast.home, reader=who), connect.thread(cast.home, post_id, reader=who), connect.one(cast.home, reply_id, reader=who),
        connect.titles(cast.home, [post_id, reply_id], reader=who), connect.thanks(cast.home, post_id, reader=who),
    ]  # fmt: skip
    client = signed_in(who) if who else Client()
    space = connect.gated_spaces(cast.home, reader=who)[0].gate.space_id
    pages = [
        "",
        "more",
        f"p/{post_id}",
        f"p/{post_id}/card",
        f"p/{reply_id}/line",
        f"p/{post_id}/body",
        f"spaces/{space}",
        "spaces",
    ]
    api = ["posts", f"posts/{post_id}", f"posts/{post_id}/thread", f"posts/{reply_id}", f"posts/{post_id}/thanks", f"columns/{space}", "members/何以南/posts", "search?q=密钥"]  # fmt: skip
    bodies = [client.get(C + page) for page in pages] + [client.get(f"/api/v1/communities/shanye/{way}") for way in api]
    return repr(found) + "".join(b.content.decode() for b in bodies)


def written(cast: Cast) -> tuple[int, int]:
    said = say(cast, cast.core, TEXT, space="每日一思", kind="viewpoint")
    reply = answer(cast, cast.core, said.id, f"补充：{SECRET}。")
    pays(cast, cast.other)
    connect.thank(community=cast.home, post_id=said.id, by=cast.other, now=NOW, why=f"{SECRET}说得好")
    return said.id, reply.id


def test_what_is_closed_reaches_nobody_by_any_way(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    column(cast)
    post, reply = written(cast)
    for who in (None, cast.stranger, cast.member):
        read = everything_read(cast, who, post, reply)
        assert SECRET not in read
        assert "读《货币战争》" in read, "its title is shown"
    for who in (cast.other, cast.core, cast.founder, cast.operator):
        assert SECRET in everything_read(cast, who, post, reply), who.name
    assert SECRET not in everything_read(cast, cast.member, post, reply), "cards kept for others are not theirs"


def test_it_closes_by_itself_when_the_grant_is_over_or_cut(cast: Cast) -> None:
    column(cast)
    post, _ = written(cast)
    assert connect.one(cast.home, post, reader=cast.other).lock is None
    people.cut_grant(community=cast.home, cause="t", at=timezone.now() - timedelta(seconds=1))
    closed = connect.one(cast.home, post, reader=cast.other)
    assert closed.lock is not None
    assert (closed.lock.called, closed.latest) == ("读书会员", ())
    assert SECRET not in signed_in(cast.other).get(f"{C}p/{post}").content.decode()


def test_a_card_opened_between_its_head_and_its_text_is_kept_for_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    column(cast)
    say(cast, cast.core, TEXT, space="每日一思", kind="viewpoint")
    heads = connect.heads

    def then_paid(*given_: object, **more: object) -> object:
        found = heads(*given_, **more)  # type: ignore[arg-type]
        pays(cast, cast.other)
        return found

    monkeypatch.setattr(connect, "heads", then_paid)
    assert SECRET in signed_in(cast.other).get(C + "more").content.decode()
    monkeypatch.undo()
    assert SECRET not in signed_in(cast.member).get(C + "more").content.decode()


def test_who_may_not_read_may_not_reply_or_thank_or_write_there(cast: Cast) -> None:
    column(cast)
    post, reply = written(cast)
    before = connect.one(cast.home, post, reader=cast.core)
    for to in (post, reply):
        with pytest.raises(connect.Locked, match="读书会员"):
            answer(cast, cast.member, to)
        with pytest.raises(connect.Locked):
            connect.thank(community=cast.home, post_id=to, by=cast.member, now=NOW)
    for who in (cast.member, cast.other):
        with pytest.raises(connect.AuthorsOnly):
            say(cast, who, "我也写一篇", space="每日一思")
    assert connect.one(cast.home, post, reader=cast.core) == before
    assert answer(cast, cast.other, post, "会员可以说话。").lock is None


def test_a_free_post_is_open_with_its_replies_and_closed_again_by_its_author(cast: Cast) -> None:
    column(cast)
    post, reply = written(cast)
    connect.set_free(community=cast.home, post_id=post, is_free=True, by=cast.core, now=NOW)
    assert SECRET in everything_read(cast, cast.member, post, reply)
    with pytest.raises(connect.NotYours):
        connect.set_free(community=cast.home, post_id=post, is_free=False, by=cast.other, now=NOW)
    connect.set_free(community=cast.home, post_id=post, is_free=False, by=cast.core, now=NOW)
    assert SECRET not in everything_read(cast, cast.member, post, reply)


def test_closing_a_space_closes_what_was_said_there_before(cast: Cast) -> None:
    made = column(cast, reads="all", needs="")
    post, reply = written(cast)
    assert SECRET in everything_read(cast, cast.member, post, reply)
    column(cast, space_id=made.gate.space_id)
    assert SECRET not in everything_read(cast, cast.member, post, reply)


def test_a_picture_is_seen_by_those_who_may_read_where_it_stands(
    cast: Cast, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    column(cast)
    pays(cast, cast.other)
    file = BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "PNG")
    upload = signed_in(cast.core).post(C + "upload", {"image": SimpleUploadedFile("a.png", file.getvalue())}).json()
    assert signed_in(cast.member).get(upload["url"]).status_code == 200, "it stands nowhere yet"
    say(cast, cast.core, f"{TEXT}\n\n![图]({upload['url']})", space="每日一思")
    who = {"member": cast.member, "other": cast.other, "author": cast.core, "operator": cast.operator}
    got = {name: signed_in(person).get(upload["url"]).status_code for name, person in who.items()}
    assert got == {"member": 404, "other": 200, "author": 200, "operator": 200}
    say(cast, cast.core, f"公开的也用它 ![图]({upload['url']})")
    assert signed_in(cast.member).get(upload["url"]).status_code == 200


def test_a_space_may_be_for_members_or_from_a_tier_up(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    for position, name in enumerate(("新人", "骨干", "核心"), 1):
        Tier.objects.create(community=cast.home, position=position, name=name)
    tiers = {t.position: t for t in Tier.objects.filter(community=cast.home)}
    Membership.objects.filter(community=cast.home, person=cast.member).update(tier=tiers[2])
    Membership.objects.filter(community=cast.home, person=cast.other).update(tier=tiers[1])
    made = column(cast, reads="tier", tier_from=2, called="骨干")
    post = say(cast, cast.core, TEXT, space="每日一思").id
    seen = {
        p.name: connect.one(cast.home, post, reader=p).lock is None for p in (cast.member, cast.other, cast.stranger)
    }
    assert seen == {"苏杭": True, "赵穗": False, "Ann": False}
    column(cast, reads="members", space_id=made.gate.space_id)
    seen = {
        p.name: connect.one(cast.home, post, reader=p).lock is None for p in (cast.member, cast.other, cast.stranger)
    }
    assert seen == {"苏杭": True, "赵穗": True, "Ann": False}


def test_a_column_lists_its_posts_in_order_with_a_fixed_number_of_queries(cast: Cast) -> None:
    made = column(cast)
    for n in range(3):
        say(
            cast,
            cast.core,
            f"第{n + 1}讲\n\n" + "正文很长。" * 50,
            space="每日一思",
            is_free=n == 0,
            now=NOW + timedelta(days=n),
        )
    with CaptureQueriesContext(
        connection,
    ) as few:
        found = connect.column(cast.home, made.gate.space_id, reader=cast.member)
    assert [(e.n, e.title, e.is_locked) for e in found.entries] == [
        (1, "第1讲", False),
        (2, "第2讲", True),
        (3, "第3讲", True),
    ]
    for n in range(5):
        say(cast, cast.founder, f"又{n}\n\n正文", space="每日一思", now=NOW + timedelta(days=9 + n))
    with CaptureQueriesContext(connection) as many:
        connect.column(cast.home, made.gate.space_id, reader=cast.member)
    assert len(few) == len(many) <= 8


def test_a_feed_with_closed_posts_begins_with_one_query(cast: Cast) -> None:
    column(cast)
    written(cast)
    with CaptureQueriesContext(connection) as asked:
        found = opening(cast, cast.member).read()
    assert len(asked) == 1
    assert [h.is_locked for h in found.heads.heads] == [True]
    client = signed_in(cast.member)
    client.get(C), client.get(C)
    with CaptureQueriesContext(connection) as page:
        client.get(C)
    cache.clear()
    assert len(page) == 1, "the session, the person, where they stand, what the feed opens with"


def test_only_who_runs_it_sets_a_gate_and_bad_ones_are_refused(cast: Cast) -> None:
    made = column(cast)
    refused: tuple[tuple[type[Exception], dict[str, Any]], ...] = (
        (connect.SpaceStaffOnly, {"by": cast.member}), (connect.MembersOnly, {"by": cast.stranger}), (connect.BadGate, {"needs": "读书"}),
        (connect.BadGate, {"called": " "}), (connect.BadGate, {"preview_chars": 5000}), (connect.BadGate, {"reads": "nobody"}),
        (connect.NoSuchAuthor, {"authors": ["无此人"]}), (connect.NoSuchSpace, {"space_id": 10**9}),
    )  # fmt: skip
    for fault, more in refused:
        with pytest.raises(fault):
            column(cast, **{"space_id": made.gate.space_id, **more})
    with pytest.raises(connect.NoSuchSpace):
        connect.gated_space(cast.rival, made.gate.space_id, reader=cast.enemy)
    assert connect.gated_spaces(cast.home, reader=cast.founder) == [made]


@given(text=st.text(max_size=400), characters=st.integers(0, 1000))
def test_a_preview_never_tells_more_than_a_title_and_a_third(text: str, characters: int) -> None:
    title, shown = rules.preview(text, characters)
    assert len(title) <= rules.TITLE_LIMIT
    assert len(shown) <= min(characters, len(text) / 3)
    assert not title or text.strip().partition("\n")[2].strip()


@given(
    rights=st.builds(
        people.Rights, st.booleans(), st.booleans(), st.integers(-1, 9), st.frozensets(st.sampled_from("ab"))
    ),
    needed=st.integers(0, 9),
)
def test_a_gate_opens_to_what_it_names_and_to_nothing_else(rights: people.Rights, needed: int) -> None:
    said = {
        reads: rules.is_open(
            Gate(1, "", False, reads, "a" if reads == "plan" else "", needed, "", 0), is_staff=rights.is_staff, is_member=rights.is_member,
            position=rights.position, grants=rights.grants,
        )
        for reads in connect.READS
    }  # fmt: skip
    assert said == {
        "all": True, "members": rights.is_staff or rights.is_member, "plan": rights.is_staff or "a" in rights.grants,
        "tier": rights.is_staff or (rights.is_member and rights.position >= needed),
    }  # fmt: skip
