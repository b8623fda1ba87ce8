"""天地出版社: one book through several communities' super nodes, each with a link, and what each of them brought and is owed."""

from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, faults_of, violations
from tests.stories.selling import accept, ask, clock, filled, launch, offer, order, pay, send_to, share, ship

pytestmark = marks()
HOME = "/c/tiandi/"
NODES = ["读书会阿远", "妈妈群小禾", "校友群老高"]
NAMES = ["天地社长", "作者林晚", *NODES]


def test_a_book_goes_through_channels_and_each_is_paid_what_it_brought(world: World) -> None:
    cast = world.told(f"found('天地出版社', 'tiandi', '一本好书，一群人传', {NAMES}, {{}})")
    founder = world.signed_in(cast["天地社长"])
    nodes = [world.signed_in(cast[name], "phone") for name in NODES]
    readers = [
        world.signed_in(world.told(f"stranger('{name}')")[name], "phone") for name in ("读者一", "读者二", "读者三")
    ]
    pages = [founder, *nodes, *readers]
    faults = [faults_of(page) for page in pages]

    publish(founder)
    ask(founder, HOME, "book", NODES)
    links = [accept(node, HOME) for node in nodes[:2]]
    decline(nodes[2])
    one, two, three = readers
    buy(one, [links[0]], "3")
    buy(two, [links[0], links[1]], "2")  # the last link counts
    buy(three, [], "1")
    look_at_what_came(founder, nodes)
    ship(founder, HOME, "book")
    world.told("work()")
    settle(founder, nodes)

    assert [found for found in faults if found] == []
    assert world.kith.run("audit").returncode == 0
    for page in pages:
        page.context.close()


def publish(founder: Page) -> None:
    offer(founder, HOME, "BOOK-1", title="山河故人", price="60.00", refund_days="0")
    share(founder, HOME, channel="20", who="作者林晚", rate="10")
    founder.get_by_role("button", name="Show", exact=True).click()
    launch(
        founder, HOME, "book", "flash", {"BOOK-1": ("49.90", "7000")}, title="山河故人首发", per_buyer="5", closes=clock(48),
        terms="签名本，寄出不退。",
    )  # fmt: skip


def decline(node: Page) -> None:
    node.goto(HOME + "links")
    node.get_by_role("link", name="Read and answer").click()
    node.get_by_role("button", name="Rather not").click()
    expect(node.locator("main")).to_contain_text("You said no")


def buy(reader: Page, links: list[str], copies: str) -> None:
    """Open the links one after another, and buy so many."""
    reader.goto(HOME + "launches/book")
    for link in links:
        reader.goto(link)
    if links:
        expect(reader.locator("#order-form")).to_contain_text("You came through")
        assert violations(reader) == []
    reader.locator("[name^='qty-']").fill(copies)
    send_to(reader, "读者")
    order(reader)
    pay(reader)


def look_at_what_came(founder: Page, nodes: list[Page]) -> None:
    """See beside each node who came and what was bought; each sees their own."""
    founder.goto(HOME + "launches/book/channels")
    rows = founder.locator("table.t tbody tr")
    for name, sold in zip(NODES, ("CN¥149.70", "CN¥99.80", "CN¥0.00"), strict=True):
        expect(rows.filter(has_text=name)).to_contain_text(sold)
    expect(founder.locator(".kpis").first).to_contain_text("CN¥49.90")  # came by itself
    assert violations(founder) == []
    founder.goto(HOME + "launches/book/attribution")
    expect(founder.locator("main")).to_contain_text("CN¥149.70")
    assert violations(founder) == []
    for node, promised in zip(nodes, ("CN¥29.94", "CN¥19.96"), strict=False):
        node.goto(HOME + "links")
        node.get_by_role("link", name="Link and poster").click()
        expect(node.locator("section", has_text="What came of it")).to_contain_text(
            f"Your share of this launch: {promised}"
        )
        assert violations(node) == []


def settle(founder: Page, nodes: list[Page]) -> None:
    """See what is owed to each, and pay one of them."""
    for node, owed in zip(nodes, ("CN¥29.94", "CN¥19.96"), strict=False):
        node.goto(HOME + "me/money")
        expect(node.locator(".kpi").first).to_contain_text(owed)
    nodes[2].goto(HOME + "me/money")
    expect(nodes[2].locator("main")).to_contain_text("Nothing of a sale is yours yet")
    founder.goto(HOME + "money")
    rows = founder.locator("table.t tbody tr")
    for name, amount in (("作者林晚", "CN¥29.94"), (NODES[0], "CN¥29.94"), (NODES[1], "CN¥19.96")):
        expect(rows.filter(has_text=name)).to_contain_text(amount)
    filled(nodes[0], to="农业银行 6228 远")
    nodes[0].get_by_role("button", name="Save").click()
    nodes[0].get_by_role("button", name="Ask for it").click()
    founder.reload()
    founder.locator("a.row", has_text=NODES[0]).click()
    founder.locator("button[value=manual]").click()
    filled(founder, note="回单 0715")
    founder.get_by_role("button", name="It is transferred").click()
    nodes[0].reload()
    expect(nodes[0].locator(".kpi").last).to_contain_text("CN¥29.94")
