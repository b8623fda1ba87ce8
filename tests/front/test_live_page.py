"""What an open page does with the news, in a real browser under the real Content-Security-Policy."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kith.connect import api as connect
from kith.connect.models import News
from kith.people.api import Person
from tests.browsers import launched, marks
from tests.conftest import NOW, Cast, signed_in
from tests.front.serving import HOST, Server, key_of, listen, until

pytestmark = marks()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs a loop of its own in this thread, which Django takes for ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, server: Server, people: Cast) -> Iterator[Page]:
    """A page of 赵穗's; no fault and no breach of the policy may come up in it."""
    yield from opened(browser, server, people.other)


def opened(browser: Browser, server: Server, person: Person) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://{HOST}:{server.port}", locale="en")
    name = settings.SESSION_COOKIE_NAME
    cookie = signed_in(person).cookies[name].value
    context.add_cookies([{"name": name, "value": cookie, "url": f"http://{HOST}:{server.port}"}])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.add_init_script("window.heard=[];document.addEventListener('kith:news',e=>heard.push(e.detail))")
    yield page
    context.close()
    assert faults == []


def visit(page: Page, path: str) -> None:
    """Open a page and wait until its stream is."""
    with page.expect_response(lambda r: "/live/" in r.url and r.status == 200):
        page.goto(path)


def hold(page: Page, condition: str) -> None:
    """Wait for a condition; Playwright's own way to do so breaks the policy."""
    until(lambda: bool(page.evaluate(condition)), condition)


def said(people: Cast, text: str) -> int:
    return connect.post(community=people.home, text=text, by=people.member, now=NOW).id


def replied(people: Cast, to: int, text: str) -> int:
    return connect.reply(community=people.home, to=to, text=text, by=people.core, now=NOW).id


def test_new_posts_wait_behind_a_pill(page: Page, people: Cast) -> None:
    old = said(people, "旧的一句")
    visit(page, "/c/shanye/")
    pill = page.locator("[data-news]")
    expect(pill).to_be_hidden()
    first = said(people, "新的一句")
    expect(pill).to_have_text("1 new post")
    second = said(people, "再一句")
    expect(pill).to_have_text("2 new posts")
    expect(page.locator(f"[data-post='{first}']")).to_have_count(0)
    pill.click()
    expect(page.locator(f"[data-post='{second}']")).to_be_focused()
    assert page.eval_on_selector_all("#posts > [data-post]", "all => all.map(e => Number(e.dataset.post))") == [
        second,
        first,
        old,
    ]
    expect(pill).to_be_hidden()
    assert [h["post"] for h in page.evaluate("heard")] == [first, second]


def test_a_card_shows_a_reply_and_a_thank_as_they_come(page: Page, people: Cast) -> None:
    post = said(people, "今天上山吗？")
    visit(page, "/c/shanye/")
    replied(people, post, "上！带水。")
    expect(page.locator(f"#post-{post}")).to_contain_text("上！带水。")
    connect.thank(community=people.home, post_id=post, by=people.core, now=NOW)
    expect(page.locator(f"#thank-{post} .num")).to_have_text("1")


def test_a_thread_grows_changes_and_shrinks(page: Page, people: Cast) -> None:
    post = said(people, "今天上山吗？")
    visit(page, f"/c/shanye/p/{post}")
    first, second = replied(people, post, "第一句回"), replied(people, post, "第二句回")
    lines = page.locator("[data-lines] > [data-post]")
    expect(lines).to_have_count(2)
    expect(page.locator("[data-lines] > .none")).to_have_count(0)
    connect.edit(community=people.home, post_id=first, text="改过的一句", by=people.core, now=NOW)
    expect(page.locator(f"#post-{first}")).to_contain_text("改过的一句")
    connect.delete(community=people.home, post_id=second, by=people.core, now=NOW)
    expect(lines).to_have_count(1)
    expect(page.locator(f"#thread > #post-{post} .bub")).to_have_count(0)


def test_an_accepted_answer_shows_and_moves(page: Page, people: Cast) -> None:
    ask = connect.post(community=people.home, text="谁有帐篷？", by=people.member, now=NOW, kind="ask").id
    first, second = replied(people, ask, "我有"), replied(people, ask, "我也有")
    visit(page, f"/c/shanye/p/{ask}")
    for answer, other in ((first, second), (second, first)):
        connect.accept(community=people.home, post_id=ask, answer_id=answer, by=people.member, now=NOW)
        expect(page.locator(f"#post-{answer}.accepted")).to_have_count(1)
        expect(page.locator(f"#post-{other}.accepted")).to_have_count(0)


def test_what_somebody_is_editing_is_left_alone_until_they_are_done(page: Page, people: Cast) -> None:
    mine = connect.post(community=people.home, text="我的话", by=people.other, now=NOW).id
    visit(page, "/c/shanye/")
    card = page.locator(f"#post-{mine}")
    card.get_by_role("button", name="More").click()
    card.get_by_role("button", name="Edit").click()
    writing = card.locator("textarea")
    writing.fill("改到一半")
    replied(people, mine, "来了一句")
    post = said(people, "别人的新话")
    expect(page.locator("[data-news]")).to_have_text("1 new post")
    assert [h["kind"] for h in page.evaluate("heard")] == ["reply", "post"]
    expect(writing).to_have_value("改到一半")
    expect(card).not_to_contain_text("来了一句")
    card.get_by_role("button", name="Cancel").click()
    expect(card).to_contain_text("来了一句", timeout=15_000)
    assert post


def test_why_one_thanks_can_be_written_in_peace(page: Page, people: Cast) -> None:
    post = said(people, "帐篷我带")
    visit(page, "/c/shanye/")
    card = page.locator(f"#post-{post}")
    card.get_by_role("button", name="Thanks").click()
    hold(page, "heard.some(h => h.kind === 'thank')")
    why = card.locator("form.why input")
    why.fill("总带帐篷")
    replied(people, post, "谢谢")
    hold(page, "heard.some(h => h.kind === 'reply')")
    expect(why).to_have_value("总带帐篷")
    card.get_by_role("button", name="Say why").click()
    expect(card).to_contain_text("谢谢", timeout=15_000)
    assert [t.why for t in connect.thanks(people.home, post)] == ["总带帐篷"]


def test_a_page_that_missed_too_much_loads_anew(page: Page, server: Server, people: Cast) -> None:
    visit(page, "/c/shanye/")
    post = said(people, "还在的时候说的")
    hold(page, "heard.length === 1")
    ear = listen(server, "shanye", key_of(people.home, people.core)).greeted()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    News.objects.bulk_create(
        News(community=people.home, kind="thank", root_id=post, post_id=post, at=NOW) for _ in range(300)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, concat_ws(' ', community_id, id, kind, root_id, post_id)) FROM connect_news ORDER BY id",
            [connect.CHANNEL],
        )
    later = said(people, "走开时说的")
    while (event := ear.event()) and event.data["post"] != later:
        pass
    ear.close()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator(f"#post-{later}")).to_have_count(1)
    expect(page.locator("[data-news]")).to_be_hidden()


def test_a_page_put_away_and_taken_up_again_has_missed_nothing(page: Page, people: Cast) -> None:
    post = said(people, "今天上山吗？")
    visit(page, "/c/shanye/")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    replied(people, post, "没人看着的时候")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator(f"#post-{post}")).to_contain_text("没人看着的时候")
