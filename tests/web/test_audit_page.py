"""The record of staff acts: what is noted, the page with its filters, the table, and the API."""

import re
from pathlib import Path

import pytest
from django.test import Client

import kith
from kith.gather import api as gather
from kith.launch import api as launch
from kith.people import api as people
from kith.people.api import Person, deeds, member
from kith.share import api as share
from kith.web import deed_words
from tests.conftest import NOW, Cast, account, signed_in
from tests.launch.shop import buy, item, opened, paid
from tests.rest.calling import Calls
from tests.share.sharing import earned

KIND = re.compile(r"\"((?:people|gather|connect|launch|share|bring|see|hooks)\.[a-z_]+)\"")
NO_DEEDS = {"see.try_one", "see.simulate_one", "hooks.tried"}  # names of work for the worker, and of a message


@pytest.fixture
def founder(cast: Cast) -> Client:
    client = signed_in(cast.founder)
    client.cookies["lang"] = "en"
    return client


def kinds(cast: Cast) -> list[str]:
    return [d.kind for d in reversed(deeds(cast.home, limit=100))]


def test_every_kind_of_deed_has_words() -> None:
    root = Path(kith.__file__).parent
    files = [f for f in root.rglob("*.py") if "actions" in f.parts or f.stem == "tiers"]
    noted = {
        kind
        for f in files
        for kind in KIND.findall(f.read_text(encoding="utf-8"))
        if "deed" in f.read_text(encoding="utf-8")
    }
    assert noted - NO_DEEDS - deed_words.KINDS.keys() == set()
    assert not deed_words.STAFF.keys() & deed_words.OTHERS.keys()


def test_what_staff_do_to_people_and_settings_is_noted(cast: Cast, founder: Client) -> None:
    founder.post("/c/shanye/settings/role", {"handle": "苏杭", "role": "core"})
    founder.post("/c/shanye/settings", {"part": "about", "name": "山野社", "pursuit": "别的", "go": "save"})
    founder.post("/c/shanye/settings", {"part": "values", "word": "真", "sentence": "新的", "go": "save"})
    founder.post("/c/shanye/settings/program", {"handle": "赵穗", "is_bot": "1"})
    assert kinds(cast) == [
        "people.role_given",
        "people.settings_changed",
        "people.values_written",
        "people.program_marked",
    ]
    role, settings = list(reversed(deeds(cast.home)))[:2]
    assert (role.by_id, role.person_id, dict(role.detail)) == (
        cast.founder.pk,
        cast.member.pk,
        {"before": "member", "role": "core"},
    )
    assert dict(settings.detail) == {"pursuit": True}
    founder.post("/c/shanye/settings/role", {"handle": "苏杭", "role": "core"})
    assert len(kinds(cast)) == 4


def test_what_staff_do_at_the_door_is_noted(cast: Cast) -> None:
    home, by = cast.home, cast.operator
    made = gather.apply(community=home, person=cast.stranger, answers=["想来"], now=NOW)
    gather.decide(community=home, application_id=made.id, admit=True, by=by, now=NOW)
    people.bring_people(community=home, names=["旧人"], now=NOW)
    token = gather.offer_claim(community=home, member=member(home, "旧人"), by=by, now=NOW)
    gather.claim(community=home, token=token, person=account("新", "xin@example.org"), now=NOW)
    gather.invite(community=home, by=by, now=NOW)
    gather.withdraw_invitation(community=home, invitation_id=gather.invitations(home)[0].id, by=by, now=NOW)
    assert kinds(cast) == [
        "gather.admitted",
        "gather.claim_offered",
        "gather.claimed",
        "gather.invited",
        "gather.invitation_withdrawn",
    ]


def test_what_staff_do_with_launches_is_noted(cast: Cast) -> None:
    home, by = cast.home, cast.founder
    opened(cast)
    for _ in range(2):
        launch.restock(community=home, slug="autumn", item_id=item("BREW"), change=5, key="stock-0001", by=by, now=NOW)
    coupon = launch.write_coupon(community=home, uses=3, off_minor=100, by=by, now=NOW)
    for _ in range(2):
        launch.stop_coupon(community=home, coupon_id=coupon.id, by=by, now=NOW)
    order = buy(cast)
    paid(cast, order)
    for _ in range(2):
        launch.refund(community=home, no=order.no, parts=[launch.Part(1, 1)], key="refund-0001", by=by, now=NOW)
    launch.advance(community=home, slug="autumn", to="closed", by=by, now=NOW)
    found = [k for k in kinds(cast) if k.startswith("launch.") and k != "launch.offer_written"]
    assert "launch.offer_written" in kinds(cast)
    assert found == [
         "launch.written", "launch.advanced", "launch.advanced", "launch.restocked", "launch.coupon_written",
        "launch.coupon_stopped", "launch.refunded", "launch.advanced",
    ]  # fmt: skip


def test_what_staff_do_with_money_is_noted(cast: Cast) -> None:
    home, by = cast.home, cast.founder
    earned(cast, by=cast.member, buyer_id=cast.core.pk)
    share.set_pay_to(community=home, text="招商银行", by=cast.member, now=NOW)
    asked = share.ask_payout(community=home, amount_minor=100, currency="CNY", key="payout-01", by=cast.member, now=NOW)
    share.approve_payout(community=home, no=asked.no, provider="manual", by=by, now=NOW)
    share.prove_payout(community=home, no=asked.no, note="尾号 1", by=by, now=NOW)
    share.make_pool(community=home, name="互助池", policy="balanced", window_days=30, by=by, now=NOW)
    found = [k for k in kinds(cast) if k.startswith("share.")]
    assert found[-3:] == ["share.payout_approved", "share.payout_proved", "share.pool_made"]
    assert "share.rule_written" in found


def noted(cast: Cast, by: Person, kind: str = "gather.muted", **more: object) -> None:
    people.note_deed(community=cast.home, kind=kind, by=by, now=NOW, person=cast.other, subject="post:1", detail=more)  # type: ignore[arg-type]


def test_the_page_shows_filters_and_pages(cast: Cast, founder: Client) -> None:
    for n in range(52):
        noted(cast, cast.operator, days=n)
    noted(cast, cast.founder, "gather.ladder_written")
    noted(cast, cast.member, "gather.joined")
    noted(cast, cast.founder, "later.unheard_of")
    page = "/c/shanye/audit?since=2026-11-01&until=2026-11-30"
    first = founder.get(page).content.decode()
    assert first.count('class="row deed"') == 50
    for words in ("Wrote the tiers", "Muted a member", "→", "days 51", "before="):
        assert words in first
    assert "<b>Came in by an invitation</b>" not in first
    everything = founder.get(page + "&kind=all").content.decode()
    assert "later.unheard_of" in everything
    mine = founder.get(page + "&who=@罗").content.decode()
    assert (mine.count('class="row deed"'), "<b>Wrote the tiers</b>" in mine) == (1, True)
    assert founder.get("/c/shanye/audit?since=2026-11-21").content.decode().count('class="row deed"') == 0
    for bad, words in (("since=x", "A day is written like"), ("who=无此人", "no such member")):
        answer = founder.get(f"/c/shanye/audit?{bad}")
        assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_table_begins_no_formula(cast: Cast, founder: Client) -> None:
    Person.objects.filter(pk=cast.operator.pk).update(name="=1+1")
    noted(cast, cast.operator)
    noted(cast, cast.founder, "gather.joined")
    answer = founder.get("/c/shanye/audit.csv?since=2026-11-01&until=2026-11-30")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "gather.muted,Muted a member,'=1+1," in lines[1]


def test_the_record_by_the_api(cast: Cast) -> None:
    for _ in range(3):
        noted(cast, cast.operator)
    noted(cast, cast.founder, "gather.banned")
    runs, span = Calls(cast.founder), "since=2026-11-01&until=2026-11-30"
    found = runs("GET", f"/communities/shanye/deeds?{span}&who=Olga&limit=2")
    assert [(d["kind"], d["by"], d["person"]) for d in found["deeds"]] == [("gather.muted", "Olga", "赵穗")] * 2
    rest = runs("GET", f"/communities/shanye/deeds?{span}&who=Olga&before={found['next']}")
    assert (len(rest["deeds"]), rest["next"]) == (1, None)
    assert len(runs("GET", f"/communities/shanye/deeds?{span}&kind=gather.banned")["deeds"]) == 1
    assert (runs("GET", "/communities/shanye/deeds?since=x")["error"], runs.status) == ("BadDay", 400)
    assert (runs("GET", "/communities/shanye/deeds?who=无此人")["error"], runs.status) == ("NotAMember", 404)
