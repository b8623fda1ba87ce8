"""Links and channels on the pages: a link opened, a poster drawn, whom to ask, what each sees of what came."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from kith.launch import api as launch
from kith.launch.api import ChannelValue
from kith.launch.models import Attribution, Channel, Touch
from kith.share import api as share
from kith.share.api import Cut
from tests.conftest import NOW, Cast, signed_in
from tests.launch.channels import channel, public, sold, touched
from tests.launch.shop import event, item
from tests.launch.shop import tell as told_by_provider
from tests.web.test_launch_pages import HOME, PAGE, WHERE, key_in, shop, text_of

__all__ = ["shop"]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49"
CHANNELS = f"{PAGE}/channels"


@pytest.fixture
def mine(shop: Cast) -> ChannelValue:
    public(shop)
    return channel(shop)


def browser(person: Any = None) -> Client:
    client = signed_in(person) if person else Client()
    client.defaults["HTTP_USER_AGENT"] = PHONE
    client.cookies["lang"] = "en"
    return client


def test_a_stranger_who_opens_a_link_and_signs_in_to_buy_buys_through_its_owner(shop: Cast, mine: ChannelValue) -> None:
    client = browser()
    led = client.get(f"/l/{mine.code}")
    assert led["Location"] == PAGE
    cookie = led.cookies["via"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert Touch.objects.get().visitor not in cookie.value
    html = text_of(client.get(PAGE))
    assert "何以南 invites you" in html
    assert "Who recommends this may earn a commission." in html
    client.force_login(shop.member, backend="django.contrib.auth.backends.ModelBackend")
    form = {f"qty-{item('BREW')}": "1", "key": key_in(text_of(client.get(PAGE))), **WHERE}
    order = client.post(f"{PAGE}/order", form)
    pay = client.post(f"{order['Location']}/pay", {"provider": "sandbox"})
    client.post(pay["Location"], {"how": "pay"})
    assert [(a.person_id, a.weight_ppm) for a in Attribution.objects.all()] == [(shop.core.pk, 1_000_000)]
    found = launch.channel_result(shop.home, mine.code, reader=shop.core)
    assert (found.people, found.orders, found.kept_minor) == (1, 1, 16800)


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_USER_AGENT": "WhatsApp/2.23"}, {"HTTP_USER_AGENT": ""}, {"HTTP_USER_AGENT": PHONE, "HTTP_SEC_PURPOSE": "prefetch"}],
)  # fmt: skip
def test_previews_and_pages_fetched_ahead_leave_nothing(mine: ChannelValue, headers: dict[str, str]) -> None:
    led = Client().get(f"/l/{mine.code}", **headers)  # type: ignore[arg-type]
    assert (led.status_code, "via" in led.cookies, Touch.objects.count()) == (302, False, 0)
    browser().head(f"/l/{mine.code}")
    assert Touch.objects.count() == 0


def test_a_cookie_that_was_written_by_hand_is_nobodys(shop: Cast, mine: ChannelValue) -> None:
    visitor = touched(mine)
    client = browser(shop.member)
    client.cookies["via"] = visitor
    form = {f"qty-{item('BREW')}": "1", "key": "0" * 32, **WHERE}
    client.post(f"{PAGE}/order", form)
    assert Touch.objects.get().person is None


@pytest.mark.parametrize("code", ["2345678923", "x", "0" * 16, "a" * 60])
def test_a_link_that_is_none_is_not_found(mine: ChannelValue, code: str) -> None:
    assert browser().get(f"/l/{code}").status_code == 404


def test_a_link_into_a_hidden_community_is_not_found_by_strangers(shop: Cast) -> None:
    hidden = channel(shop)
    assert browser().get(f"/l/{hidden.code}").status_code == 404
    assert browser(shop.enemy).get(f"/l/{hidden.code}").status_code == 404
    assert browser(shop.other).get(f"/l/{hidden.code}").status_code == 302


def test_who_is_asked_reads_the_disclosure_accepts_and_gets_link_code_and_poster(shop: Cast) -> None:
    operator, asked = browser(shop.operator), browser(shop.core)
    answer = operator.post(CHANNELS, {"go": "ask", "handle": "@何以南"})
    assert answer.status_code == 302
    code = Channel.objects.get().code
    assert "asks you to tell your people" in text_of(asked.get(f"{HOME}/launches"))
    own = f"{HOME}/links/{code}"
    html = text_of(asked.get(own))
    assert "never by bringing people in" in html
    assert asked.get(f"{own}/poster.png").status_code == 404
    assert asked.post(own, {"go": "accept", "disclosure": "0"}).status_code == 409
    version = re.search(r'name="disclosure" value="(\d+)"', html)
    assert version
    assert asked.post(own, {"go": "accept", "disclosure": version[1]}).status_code == 302
    html = text_of(asked.get(own))
    assert f"http://testserver/l/{code}" in html
    assert "<svg" in html
    drawn = asked.get(f"{own}/poster.png")
    assert Image.open(BytesIO(drawn.content)).size == (1080, 1620)
    assert browser(shop.member).get(own).status_code == 404
    assert browser(shop.member).get(f"{own}/poster.png").status_code == 404
    asked.post(own, {"go": "close"})
    assert asked.post(own, {"go": "close"}).status_code == 409


def test_the_planner_asks_judges_and_sets_the_rule_and_says_what_is_wrong(shop: Cast, mine: ChannelValue) -> None:
    founder = browser(shop.founder)
    assert founder.post(CHANNELS, {"go": "propose", "count": "3"}).status_code == 302
    refused = founder.post(CHANNELS, {"go": "ask", "person": str(shop.core.pk)})
    assert (refused.status_code, "has been asked already" in text_of(refused)) == (409, True)
    assert founder.post(CHANNELS, {"go": "ask", "handle": "nobody"}).status_code == 404
    assert founder.post(CHANNELS, {"go": "rule", "touch_days": "7.5", "bond_days": "0"}).status_code == 400
    assert founder.post(CHANNELS, {"go": "rule", "touch_days": "7", "bond_days": "30"}).status_code == 302
    assert founder.post(CHANNELS, {"go": "steal"}).status_code == 404
    touched(mine, shop.member, visitor=touched(mine, shop.core))
    made = launch.place(community=shop.home, campaign="autumn", buyer=shop.member, wanted=[launch.Wanted(item("BREW"), 1)], client_key="key-00000001", contact=launch.ContactValue(**WHERE), now=NOW)  # fmt: skip
    launch.charge(community=shop.home, no=made.no, provider="sandbox", by=shop.member, back="/", now=NOW)
    from kith.launch.models import Wire  # noqa: PLC0415 -- this test alone

    told_by_provider(event(Wire.objects.get()))
    html = text_of(founder.get(CHANNELS))
    doubt = re.search(r'name="doubt" value="(\d+)"', html)
    assert doubt
    assert "came from the browser of who recommends" in html
    founder.post(CHANNELS, {"go": "judge", "doubt": doubt[1], "fine": "1"})
    assert 'name="doubt"' not in text_of(founder.get(CHANNELS))


def test_a_buyer_sees_to_whom_they_are_bound_and_ends_it(shop: Cast, mine: ChannelValue) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- this test alone

    now = timezone.now()
    launch.set_channel_rule(community=shop.home, slug="autumn", touch_days=7, bond_days=30, by=shop.founder, now=now)
    member = browser(shop.member)
    member.get(f"/l/{mine.code}")
    order = member.post(f"{PAGE}/order", {f"qty-{item('BREW')}": "1", "key": "0" * 32, **WHERE})
    pay = member.post(f"{order['Location']}/pay", {"provider": "sandbox"})
    member.post(pay["Location"], {"how": "pay"})
    assert "counts as come through 何以南" in text_of(member.get(f"{HOME}/orders"))
    assert member.post(f"{HOME}/orders/bond").status_code == 302
    assert "counts as come through" not in text_of(member.get(f"{HOME}/orders"))


def test_the_pages_of_channels_cost_the_same_however_many_there_are(
    shop: Cast, mine: ChannelValue, django_assert_max_num_queries: Any
) -> None:
    founder = browser(shop.founder)
    channel(shop, shop.member)
    channel(shop, shop.other)
    founder.get(CHANNELS)
    with django_assert_max_num_queries(26):
        founder.get(CHANNELS)


def test_the_report_divides_six_ways_on_the_page_and_as_a_table(shop: Cast, mine: ChannelValue) -> None:
    member = browser(shop.member)
    member.get(f"/l/{mine.code}")
    order = member.post(f"{PAGE}/order", {f"qty-{item('BREW')}": "1", "key": "0" * 32, **WHERE})
    pay = member.post(f"{order['Location']}/pay", {"provider": "sandbox"})
    member.post(pay["Location"], {"how": "pay"})
    founder = browser(shop.founder)
    assert text_of(founder.get(f"{PAGE}/attribution")).count("CN¥168.00") == 7
    lines = founder.get(f"{PAGE}/attribution.csv").content.decode("utf-8-sig").splitlines()
    assert lines == ["name,last_touch,linear,position,decay,shapley,markov", "何以南" + ",168.00" * 6]
    assert member.get(f"{PAGE}/attribution").status_code == 403


def test_ties_and_sales_stand_together_on_the_page_of_who_brings_a_launch(shop: Cast, mine: ChannelValue) -> None:
    member, core = browser(shop.member), browser(shop.core)
    member.get(f"/l/{mine.code}")
    order = member.post(f"{PAGE}/order", {f"qty-{item('BREW')}": "1", "key": "0" * 32, **WHERE})
    pay = member.post(f"{order['Location']}/pay", {"provider": "sandbox"})
    member.post(pay["Location"], {"how": "pay"})
    assert "100% of what the newest launch you brought has sold came through you." in text_of(
        core.get(f"{HOME}/me/node")
    )
    missing = text_of(browser(shop.founder).get(f"{HOME}/network/without?person={shop.core.pk}"))
    assert "100% of a year's sales came through them." in missing


def test_whoever_brings_a_launch_sees_their_share_before_anything_of_it_is_theirs(
    shop: Cast, mine: ChannelValue
) -> None:
    share.write_rule(community=shop.home, cuts=[Cut("channel", 200_000)], by=shop.founder, now=NOW)
    touched(mine, shop.member)
    sold(shop, BREW=1)
    page = text_of(browser(shop.core).get(f"{HOME}/links/{mine.code}"))
    assert "Your share of this launch: CN¥29.73, once its refunds are over." in page
    assert "yours already" not in page
