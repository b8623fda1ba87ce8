"""创业黑马: founders and investors of a whole country in 32 chapters, brought in by the import door and walked by hands.

The pages' speed with 10,000 members is measured by `bench chapters`; here 1,000 show that every page finds its people.
"""

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browsers import marks
from tests.stories.conftest import World, become, faults_of, violations

pytestmark = marks()
HOME = "/c/heima/"
CITIES = [
    "北京",
    "上海",
    "广州",
    "深圳",
    "杭州",
    "成都",
    "重庆",
    "武汉",
    "西安",
    "南京",
    "天津",
    "苏州",
    "长沙",
    "郑州",
    "青岛",
    "沈阳",
    "宁波",
    "昆明",
    "大连",
    "厦门",
    "合肥",
    "佛山",
    "福州",
    "哈尔滨",
    "济南",
    "温州",
    "长春",
    "石家庄",
    "贵阳",
    "南宁",
    "太原",
    "南昌",
]
MEMBERS = 1000


def roll(path: Path) -> Path:
    """Write the list of members: name, chapter, what they are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["编号", "姓名", "分会", "简介"])
        for n in range(MEMBERS):
            rows.writerow([f"h{n:05}", f"黑马{n:04}", CITIES[n % len(CITIES)], "创始人" if n % 5 else "投资人"])
    return path


def found(page: Page) -> None:
    """Found the community as a program of the founder's would, with the session of the page."""
    page.goto("/")
    status = page.evaluate(
        """async () => (await fetch('/api/v1/communities', {method: 'POST', headers: {'Content-Type': 'application/json',
        'X-CSRFToken': document.body.getAttribute('hx-headers:inherited').match(/"X-CSRFToken":"([^"]+)"/)[1]},
        body: JSON.stringify({name: '创业黑马', slug: 'heima', pursuit: '让创业不再孤独', visible_to: 'members'})})).status"""
    )
    assert status == 201


def bring(page: Page, path: Path) -> None:
    page.goto(HOME + "import")
    page.locator("input[name=format][value=members]").check(force=True)
    page.locator("input[name=file]").set_input_files(path)
    page.get_by_role("button", name="Preview").click()
    page.locator("form[action$='/import/run'] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/import/\d+$"))


def tiers(page: Page) -> None:
    """Write two tiers by the form: everybody begins in the first."""
    page.goto(HOME + "settings/tiers")
    page.get_by_role("button", name="Propose three tiers").click()
    page.locator("#givers-0, #giver_days-0, #weeks-0").first.wait_for()
    for measure in ("givers", "giver_days", "weeks"):
        page.locator(f"#{measure}-0").fill("")
    page.locator("form .actions button[value=save]").click()
    expect(page.locator(".saved[role=status]")).to_contain_text("Saved")


def test_a_thousand_members_stand_in_thirty_two_chapters_and_are_found(world: World, tmp_path: Path) -> None:
    page = world.visitor().new_page()
    become(page, "founder")
    faults = faults_of(page)
    found(page)
    bring(page, roll(tmp_path / "heima.csv"))
    tiers(page)

    page.goto(HOME + "chapters")
    expect(page.locator("a.tile")).to_have_count(len(CITIES))
    assert violations(page) == []
    page.locator("a.tile", has_text="北京").click()
    expect(page.locator("#found a.row")).to_have_count(32)
    expect(page.locator(".tier p").first).to_contain_text("32 members")

    page.goto(HOME + "people")
    expect(page.locator("#found a.row")).to_have_count(60)
    page.locator("select[name=chapter]").select_option(label="成都")
    page.locator("select[name=tier]").select_option(label="Companion")
    page.locator(".filters button").click()
    rows = page.locator("#found a.row")
    expect(rows).to_have_count(32)  # 1,000 = 31 x 32 + 8, and 成都 is the sixth
    expect(rows.first).to_contain_text("成都")
    assert violations(page) == []

    page.goto(HOME + "pulse/chapters")
    expect(page.locator("tbody tr")).to_have_count(len(CITIES) + 1)
    expect(page.locator("tfoot")).to_contain_text("1,001")
    assert violations(page) == []
    assert faults == []
    page.context.close()
