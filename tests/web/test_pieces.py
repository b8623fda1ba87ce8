"""Pieces kept as HTML: rendered once, and never shown to whom they were not rendered for."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from jinja2 import StrictUndefined
from markupsafe import Markup

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people.api import Community, add_member, amend, amend_person, change_role
from kith.web.pieces import NotPlain, piece
from tests.conftest import NOW, Cast, signed_in
from tests.web.test_routes import ROLES, Scene, address, scene

# What differs from one page to the next however alike they are: tokens, and passes for the stream of news.
TOKENS = re.compile(r"\b[A-Za-z0-9]{64}\b|token=[^\"&]+")
PAGES = ("feed", "thread", "people", "member", "network", "about", "door", "settings", "import", "join")


class Piece:
    """Renders itself as how often it did."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Markup:
        self.times += 1
        return Markup("<b>%d</b>") % self.times


def test_a_piece_is_rendered_once_for_the_same_facts() -> None:
    made = Piece()
    shown = [piece("rail", ("山野社", 5, None), True, caller=made) for _ in range(3)]
    assert shown == [Markup("<b>1</b>")] * 3
    assert all(isinstance(html, Markup) for html in shown)


def test_other_facts_and_languages_are_other_pieces() -> None:
    made = Piece()
    facts = [
        ("a",),
        ("a", ""),
        ("a,",),
        (("a",),),
        (1,),
        ("1",),
        (None,),
        ("None",),
        (),
        (True,),
        ("a" * 500,),
        ("\0 b",),
    ]
    with translation.override("zh-hans"):
        shown = {piece("rail", *fact, caller=made) for fact in facts}
        assert len(shown) == len(facts)
        assert piece("tabs", "a", caller=made) not in shown
    with translation.override("en"):
        assert piece("rail", "a", caller=made) not in shown


@pytest.mark.parametrize(
    "fact",
    [StrictUndefined(name="frame"), [1], object(), ("a", StrictUndefined())],
    ids=["undefined", "a list", "an object", "undefined inside"],
)
def test_what_does_not_name_what_a_piece_shows_keeps_nothing(fact: object) -> None:
    made = Piece()
    with pytest.raises(NotPlain):
        piece("rail", fact, caller=made)
    assert made.times == 0


def page(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, TOKENS.sub("·", answer.content.decode())


def fresh(client: Client, path: str) -> tuple[int, str]:
    cache.clear()
    return page(client, path)


@pytest.mark.parametrize("visible_to", ["members", "public"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_gets_their_own_page_whoever_looked_before(cast: Cast, language: str, visible_to: str) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to=visible_to)
    found = scene(cast)
    clients = found.clients()
    connect.mark_read(community=cast.home, by=cast.member, now=NOW)  # opening the thread would
    for client in clients.values():
        client.cookies["lang"] = language
    paths = [address(name, found.names) for name in PAGES]
    own = {(role, path): fresh(clients[role], path) for role in ROLES for path in paths}
    for turn in (ROLES, ROLES[::-1], ROLES):
        for path in paths:
            for role in turn:
                assert page(clients[role], path) == own[role, path], f"{role} {path}"


def changes(found: Scene) -> dict[str, Callable[[], object]]:
    """Return what a member's next page must show, and what makes it do so."""
    cast, ask = found.cast, found.names["id"]
    home, core = cast.home, cast.core
    return {
        "苏小杭</b>": lambda: amend_person(person=cast.member, name="苏小杭", language="en"),
        'href="/c/shanye/settings"': lambda: change_role(
            community=home, person_id=cast.member.pk, role="operator"
        ),
        "<b>&lt;山野&gt;</b>": lambda: amend(community=home, name="<山野>"),
        "6 members": lambda: (add_member(community=home, person=cast.enemy, now=NOW), cache.delete(f"members:{home.pk}")),
        '<span class="num">1</span></button>': lambda: connect.thank(community=home, post_id=ask, by=core, now=NOW),
        "我也去过。": lambda: connect.reply(community=home, to=ask, text="我也去过。", by=core, now=NOW),
        ">写到一半</textarea>": lambda: connect.save_draft(
            community=home, by=cast.member, place="new", text="写到一半", now=NOW
        ),
    }  # fmt: skip


def test_what_changes_shows_on_the_next_page(cast: Cast) -> None:
    found = scene(cast)
    client = found.clients()["member"]
    client.cookies["lang"] = "en"
    for sign, change in changes(found).items():
        assert sign not in page(client, "/c/shanye/")[1]
        change()
        assert sign in page(client, "/c/shanye/")[1]


def test_the_number_who_wait_is_for_those_who_open_the_door(cast: Cast) -> None:
    gather.apply(community=cast.home, person=cast.stranger, answers=["想认识人"], now=NOW)
    waiting = 'door-open"/></svg><span class="l">The door</span><b>1</b>'
    for person, sees in ((cast.founder, True), (cast.member, False), (cast.operator, True), (cast.core, False)):
        client = signed_in(person)
        client.cookies["lang"] = "en"
        assert (waiting in client.get("/c/shanye/").content.decode()) == sees
