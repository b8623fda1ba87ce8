"""What a member does all day, with hands on a real page."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, become, faults_of

pytestmark = marks()
HOME = "/c/wildwood/"


def opened(world: World, role: str, size: str = "desk") -> Page:
    page = world.visitor(size).new_page()
    become(page, role)
    return page


def test_ask_answer_thank_accept_between_two_people(world: World) -> None:
    asker, helper = opened(world, "newcomer"), opened(world, "member", "phone")
    faults = faults_of(asker) + faults_of(helper)

    asker.goto(HOME)
    asker.get_by_role("radio", name="Ask").check(force=True)
    asker.get_by_placeholder("Say something to your people…").fill("谁知道昆明哪里能租到小窖？")
    asker.get_by_role("button", name="Post", exact=True).click()
    asker.wait_for_url(re.compile(r"/p/\d+"))
    thread = asker.url

    helper.goto(thread)
    helper.get_by_placeholder("Your reply…").fill("滇池边有一家，我带你去。 @阮听舟")
    helper.locator("form#reply button[type=submit]").click()
    expect(helper.locator(".said", has_text="滇池边有一家")).to_be_visible()

    # The asker's open page learns of it without a reload.
    answer = asker.locator(".said", has_text="滇池边有一家")
    expect(answer).to_be_visible(timeout=15_000)
    answer.get_by_role("button", name="Thanks").click()
    expect(answer.get_by_role("button", name=re.compile("Thanks"))).to_have_attribute("aria-pressed", "true")
    answer.get_by_placeholder("For what? A few words").fill("肯带路")
    answer.get_by_role("button", name="Say why").click()
    answer.get_by_role("button", name="Accept").click()
    expect(asker.locator(".said.accepted")).to_contain_text("滇池边有一家")
    asker.reload()
    expect(asker.locator("aside")).to_contain_text("肯带路")
    expect(asker.locator(".chip", has_text="Answered")).to_be_visible()
    assert faults == []


def test_a_draft_survives_a_reload_and_is_sent_once_from_two_tabs(world: World) -> None:
    first = opened(world, "super")
    first.goto(HOME)
    words = "草稿里的一句话，先放着。"
    with first.expect_response(lambda r: "/draft/new" in r.url and r.ok):
        first.get_by_placeholder("Say something to your people…").fill(words)
    first.reload()
    expect(first.get_by_placeholder("Say something to your people…")).to_have_value(words)
    second = first.context.new_page()
    second.goto(HOME)
    for tab in (first, second):
        tab.get_by_role("button", name="Post", exact=True).click()
        tab.wait_for_url(re.compile(r"/p/\d+"))
    assert first.url == second.url
    first.goto(HOME)
    expect(first.locator(".post", has_text=words)).to_have_count(1)
    expect(first.get_by_placeholder("Say something to your people…")).to_have_value("")


def test_an_image_is_added_a_post_edited_and_deleted(world: World, tmp_path: Path) -> None:
    path = tmp_path / "wine.png"
    Image.new("RGB", (800, 600), "#a33").save(path)
    page = opened(world, "member")
    page.goto(HOME)
    page.get_by_placeholder("Say something to your people…").fill("看这个颜色\n")
    page.locator("[data-pick]").set_input_files(path)
    expect(page.get_by_placeholder("Say something to your people…")).to_have_value(
        re.compile(r"!\[\]\(/c/wildwood/media/")
    )
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/p/\d+"))
    image = page.locator(".post .prose img")
    expect(image).to_be_visible()
    assert image.evaluate("i => i.naturalWidth") == 800

    page.get_by_role("button", name="More").first.click()
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Your text").fill("改过的一句")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".post .prose")).to_contain_text("改过的一句")

    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".post .prose")).to_have_count(0)


def test_a_file_that_is_no_image_is_refused_in_words(world: World, tmp_path: Path) -> None:
    path = tmp_path / "fake.png"
    path.write_text("<script>alert(1)</script>")
    page = opened(world, "member")
    page.goto(HOME)
    page.locator("[data-pick]").set_input_files(path)
    expect(page.locator("#toast")).to_contain_text("not an image we can read")


def test_all_of_it_works_by_keyboard(world: World) -> None:
    page = opened(world, "member")
    page.goto(HOME)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    text = page.get_by_placeholder("Say something to your people…")
    for _ in range(6):
        if text.evaluate("t => t === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(text).to_be_focused()
    page.keyboard.type("只用键盘写的。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/p/\d+"))
    expect(page.locator(".post .prose")).to_contain_text("只用键盘写的。")


def test_without_a_network_the_page_says_so(world: World) -> None:
    page = opened(world, "member")
    page.goto(HOME)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    page.context.set_offline(True)
    page.goto(HOME + "people")
    expect(page.get_by_role("heading")).to_contain_text("You are offline")
