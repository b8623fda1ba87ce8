"""小米: fans co-create. An idea goes from a member's telephone to what shipped, with the names of all who had a part in it."""

import re

from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, become, faults_of, violations

pytestmark = marks()
HOME = "/c/wildwood/"
WORDS = "茶刷的柄能不能短两指？放进茶箱总是顶着盖。"


def opened(world: World, role: str, size: str = "desk") -> Page:
    page = world.visitor(size).new_page()
    become(page, role)
    return page


def test_from_idea_to_shipped_credit(world: World) -> None:
    fan, friend, founder = opened(world, "newcomer", "phone"), opened(world, "member"), opened(world, "founder")
    faults = [faults_of(page) for page in (fan, friend, founder)]

    fan.goto(HOME)
    fan.locator("#new").get_by_role("link", name="Idea").click()
    fan.get_by_label("Text").fill(WORDS)
    fan.get_by_label("What it is about").fill("茶刷")
    fan.get_by_role("button", name="Post", exact=True).click()
    fan.wait_for_url(re.compile(r"/p/\d+$"))
    thread = fan.url

    friend.goto(HOME + "ideas?product=茶刷")
    support = friend.get_by_role("button", name="Support")
    support.click()
    expect(support).to_have_attribute("aria-pressed", "true")
    friend.goto(thread)
    friend.get_by_placeholder("Your reply…").fill("短一指半就够，我量过茶箱。")
    friend.locator("form#reply button[type=submit]").click()
    expect(friend.locator(".said", has_text="短一指半")).to_be_visible()

    decide(founder, thread)
    assert violations(founder) == []
    look_at_what_came_of_it(founder, thread)
    fan.reload()
    expect(fan.locator(".kindbox").first).to_contain_text("Shipped")
    for page, found in zip((fan, friend, founder), faults, strict=True):
        assert found == []
        page.context.close()


def decide(founder: Page, thread: str) -> None:
    founder.goto(thread)
    founder.get_by_label("Why").fill("第二批就改")
    founder.get_by_role("button", name="Adopt").click()
    founder.get_by_label("What shipped, in a line").fill("短柄茶刷")
    founder.locator("label.box", has_text="短一指半").click()
    expect(founder.get_by_role("checkbox", name=re.compile("短一指半"))).to_be_checked()
    founder.get_by_role("button", name="It has shipped").click()
    expect(founder.locator(".kindbox").first).to_contain_text("短柄茶刷")


def look_at_what_came_of_it(founder: Page, thread: str) -> None:
    named = founder.locator(".credits a")
    expect(named).to_have_count(2)
    for name in named.all_inner_texts():
        founder.goto(thread)
        founder.locator(".credits a", has_text=name).click()
        expect(founder.locator(".panel", has_text="Had a part in")).to_contain_text("短柄茶刷")
    founder.goto(HOME + "ideas/numbers")
    expect(founder.get_by_role("link", name=re.compile("茶刷的柄"))).to_contain_text("Shipped")
