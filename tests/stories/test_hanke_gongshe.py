"""酣客公社: a product community with a node in each city. A presale with deposit and balance, a group that fills, the nodes' settlement."""

from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, faults_of, violations
from tests.stories.selling import accept, ask, clock, filled, launch, offer, order, pay, send_to, share, ship

pytestmark = marks()
HOME = "/c/hanke/"
NAMES = ["老王", "陈成都", "周西安", "甲酱友", "乙酱友", "丙酱友"]
CITIES = {"陈成都": "成都", "甲酱友": "成都", "周西安": "西安", "乙酱友": "西安", "丙酱友": "西安"}
TERMS = "坛坛开封验过，寄出不退；定金一成半。"


def test_a_presale_and_a_group_are_settled_to_the_cities(world: World) -> None:
    cast = world.told(f"found('酣客公社', 'hanke', '匠心做酒', {NAMES}, {CITIES})")
    founder, node = world.signed_in(cast["老王"]), world.signed_in(cast["陈成都"], "phone")
    buyers = [world.signed_in(cast[name], "phone") for name in NAMES[3:]]
    faults = [faults_of(page) for page in (founder, node, *buyers)]

    sell(founder)
    ask(founder, HOME, "presale", ["陈成都", "周西安"])
    expect(founder.locator("table.t")).to_contain_text("西安")
    at = put_down(buyers[0], accept(node, HOME))
    world.told("work()")
    buyers[0].goto(at)
    expect(buyers[0].locator("#pay")).to_contain_text("CN¥425.00")
    pay(buyers[0])
    buy_together(buyers)

    node.goto(HOME + "me/money")
    expect(node.locator(".kpi").nth(1)).to_contain_text("CN¥100.00")
    for slug in ("presale", "together"):
        ship(founder, HOME, slug)
    world.told("work()")
    be_paid(node, founder)
    assert [found for found in faults if found] == []
    assert world.kith.run("audit").returncode == 0
    for page in (founder, node, *buyers):
        page.context.close()


def sell(founder: Page) -> None:
    offer(founder, HOME, "JIU-2026", title="封坛酱酒", price="500.00", refund_days="0")
    share(founder, HOME, channel="20", fund="5")
    launch(
        founder, HOME, "presale", "presale", {"JIU-2026": ("500.00", "100")}, title="封坛预售", terms=TERMS, deposit="15",
        closes=clock(24), balance_from=clock(0), balance_until=clock(72),
    )  # fmt: skip
    launch(
        founder, HOME, "together", "group", {"JIU-2026": ("450.00", "90")}, title="三人成团", terms=TERMS, group_size="3",
        group_hours="24", closes=clock(48),
    )  # fmt: skip


def put_down(buyer: Page, link: str) -> str:
    """Come by a node's link, pay the deposit, and be told of the balance; returns the address of the order."""
    buyer.goto(link)
    expect(buyer.locator(".lh")).to_contain_text("陈成都 invites you")
    assert violations(buyer) == []
    send_to(buyer, "甲酱友")
    at = order(buyer)
    expect(buyer.locator("#pay h2")).to_contain_text("CN¥75.00")
    pay(buyer)
    expect(buyer.locator(".notice")).to_contain_text("The deposit is paid")
    assert violations(buyer) == []
    return at


def buy_together(buyers: list[Page]) -> None:
    """Open a group, send on its link, and see it form when the third has paid."""
    first, *others = buyers
    first.goto(HOME + "launches/together")
    send_to(first, "甲酱友")
    order(first)
    pay(first)
    first.get_by_role("link", name="Invite others to the group").click()
    link = first.locator("#group-link").input_value()
    for nth, buyer in enumerate(others):
        buyer.goto(link)
        expect(buyer.locator("#group")).to_contain_text(f"{2 - nth} seat")
        send_to(buyer, "酱友")
        order(buyer)
        pay(buyer)
    expect(others[-1].locator("main")).to_contain_text("The group has formed: all 3 have paid.")
    first.goto(link)
    expect(first.locator("#group")).to_contain_text("all 3 have paid")
    assert violations(first) == []


def be_paid(node: Page, founder: Page) -> None:
    """See what is owed, ask for it, have it approved by another and sent."""
    node.goto(HOME + "me/money")
    expect(node.locator(".kpi").first).to_contain_text("CN¥100.00")
    filled(node, to="成都银行 6222 0000 陈")
    node.get_by_role("button", name="Save").click()
    node.get_by_role("button", name="Ask for it").click()
    expect(node.locator(".kpi").first).to_contain_text("CN¥0.00")
    assert violations(node) == []
    founder.goto(HOME + "money")
    assert violations(founder) == []
    founder.locator("a.row", has_text="陈成都").click()
    founder.get_by_role("button", name="Sandbox").click()
    founder.get_by_role("button", name="Let it arrive").click()
    expect(founder.locator("main h1 + .chip")).to_contain_text("paid")
    node.reload()
    expect(node.locator(".kpi").last).to_contain_text("CN¥100.00")
