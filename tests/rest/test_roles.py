"""Every route by every role: a table, and a test that no route is missing in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from PIL import Image

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Community, Person
from kith.rest import tokens
from kith.rest.api import api
from kith.see import api as see
from kith.see.models import Introduction
from tests.conftest import NOW, Cast, settle, undone
from tests.launch.shop import item
from tests.rest import (
    channel_roles,
    conduct_roles,
    daily_roles,
    dispute_roles,
    gather_roles,
    hook_roles,
    import_roles,
    kind_roles,
    membership_roles,
    own_roles,
    selling_roles,
)
from tests.rest import community_roles as ours
from tests.rest.calling import ROOT, token_of
from tests.rest.selling_roles import soon

PARTS: Any = (
    channel_roles, ours, conduct_roles, daily_roles, dispute_roles, gather_roles, hook_roles, import_roles, kind_roles, membership_roles,
    own_roles,
)  # fmt: skip
# `home` shows itself to members and takes applications; then the same community made public, for those outside.
ROLES = ("stranger", "applicant", "member", "core", "operator", "founder", "rival", "public stranger", "public rival")
C = "/communities/{slug}"
P = f"{C}/posts/{{post_id}}"
M = f"{C}/members/{{handle}}"
L = f"{C}/launches/{{launch_slug}}"
O = f"{C}/orders/{{no}}"  # noqa: E741 -- an address, not a number
PAYOUT = f"{C}/payouts/{{payout_no}}"
POOL = f"{C}/pools/{{pool_id}}"
FOUNDS = "401 404 403 403 403 201 404 401 403"
HAS = "401 404 200 200 200 200 404 401 200"
OWN = "401 404 200 404 404 404 404 401 404"
MINE = "401 200 200 200 200 200 200 401 200"
EVERYBODY = "200 200 200 200 200 200 200 200 200"
SEEN = "404 404 200 200 200 200 404 200 200"
SAYS = "401 404 201 201 201 201 404 401 403"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"

# The post is the member's ask; the core figure answered it. The operators' answers to a bad or used link are in the others.
TABLE = {
    **{route: given for part in PARTS for route, given in part.TABLE.items()},
    "GET /me": MINE,
    "GET /communities": EVERYBODY,
    "POST /communities": "401 201 201 201 201 201 201 401 201",
    f"GET {C}": SEEN,
    f"GET {C}/door": EVERYBODY,
    f"GET {C}/members": SEEN,
    f"GET {M}": SEEN,
    f"GET {M}/posts": SEEN,
    f"GET {M}/acts": "401 404 200 403 200 200 404 401 403",
    f"GET {M}/ties": SEEN,
    f"GET {M}/network": SEEN,
    f"GET {M}/without": "401 404 200 403 200 200 404 401 403",
    f"GET {M}/with/{{other}}": SEEN,
    f"GET {C}/posts": SEEN,
    f"POST {C}/posts": SAYS,
    f"GET {P}": SEEN,
    f"PATCH {P}": "401 404 200 403 403 403 404 401 403",
    f"DELETE {P}": "401 404 204 403 204 204 404 401 403",
    f"GET {P}/thread": SEEN,
    f"POST {P}/replies": SAYS,
    f"GET {P}/thanks": SEEN,
    f"PUT {P}/thanks": "401 404 400 200 200 200 404 401 403",
    f"DELETE {P}/thanks": GIVES,
    f"PUT {P}/answer": "401 404 200 403 200 200 404 401 403",
    f"DELETE {P}/answer": "401 404 200 403 200 200 404 401 403",
    f"GET {C}/drafts/{{place}}": "401 404 200 404 404 404 404 401 403",
    f"PUT {C}/drafts/{{place}}": GIVES,
    f"DELETE {C}/drafts/{{place}}": "401 404 204 204 204 204 404 401 403",
    f"POST {C}/images": SAYS,
    f"POST {C}/claims": MAKES,
    f"POST {C}/claims/look": MINE,
    f"POST {C}/claims/accept": MINE,
    f"GET {C}/network": SEEN,
    f"GET {C}/network/super-nodes": SEEN,
    f"GET {C}/network/people": SEEN,
    f"GET {C}/network/report": RUNS,
    f"GET {C}/pulse": RUNS,
    f"POST {C}/errands/{{errand_id}}/take": RUNS,
    f"POST {C}/errands/{{errand_id}}/finish": RUNS,
    f"POST {C}/errands/{{errand_id}}/drop": RUNS,
    f"GET {C}/introductions": GIVES,
    f"POST {C}/introductions/{{introduction_id}}/ask": "401 404 403 400 200 200 404 401 403",
    f"GET {C}/questions": GIVES,
    f"PUT {C}/introductions/{{introduction_id}}/answer": "401 404 404 200 404 404 404 401 403",
    f"GET {C}/wishes": GIVES,
    f"PUT {C}/wishes": GIVES,
    f"GET {C}/network/map": SEEN,
    f"GET {C}/network/seeds": RUNS,
    f"GET {C}/network/record": RUNS,
    f"POST {C}/simulations": MAKES,
    f"GET {C}/simulations": RUNS,
    f"GET {C}/simulations/{{simulation_id}}": RUNS,
    f"GET {C}/launches": SEEN,
    f"GET {L}": SEEN,
    f"GET {C}/offers": RUNS,
    f"PUT {C}/offers": RUNS,
    f"POST {C}/launches": MAKES,
    f"PUT {L}": RUNS.replace("200", "409"),
    f"POST {L}/state": RUNS,
    f"POST {L}/stock": RUNS,
    f"GET {L}/run": RUNS,
    f"POST {L}/orders": "401 404 201 201 201 201 404 401 201",
    f"POST {L}/turn": "401 404 200 200 200 200 404 401 200",
    f"GET {L}/turn": "401 404 200 200 200 200 404 401 200",
    f"GET {C}/orders": "401 404 200 200 200 200 404 401 200",
    f"GET {O}": "401 404 200 404 200 200 404 401 404",
    f"POST {O}/charges": OWN,
    f"POST {O}/transfer": OWN,
    f"POST {O}/cancel": OWN,
    f"POST {O}/give-up": OWN.replace("200", "409"),
    f"POST {O}/withdrawal": RUNS.replace("200", "409"),
    f"POST {O}/refund-wish": OWN.replace("200", "409"),
    f"POST {O}/shipment": RUNS.replace("200", "409"),
    f"POST {O}/refunds": RUNS.replace("200", "409"),
    f"POST {C}/wires/{{wire_id}}/seen": RUNS,
    f"GET {L}/groups": SEEN,
    f"GET {C}/groups/{{group}}": SEEN,
    f"GET {C}/memberships": "401 404 200 200 200 200 404 401 200",
    f"GET {C}/paying-members": RUNS,
    f"GET {C}/coupons": RUNS,
    f"POST {C}/coupons": MAKES,
    f"POST {C}/coupons/{{coupon_id}}/stop": RUNS,
    f"GET {C}/sharing": RUNS,
    f"POST {C}/sharing": FOUNDS,
    f"POST {C}/sharing/second-tier": FOUNDS.replace("201", "200"),
    f"GET {O}/shares": RUNS,
    f"GET {C}/my-money": HAS,
    f"PUT {C}/my-money/pay-to": HAS,
    f"POST {C}/my-money/payouts": "401 404 201 409 409 409 404 401 409",
    f"GET {C}/my-money/statements": HAS,
    f"GET {C}/my-money/statements/{{currency}}/{{n}}": OWN,
    f"GET {L}/where": SEEN,
    f"PUT {C}/offers/{{offer_id}}/picture": FOUNDS.replace("201", "200"),
    f"GET {C}/money": RUNS,
    f"POST {C}/payouts": MAKES,
    f"GET {PAYOUT}": "401 404 200 404 200 200 404 401 404",
    f"POST {PAYOUT}/approval": RUNS,
    f"POST {PAYOUT}/proof": RUNS.replace("200", "409"),
    f"POST {PAYOUT}/cancel": "401 404 200 404 200 200 404 401 404",
    f"POST {PAYOUT}/sandbox": RUNS.replace("200", "409"),
    f"POST {C}/pools": FOUNDS,
    f"GET {POOL}/preview": RUNS,
    f"POST {POOL}/gifts": MAKES,
    f"POST {POOL}/pours": FOUNDS,
    "GET /tokens": MINE,
    "POST /tokens": "401 201 201 201 201 201 201 401 201",
    "DELETE /tokens/{token_id}": "401 404 204 404 404 404 404 401 404",
}  # fmt: skip

DRAFT = {
    "title": "冬", "terms": "可退", "opens_at": "2026-12-01T08:00:00+08:00", "closes_at": "2026-12-02T08:00:00+08:00", "per_buyer": 2,
    "items": [{"sku": "BREW", "price_minor": 100, "stock": 3}],
}  # fmt: skip
BODIES: dict[str, Any] = {
    **{route: sent for part in PARTS for route, sent in part.BODIES.items()},
    "POST /communities": {"name": "新", "slug": "xin-she", "pursuit": "新"},
    f"POST {C}/posts": {"text": "大家好"},
    f"PATCH {P}": {"text": "改了"},
    f"POST {P}/replies": {"text": "你好"},
    f"PUT {P}/thanks": {"why": "有心"},
    f"PUT {P}/answer": {},
    f"PUT {C}/drafts/{{place}}": {"text": "还没想好"},
    f"POST {C}/claims": {"handle": "旧人"},
    f"POST {C}/errands/{{errand_id}}/finish": {"note": "会回来"},
    f"POST {C}/errands/{{errand_id}}/drop": {},
    f"PUT {C}/introductions/{{introduction_id}}/answer": {"yes": True},
    f"PUT {C}/wishes": {"hides_rank": True, "refuses_measures": False},
    f"POST {C}/simulations": {"lose_top": 3},
    f"PUT {C}/offers": {"sku": "NEW", "title": "新", "price_minor": 100},
    f"POST {C}/launches": DRAFT | {"slug": "winter"},
    f"PUT {L}": DRAFT,
    f"POST {L}/state": {"to": "closed"},
    f"POST {O}/charges": {"provider": "sandbox"},
    f"POST {O}/transfer": {"note": "尾号 8888"},
    f"POST {O}/refund-wish": {"reason": "碎了"},
    f"POST {O}/shipment": {"tracking": "SF1"},
    f"POST {O}/refunds": {"parts": [{"n": 1, "qty": 1}], "key": "refund-0001"},
    f"POST {C}/wires/{{wire_id}}/seen": {"is_there": True},
    f"POST {C}/coupons": {"uses": 3, "off_minor": 500},
    f"POST {C}/sharing": {"cuts": [{"role": "fund", "rate_ppm": 1000}]},
    f"POST {C}/sharing/second-tier": {"text_version": 1, "name": "罗振"},
    f"PUT {C}/my-money/pay-to": {"text": "招商银行"},
    f"POST {C}/my-money/payouts": {"amount_minor": 5, "key": "payout-02"},
    f"PUT {C}/offers/{{offer_id}}/picture": {"is_shown": True},
    f"POST {C}/payouts": {"least_minor": 1, "key": "november"},
    f"POST {PAYOUT}/approval": {"provider": "manual"},
    f"POST {PAYOUT}/proof": {"note": "尾号 1"},
    f"POST {PAYOUT}/sandbox": {"how": "done"},
    f"POST {C}/pools": {"name": "第二池"},
    f"POST {POOL}/gifts": {"amount_minor": 100, "key": "gift-0001"},
    f"POST {POOL}/pours": {"amount_minor": 100, "key": "pour-0001"},
    "POST /tokens": {"name": "又一个", "scopes": ["read"]},
}
LINKS = {
    f"POST {C}/invitations/accept": "invitation",
    f"POST {C}/claims/look": "claim",
    f"POST {C}/claims/accept": "claim",
}


@dataclass
class Scene:
    people: dict[str, Person | None]
    ids: dict[str, Any]
    answer_id: int
    links: dict[str, str]
    untouched: dict[bool, list[tuple[Any, ...]]] = field(default_factory=dict)  # as it was hidden, and public


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Open one transaction for all rows instead of one for each."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module")
def scene(db: None, tmp_path_factory: Any) -> Iterator[Scene]:
    """Set the scene once: each row leaves it as it found it (as_role)."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DATA=tmp_path_factory.mktemp("data")):
        yield _scene(settle())


def _scene(cast: Cast) -> Scene:
    home = cast.home
    ask = connect.post(community=home, text="谁有车？", kind="ask", by=cast.member, now=NOW)
    reply = connect.reply(community=home, to=ask.id, text="我有", by=cast.core, now=NOW)
    connect.save_draft(community=home, by=cast.member, place="new", text="草稿", now=NOW)
    applied = gather.apply(community=home, person=cast.stranger, answers=["想来"], now=NOW)
    people.bring_people(community=home, names=["旧人"], now=NOW)
    see.trial(community=home, now=NOW)
    order = selling_roles.sold(cast)
    token = tokens.make(person=cast.member, name="一个", scopes=["read"], now=NOW).token
    ids = {
        "slug": "shanye", "handle": "苏杭", "other": "何以南", "post_id": ask.id, "application_id": applied.id, "place": "new",
        "token_id": token.id, "errand_id": _errand(cast), "introduction_id": _introduction(cast),
        "launch_slug": "autumn", "no": order.no, "wire_id": selling_roles.transfer(cast), "coupon_id": selling_roles.coupon(cast), "group": selling_roles.group(cast),
        **selling_roles.shared(cast), **channel_roles.brought(cast), **kind_roles.made(cast), **membership_roles.NAMES, **gather_roles.made(cast), **hook_roles.made(cast), **own_roles.made(cast), **import_roles.made(cast),
        **ours.made(cast),
        "simulation_id": see.ask_for_simulation(community=home, wanted=see.WhatIf(runs=20), by=cast.founder, now=NOW).id,
        "device_id": daily_roles.told(cast),
        "message_id": daily_roles.written(cast),  # last: who is written to waits for nobody any more
        **conduct_roles.kept(cast),  # after all, for who is muted writes no more
    }  # fmt: skip
    return Scene(_roles(cast), ids, reply.id, _links(cast, home))


def _roles(cast: Cast) -> dict[str, Person | None]:
    staff = {"member": cast.member, "core": cast.core, "operator": cast.operator, "founder": cast.founder}
    outside = {"rival": cast.enemy, "public rival": cast.enemy}
    return {"stranger": None, "public stranger": None, "applicant": cast.stranger, **staff, **outside}


def _links(cast: Cast, home: Community) -> dict[str, str]:
    old = people.member(home, "旧人")
    return {
        "invitation": gather.invite(community=home, by=cast.founder, now=soon(), uses=9),
        "claim": gather.offer_claim(community=home, member=old, by=cast.founder, now=soon()),
    }


def _errand(cast: Cast) -> int:
    see.propose_errands(community=cast.home, now=NOW + timedelta(days=1))
    return see.errands(cast.home, now=NOW)[0].id


def _introduction(cast: Cast) -> int:
    """Have the founder ask the core figure and 赵穗 whether they would like to meet."""
    low, high = sorted((cast.core.pk, cast.other.pk))
    row = Introduction.objects.create(community=cast.home, a_id=low, b_id=high, score=1, mutual=[], held_out=False, proposed_at=soon())  # fmt: skip
    return see.ask(community=cast.home, introduction_id=row.pk, by=cast.founder, now=soon()).id


def body_of(route: str, scene: Scene) -> Any:
    if route in LINKS:
        return {"token": scene.links[LINKS[route]]} | conduct_roles.agreed(route, scene.ids)
    if route in {f"POST {L}/orders", f"POST {L}/stock"}:
        brew = item("BREW")
        where = {"name": "安", "phone": "1", "address": "杭州"}
        cart = {"items": [{"item_id": brew, "qty": 1}], "key": "key-of-this-test", "contact": where}
        return cart if route.endswith("/orders") else {"item_id": brew, "change": 2, "key": "stock-0001"}
    if agreed := conduct_roles.agreed(route, scene.ids):
        return BODIES.get(route, {}) | agreed
    if route in import_roles.OF_A_FILE:
        return {"file": scene.ids["file"], "format": "members"}
    return {"answer_id": scene.answer_id} if route == f"PUT {P}/answer" else BODIES.get(route)


def call(route: str, scene: Scene, person: Person | None) -> int:
    method, _, template = route.partition(" ")
    headers = {"Authorization": f"Bearer {token_of(person)}"} if person else {}
    client, address = Client(headers=headers), ROOT + template.format(**scene.ids)
    if route.endswith("/images") or route == ours.UPLOAD:
        file = BytesIO()
        Image.new("RGB", (8, 8)).save(file, "PNG")
        return client.post(address, {"file": SimpleUploadedFile("a.png", file.getvalue())}).status_code
    if route == import_roles.UPLOAD:
        sent = {"file": SimpleUploadedFile("list.csv", import_roles.LIST), "format": "members"}
        return client.post(address, sent).status_code
    body = body_of(route, scene)
    sent = {} if body is None else {"data": body, "content_type": "application/json"}
    return int(getattr(client, method.lower())(address, **sent).status_code)


def everything() -> list[tuple[Any, ...]]:
    """Return a fingerprint of every table of ours, but the picture of the network, which a reader may have made."""
    parts = ("people", "energy", "ledger", "gather", "connect", "launch", "share")
    names = [n for n in connection.introspection.table_names() if n.split("_")[0] in parts]
    with connection.cursor() as cursor:
        rows = []
        for name in sorted(names):
            cursor.execute(f'SELECT %s, count(*), sum(hashtext(t::text)::bigint) FROM "{name}" t', [name])
            rows.append(cursor.fetchone())
        return rows


def as_role(route: str, scene: Scene, role: str) -> int:
    """Return the answer to a role, and leave everything as it was; a refusal must have left it so itself."""
    with undone():
        if is_public := role.startswith("public"):
            Community.objects.filter(slug="shanye").update(visible_to="public")
        if is_public not in scene.untouched:
            scene.untouched[is_public] = everything()
        status = call(route, scene, scene.people[role])
        if status >= 400:
            assert everything() == scene.untouched[is_public], f"{role} was refused {route}, yet something changed"
    return status


@pytest.mark.parametrize("route", TABLE)
def test_each_role_gets_its_answer(route: str, scene: Scene) -> None:
    found = {role: as_role(route, scene, role) for role in ROLES}
    assert found == dict(zip(ROLES, (int(s) for s in TABLE[route].split()), strict=True))


def test_no_route_is_missing_in_the_table() -> None:
    schema = api.get_openapi_schema(path_prefix="")
    routes = {f"{method.upper()} {path}" for path, operations in schema["paths"].items() for method in operations}
    assert routes == {route.partition("?")[0] for route in TABLE}
