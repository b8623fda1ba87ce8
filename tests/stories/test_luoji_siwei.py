"""罗辑思维: a paid membership. Join by paying, read the column, renew, have the money back in time, give it to somebody."""

import re

from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, faults_of, violations
from tests.stories.selling import filled, launch, offer, order, pay

pytestmark = marks()
HOME = "/c/luoji/"
FREE = "开场白\n\n每天一条，六十秒，不多不少。"
CLOSED = "第一讲 死磕\n\n" + "把一件小事做到别人不好意思再做，就是死磕自己。" * 6 + "真正的谜底只写在最后这一句。"
LAST = "真正的谜底只写在最后这一句"


def test_who_pays_reads_and_who_takes_the_money_back_does_not(world: World) -> None:
    cast = world.told("found('罗辑思维', 'luoji', '死磕自己，愉悦大家', ['罗胖', '李读者', '王反悔', '张收礼'], {})")
    founder, reader = world.signed_in(cast["罗胖"]), world.signed_in(cast["李读者"], "phone")
    faults = [faults_of(page) for page in (founder, reader)]

    sell(founder)
    column = write(founder)
    look_in_from_outside(world, column)

    reader.goto(column)
    expect(reader.locator("#join")).to_contain_text("逻辑会员")
    join(reader, column)
    expect(reader.locator("#join")).to_have_count(0)
    reader.get_by_role("link", name=re.compile("第一讲")).click()
    expect(reader.locator(".post .prose")).to_contain_text(LAST)
    renew(reader)
    gift = give(reader)
    take_back(world, cast["王反悔"], founder, column)
    accept(world, cast["张收礼"], gift, column)

    founder.goto(HOME + "offers")
    expect(founder.locator(".card", has_text="Paying members").locator("a.row")).to_have_count(2)
    for page, found in zip((founder, reader), faults, strict=True):
        assert found == []
        page.context.close()
    assert world.kith.run("audit").returncode == 0


def sell(founder: Page) -> None:
    offer(founder, HOME, "MEMBER-12", kind="plan", title="逻辑会员", price="200.00", months="12", family="member")
    launch(
        founder, HOME, "join", "plain", {"MEMBER-12": ("200.00", "500")}, title="逻辑会员第一期", per_buyer="", terms="七天内不满意，全额退。"
    )  # fmt: skip


def write(founder: Page) -> str:
    """Make a column for members, and write a free part and a closed one; returns its address."""
    founder.goto(HOME + "settings/spaces")
    founder.locator("#name-new").fill("每天听见")
    founder.get_by_role("button", name="Make the space").click()
    founder.get_by_role("heading", name="每天听见").get_by_role("link").click()
    number = founder.url.rpartition("/")[2]
    column = f"{HOME}columns/{number}"
    founder.goto(f"{column}/gate")
    for name, value in (("is_column", "1"), ("reads", "plan")):
        founder.locator(f"input[name={name}][value='{value}']").check(force=True)
    filled(founder, needs="member", preview_chars="40")
    founder.get_by_role("button", name="Save").click()
    for text, is_free in ((FREE, True), (CLOSED, False)):
        founder.goto(column)
        founder.locator("#write textarea").fill(text)
        founder.locator("#write input[name=is_free]").set_checked(is_free, force=True)
        founder.get_by_role("button", name="Publish").click()
        founder.wait_for_url(re.compile(r"/p/\d+"))
    founder.goto(column)
    expect(founder.locator(".entries li")).to_have_count(2)
    return column


def look_in_from_outside(world: World, column: str) -> None:
    """See the titles, the free part whole, of the other a preview: not even in the page's source more than that."""
    page = world.visitor("phone").new_page()
    page.goto(column)
    expect(page.locator(".entries li.shut")).to_have_count(1)
    assert violations(page) == []
    for title, words, is_there in (
        ("开场白", "不多不少", True),
        ("第一讲", "把一件小事", True),
        ("第一讲", LAST, False),
    ):
        page.goto(column)
        page.get_by_role("link", name=re.compile(title)).click()
        expect(page.locator(".post .prose")).to_be_visible()
        assert (words in page.content()) is is_there
    page.context.close()


def join(page: Page, column: str) -> str:
    """Come from the closed column to the launch, pay, and go back; returns the address of the order."""
    page.goto(column)
    page.locator("#join").get_by_role("link", name="Join").click()
    at = order(page)
    pay(page)
    expect(page.locator(".card", has_text="Membership")).to_contain_text("a member")
    page.goto(column)
    return at


def renew(reader: Page) -> None:
    """Buy the next year before the first ends, and let it renew by itself, then not."""
    reader.goto(HOME + "me/membership")
    reader.get_by_role("link", name="Buy").click()
    order(reader)
    pay(reader)
    reader.goto(HOME + "me/membership")
    rows = reader.locator("section").first.locator("a.row")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("begins later")
    reader.locator("#renewing input[name=agreed]").check()
    reader.get_by_role("button", name="Let it renew by itself").click()
    expect(reader.locator("#renewing .chip")).to_contain_text("renews by itself")
    assert violations(reader) == []
    reader.get_by_role("button", name="Stop renewing").click()
    expect(reader.locator("#renewing")).to_contain_text("you stopped it")


def give(reader: Page) -> str:
    """Buy one for somebody else; returns the link of the gift."""
    reader.goto(HOME + "launches/join")
    reader.get_by_text("Give it to somebody").click()
    reader.locator("input[name=is_gift]").check()
    filled(reader, gift_to="张收礼", gift_words="一起死磕")
    order(reader)
    pay(reader)
    reader.get_by_role("link", name=re.compile("The gift")).click()
    expect(reader.locator(".gift")).to_contain_text("一起死磕")
    assert violations(reader) == []
    return reader.url


def take_back(world: World, session: str, founder: Page, column: str) -> None:
    """Join, read, ask for the money, and be closed out when it is given back."""
    page = world.signed_in(session)
    at = join(page, column)
    expect(page.locator("#join")).to_have_count(0)
    page.goto(at)
    page.get_by_text("Ask for money back").click()
    filled(page, reason="不适合我")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("不适合我")
    founder.goto(HOME + "launches/join/run")
    founder.locator(".card", has_text="Money back asked for").locator("a.row").click()
    filled(founder, **{"back-1": "1"})
    founder.get_by_role("button", name="Give back").click()
    expect(founder.locator("main h1 + .chip")).to_contain_text("refunded")
    page.goto(column)
    expect(page.locator("#join")).to_be_visible()
    page.goto(at)
    expect(page.locator(".sum")).to_contain_text("Refunded")
    assert violations(page) == []
    page.context.close()


def accept(world: World, session: str, gift: str, column: str) -> None:
    """Take a gift by its link; a second person finds it taken."""
    page = world.signed_in(session, "phone")
    page.goto(gift)
    page.get_by_role("button", name="Accept it").click()
    page.wait_for_url(re.compile("membership"))
    expect(page.locator("section").first).to_contain_text("a member")
    page.goto(column)
    expect(page.locator("#join")).to_have_count(0)
    page.context.close()
    late = world.signed_in(world.told("stranger('赵来晚')")["赵来晚"])
    late.goto(gift)
    expect(late.locator(".gift")).to_contain_text("accepted by 张收礼")
    expect(late.get_by_role("button", name="Accept it")).to_have_count(0)
    late.context.close()
