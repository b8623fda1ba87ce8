"""The invented community lives as one that grew here."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from kith.connect import api as connect
from kith.demo.api import existing, personas, pour, remove
from kith.demo.daily_life import MORNINGS
from kith.demo.data import Accepted, Replied, Thanked
from kith.demo.pour import RENDERED
from kith.demo.selling import COLUMN, DEPOSITS, JOINED_DAYS, NOTES, WINTER
from kith.demo.together import EVENTS, IDEAS
from kith.energy import api as energy
from kith.gather import api as gather
from kith.launch import api as launch
from kith.ledger import api as ledger
from kith.people import api as people
from kith.people.api import Community, Membership, Person
from tests.demo.told import NOW, posts, replies, texts, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("steps")]


def demo() -> Community:
    found = existing()
    assert found is not None
    return found


def person(name: str) -> Person:
    return Membership.objects.select_related("person").get(community=demo(), person__name=name).person


@pytest.fixture(scope="module")
def steps(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[int]]:
    """Pour once for all tests here, which roll back what they do to it; return the steps that were told."""
    told_steps: list[int] = []
    with django_db_blocker.unblock():
        pour(now=NOW, step=told_steps.append)
    yield told_steps
    with django_db_blocker.unblock():
        remove()


def test_everybody_and_everything_of_the_story_is_there() -> None:
    tale, home = told(), demo()
    assert people.count(home) == len(tale.people)
    lived = 2 + sum(map(len, MORNINGS)) + len(IDEAS) + len(EVENTS) + len(NOTES)  # a chain, a challenge, its check-ins
    assert connect.count(home) == len(texts(tale)) + lived
    chapters = Counter(Membership.objects.within(home.pk).values_list("chapter__name", flat=True))
    assert chapters == Counter(p.city for p in tale.people)
    assert {s.name for s in connect.spaces(home)} >= {p.space for p in posts(tale)} - {""}


def test_the_feed_begins_with_the_newest_post_and_its_replies() -> None:
    newest = connect.feed(demo(), reader=None, limit=1).posts[0]
    written = posts(told())[-1]
    assert (newest.author.name, newest.at, newest.text, newest.kind) == ("陈一川", written.at, written.text, "ask")
    assert newest.replies == sum(r.post == written.key for r in replies(told()))
    assert newest.space == "渠道与运输"


def test_thanks_and_answers_are_those_of_the_story() -> None:
    tale = told()
    thanks = Counter(e.post for e in tale.events if isinstance(e, Thanked))
    liked = max((p for p in posts(tale)), key=lambda p: thanks[p.key])
    shown = _found(liked.author, liked.text)
    assert shown.thanks == thanks[liked.key]
    given = connect.thanks(demo(), shown.id)
    assert {(t.by.name, t.why) for t in given} == {
        (tale.of(e.by).name, e.why) for e in tale.events if isinstance(e, Thanked) and e.post == liked.key
    }
    accepted = [e for e in tale.events if isinstance(e, Accepted)]
    asks = {p.key: p for p in posts(tale)}
    answers = {r.key: r.text for r in replies(tale)}
    for e in accepted[:5]:
        ask = _found(asks[e.post].author, asks[e.post].text)
        thread = connect.thread(demo(), ask.id, reader=None)
        assert [r.text for r in thread.replies if r.id == ask.answer_id] == [answers[e.reply]]


def _found(author: str, text: str) -> connect.Said:
    by = person(told().of(author).name)
    found = connect.feed(demo(), reader=None, author_id=by.pk, limit=200).posts
    return next(p for p in found if p.text == text)


def test_the_book_holds_an_act_for_everything_given() -> None:
    tale, home = told(), demo()
    author = {e.key: e.author for e in texts(tale)}
    kinds = Counter(a.kind for p in people.members(home, limit=400) for a in _given(home, p.person_id))
    assert kinds["thank"] == sum(isinstance(e, Thanked) for e in tale.events)
    assert kinds["answer"] == sum(isinstance(e, Accepted) for e in tale.events)
    assert kinds["reply"] == sum(author[e.quotes or e.post] != e.author for e in replies(tale))
    assert kinds["mention"] == sum(len(_called(e)) for e in replies(tale))
    assert energy.compare(home).is_equal
    assert [p.name for p in energy.audit() if p.broken] == []


def _given(home: Community, person_id: int) -> list[energy.ActRow]:
    return [a for a in energy.acts_of(home, person_id, limit=5_000) if a.actor_id == person_id]


def _called(e: Replied) -> set[str]:
    return set(re.findall(r"@([\w-]+)", e.text)) - {told().of(e.author).handle}


def test_thanks_poured_in_bulk_can_be_taken_back_like_any_other() -> None:
    tale, home = told(), demo()
    e = next(e for e in tale.events if isinstance(e, Thanked))
    written = next(t for t in posts(tale) if t.key == e.post)
    shown = _found(written.author, written.text)
    by, before = person(tale.of(e.by).name), energy.totals(home)["acts"]
    after = connect.unthank(community=home, post_id=shown.id, by=by, now=NOW)
    assert after.thanks == shown.thanks - 1
    assert energy.totals(home)["acts"] == before - 1
    assert energy.compare(home).is_equal


def test_what_stands_on_top_is_rendered_with_links_on_names() -> None:
    bold = next(p for p in connect.feed(demo(), reader=None, limit=60).posts if p.text.startswith("**"))
    assert "<strong>" in bold.html
    recent = [p for p in connect.feed(demo(), reader=None, limit=60).posts if p.at > NOW - RENDERED]
    said = [r for p in recent for r in connect.thread(demo(), p.id, reader=None).replies]
    called = [r for r in said if r.text.startswith("@")]
    assert called
    assert all('class="mention"' in r.html for r in called)


def test_it_has_ideas_on_their_way_and_events_to_come_to() -> None:
    home, reader = demo(), person(told().people[0].name)
    assert connect.board(community=home, reader=reader).counts == {
        "proposed": 2,
        "adopted": 1,
        "declined": 1,
        "shipped": 1,
    }
    soon, over = (connect.events(community=home, reader=reader, now=NOW, is_past=past).events for past in (False, True))
    facts = [
        (e.extra.going, e.extra.waiting, e.extra.arrived)
        for e in (*soon, *over)
        if isinstance(e.extra, connect.EventValue)
    ]
    assert facts == [(8, 2, 0), (4, 0, 0), (6, 0, 4)]


def test_two_people_wait_at_the_door() -> None:
    assert [a.name for a in gather.waiting(demo())] == ["Maud Ferring", "冉观潮"]


def test_a_visitor_may_be_one_of_four() -> None:
    found = personas()
    assert [(p.key, p.kind, p.name) for p in found] == [
        ("lin", "founder", "林见山"),
        ("tang", "super", "唐小满"),
        ("zhao", "member", "赵穗"),
        ("ruan", "newcomer", "阮听舟"),
    ]
    assert [person(p.name).pk for p in found] == [p.person_id for p in found]


def test_removing_takes_what_visitors_did_with_it_and_leaves_their_accounts() -> None:
    founder, home = person("林见山"), demo()
    visitor = Person.objects.create_user("v@example.org", "correct horse", "Vera")
    gather.invite(community=home, by=founder, now=NOW)
    waiting = gather.waiting(home)
    gather.decide(community=home, application_id=waiting[0].id, admit=True, by=founder, now=NOW)
    people.add_member(community=home, person=visitor, now=NOW)
    post = connect.post(community=home, text="你好", by=visitor, now=NOW)
    connect.reply(community=home, to=post.id, text="欢迎", by=founder, now=NOW)
    assert remove().kept == 0
    assert list(Person.objects.values_list("email", flat=True)) == ["v@example.org"]


def test_an_invented_person_with_a_place_elsewhere_stays_there() -> None:
    founder = person("林见山")
    other = people.found(name="对岸", slug="duian", pursuit="在对岸", by=founder, now=NOW)
    assert remove().kept == 1
    assert [m.name for m in people.members(other)] == ["林见山"]


def test_an_invented_person_who_waits_elsewhere_stays_too() -> None:
    host = people.make_person(name="主人")
    other = people.found(
        name="对岸", slug="duian", pursuit="在对岸", by=host, now=NOW, entered_by="application", questions=["谁？"]
    )
    gather.apply(community=other, person=person("赵穗"), answers=["我"], now=NOW)
    assert remove().kept == 1
    assert [a.name for a in gather.waiting(other)] == ["赵穗"]


def test_progress_was_told_to_the_end(steps: list[int]) -> None:
    assert sum(steps) == len(told().people) + len(told().events)


def test_people_bring_the_launch_to_others_and_one_has_still_to_answer() -> None:
    plan = launch.channel_plan(demo(), "autumn-brew")
    assert plan.by_status == {"proposed": 0, "asked": 1, "accepted": 6, "declined": 1, "closed": 0}
    assert sum(r.orders for r in plan.results) + plan.direct_orders == 36
    assert plan.direct_orders == 13  # every third, and one who brings it bought by their own link
    assert min(r.people for r in plan.results if r.orders) > 0
    tang = launch.channels_of(demo(), person("唐小满"))[0]
    assert (tang.channel.status, tang.orders > 0) == ("accepted", True)


def test_a_launch_is_in_progress_that_a_visitor_can_buy_from() -> None:
    home = demo()
    found = next(c for c in launch.campaigns(home) if c.slug == "autumn-brew")
    page = launch.launch_page(home, found.slug, now=NOW)
    assert (found.status, found.seller, page.is_open, page.providers) == (
        "open",
        told().people[0].name,
        True,
        ("sandbox",),
    )
    assert [i.left for i in page.items] == [277, 105, 26]
    assert page.items[0].was_minor == 16800
    sheet = launch.run_sheet(home, found)
    assert (sheet.orders, sheet.units_sold) == ({"paid": 36}, 72)
    assert [p for p in (*launch.audit(), *ledger.audit()) if p.broken] == []
    visitor = person(told().people[-1].name)
    wanted = [launch.Wanted(page.items[2].id, 1)]
    made = launch.place(
        community=home, campaign=found.slug, buyer=visitor, wanted=wanted, client_key="a-visitor", now=NOW
    )
    at = launch.charge(community=home, no=made.no, provider="sandbox", by=visitor, back="/", now=NOW)
    launch.sandbox_end(ref=at.page.rpartition("/")[2], how="pay", now=NOW)
    assert launch.orders_of(home, visitor)[0].status == "paid"


def test_a_visitor_finds_groups_to_join_and_a_coupon() -> None:
    home = demo()
    assert [(g.status, g.taken, g.filled) for g in launch.groups(home, "pair-together")] == [
        ("forming", 1, 1), ("forming", 2, 2), ("formed", 3, 3),
    ]  # fmt: skip
    assert [g.taken for g in launch.joinable(home, "pair-together", now=NOW)] == [2, 1]
    assert [(c.left, c.used) for c in launch.coupons(home)] == [(200, 0)]


def test_a_visitor_finds_a_closed_column_what_opens_it_and_a_presale() -> None:
    home, visitor = demo(), person("赵穗")
    space = next(s for s in connect.spaces(home) if s.name == COLUMN)
    closed = connect.column(home, space.id, reader=visitor)
    assert closed.space.lock is not None
    assert [e.is_locked for e in closed.entries] == [False, True, True, True]
    plan = launch.plans(home, family=closed.space.lock.needs, now=NOW)[0]
    assert launch.launch_page(home, plan.campaign_slug, now=NOW).is_open
    members = [t.person_id for t in launch.members_of_plans(home, now=NOW)]
    assert len(members) == len(JOINED_DAYS)
    reader = Person.objects.get(pk=members[0])
    assert connect.column(home, space.id, reader=reader).space.lock is None
    assert launch.launch_page(home, WINTER, now=NOW).is_open
    winter = next(c for c in launch.campaigns(home) if c.slug == WINTER)
    assert launch.run_sheet(home, winter).orders == {"deposited": DEPOSITS}
