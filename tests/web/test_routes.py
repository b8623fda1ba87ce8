"""Every page × every role: who may open what, walked over the whole map of addresses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from kith.connect import api as connect
from kith.connect.models import Poster
from kith.gather import api as gather
from kith.hooks import api as hooks
from kith.launch import api as launch
from kith.people.api import Community, member, standing
from kith.see import api as see
from kith.share import api as share
from kith.web import urls
from tests.conftest import NOW, Cast, settle, signed_in, undone
from tests.launch.shop import WHERE, buy, charge, drafted, item, opened
from tests.rest import conduct_roles
from tests.rest.gather_roles import made as gathered
from tests.share.sharing import earned

ROLES = ("stranger", "applicant", "member", "core", "operator", "founder", "rival")
OUTSIDERS = {"stranger", "applicant", "rival"}
STAFF = {"operator", "founder"}
# What only the author, or the asker, may do: the page is theirs to open, the act is refused by connect.
OWN = {
    "accept",
    "decline_agreements",
    "delete",
    "edit",
    "free",
    "invitations",
    "lived",
    "welcome",
    "withdraw_invitation",
}
# Pages of people outside: what a hidden community shows of itself at its door is decided by its boundary.
DOOR = {"join", "apply", "invitation", "claim"}
ROUTES: dict[str, URLPattern] = {p.name: p for p in urls.urlpatterns if p.name}
INSIDE = [n for n, p in ROUTES.items() if "slug" in p.pattern.converters]


@dataclass(frozen=True)
class Scene:
    """The cast with one of everything that an address can name."""

    cast: Cast
    names: dict[str, Any]

    def clients(self) -> dict[str, Client]:
        people = {
            "applicant": self.cast.stranger, "member": self.cast.member, "core": self.cast.core, "operator": self.cast.operator,
            "founder": self.cast.founder, "rival": self.cast.enemy,
        }  # fmt: skip
        return {"stranger": Client(raise_request_exception=False)} | {r: signed_in(p) for r, p in people.items()}


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Open one transaction for all routes instead of one for each."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module")
def set_scene(db: None) -> Scene:
    """Set the scene once: each test leaves it as it found it (`found`)."""
    return scene(settle())


@pytest.fixture
def found(set_scene: Scene) -> Iterator[Scene]:
    with undone():
        yield set_scene


def scene(cast: Cast) -> Scene:
    home = cast.home
    ask = connect.post(community=home, text="谁去过昆明？", by=cast.member, now=NOW, kind="ask")
    connect.reply(community=home, to=ask.id, text="我。", by=cast.other, now=NOW)
    see.refresh(community=home, now=NOW)
    opened(cast)
    order = buy(cast)
    wire = charge(cast, order, provider="manual")
    group = _group(cast)
    waiting = gather.apply(community=home, person=cast.stranger, answers=["想认识人"], now=NOW)
    me = standing(home, cast.other)
    assert me
    kept = conduct_roles.kept(cast)
    poster = connect.make_poster(community=home, by=cast.member, now=NOW)
    Poster.objects.filter(pk=poster.id).update(code="2345678923")
    names = {
        "number": kept["number"], "held": kept["held_id"], "measure": kept["measure_id"], "case": kept["case_id"],
        "slug": home.slug, "id": ask.id, "handle": me.handle, "person": cast.other.pk, "name": "0" * 64 + ".webp",
        "place": "new", "token": "no-such-token", "application": waiting.id, "step": 1, "key": "founder",
        "to": "take", "launch_slug": "autumn", "no": order.no, "wire": wire.pk, "group": group, "payout": _payout(cast), "code": "2345678923",
        "what": "owed.csv", "currency": "CNY", "n": 1, "gift_code": "2345", "kind": "idea", "space_id": _space(cast), "hook_id": _hook(cast), "bundle_id": 1,
        **gathered(cast),
        "on": connect.day_of(NOW),
    }  # fmt: skip
    return Scene(cast, names)


def _hook(cast: Cast) -> int:
    return hooks.make(
        community=cast.home, address="https://example.org/", wants=["*"], by=cast.founder, now=NOW
    ).hook.id


def _space(cast: Cast) -> int:
    return connect.make_space(community=cast.home, name="茶", by=cast.founder, now=NOW).id


def _group(cast: Cast) -> str:
    drafted(cast, "together", kind="group", sale=launch.SaleRules(group_size=2, group_hours=24))
    for to in ("ready", "open"):
        launch.advance(community=cast.home, slug="together", to=to, by=cast.founder, now=NOW)
    wanted = [launch.Wanted(item("BREW", "together"), 1)]
    launch.place(community=cast.home, campaign="together", buyer=cast.other, wanted=wanted, client_key="key-together", contact=WHERE, now=NOW)  # fmt: skip
    return launch.groups(cast.home, "together")[0].no


def _payout(cast: Cast) -> str:
    """Owe something to the member, who asks for it."""
    earned(cast, by=cast.member, buyer_id=cast.core.pk)
    share.set_pay_to(community=cast.home, text="招商银行", by=cast.member, now=NOW)
    return share.ask_payout(
        community=cast.home, amount_minor=100, currency="CNY", key="payout-01", by=cast.member, now=NOW
    ).no


def address(route: str, names: dict[str, Any]) -> str:
    from django.urls import reverse  # noqa: PLC0415 -- the urlconf is loaded only now

    wanted = ROUTES[route].pattern.converters
    return reverse(route, kwargs={key: names[key] for key in wanted})


def may_of(route: str) -> tuple[str, tuple[str, ...]]:
    view: Callable[..., Any] = ROUTES[route].callback
    return view.may, view.methods  # type: ignore[attr-defined]  # set by guard.allow


def status(client: Client, method: str, path: str) -> int:
    answer = client.get(path) if method == "GET" else client.post(path, {})
    return answer.status_code


def test_every_page_states_who_may_open_it() -> None:
    silent = [name for name, p in ROUTES.items() if not hasattr(p.callback, "may")]
    assert silent == []
    assert {may_of(n)[0] for n in ROUTES} <= {"anyone", "account", "see", "guest", "member", "staff", "founder"}


@pytest.mark.parametrize("route", [r for r in INSIDE if r not in DOOR])
def test_a_hidden_community_is_open_to_its_own_only(found: Scene, route: str) -> None:
    may, methods = may_of(route)
    if may in {"anyone", "account"}:
        pytest.skip("tests of its own say who may")
    clients = found.clients()
    for method in methods:
        for role in ROLES:
            got = status(clients[role], method, address(route, found.names))
            said = f"{role} {method} {route}: {got}"
            if role in OUTSIDERS:
                assert got == 404, said
            elif (may == "staff" and role not in STAFF) or (may == "founder" and role != "founder"):
                assert got == 403, said
            else:
                assert got < 500, said
                if route not in OWN:
                    assert got not in {401, 403}, said


@pytest.mark.parametrize("route", [r for r in INSIDE if r not in DOOR])
def test_a_public_community_is_read_by_all_and_changed_by_its_own(found: Scene, route: str) -> None:
    Community.objects.filter(pk=found.cast.home.pk).update(visible_to="public")
    may, methods = may_of(route)
    clients = found.clients()
    for method in methods:
        for role in sorted(OUTSIDERS):
            got = status(clients[role], method, address(route, found.names))
            said = f"{role} {method} {route}: {got}"
            if may == "see":
                assert got in {200, 302, 304} or route in {
                    "picture",
                    "gift",
                    "gift_poster",
                    "chain_csv",
                    "event_ics",
                }, said
            elif may == "guest":
                assert got in ({302} if role == "stranger" else {200, 302, 400, 404, 409}), said
            elif may in {"member", "staff", "founder"}:
                assert got == (302 if role == "stranger" else 403), said


def test_the_other_community_cannot_name_objects_of_this_one(found: Scene) -> None:
    cast = found.cast
    names = found.names | {"slug": cast.rival.slug}
    mine = signed_in(cast.enemy)
    for route in (
        "thread",
        "card",
        "line",
        "body",
        "edit",
        "delete",
        "thank",
        "accept",
        "reply",
        "member",
        "pair",
        "errand",
        "call",
        "ask_both",
        "answer",
        "payout",
        "mute",
        "bookmark",
        "talk",
    ):
        method = "GET" if "GET" in may_of(route)[1] else "POST"
        assert status(mine, method, address(route, names)) == 404, route
    assert connect.one(cast.home, found.names["id"], reader=None).thanks == 0
    assert member(cast.home, names["handle"]).person_id == cast.other.pk


def test_a_wrong_method_is_refused(found: Scene) -> None:
    clients = found.clients()
    assert status(clients["member"], "GET", address("post", found.names)) == 405
    assert status(clients["member"], "POST", address("feed", found.names)) == 405


def test_pages_of_an_account_ask_to_sign_in() -> None:
    for route in [n for n in ROUTES if may_of(n)[0] == "account" and n not in INSIDE]:
        answer = Client().get(address(route, {"step": 1, "ref": "none", "bundle_id": 1}))
        assert answer.status_code in {302, 405}, route
