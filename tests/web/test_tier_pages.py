"""The pages of tiers: made by a form, read by members, held by hand, and what they stop."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import DayLimitReached, TierDraft, TierTooLow
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast, signed_in

EDIT = "/c/shanye/settings/tiers"
FORM = {
    "id": ["", ""], "name": ["同行", "同道"], "givers": ["", "2"], "weeks": ["", "3"], "posts_a_day": ["9", ""],
    "right-link": "2", "base-posts_a_day": "1", "window_days": "60", "grace_days": "7",
}  # fmt: skip


def place(cast: Cast, person: Person) -> people.Standing:
    found = people.standing(cast.home, person)
    assert found
    return found


def test_a_founder_writes_the_ladder_and_it_is_there_again(cast: Cast) -> None:
    page = signed_in(cast.founder)
    proposed = page.post(EDIT, {"go": "propose"}).content.decode()
    assert 'value="15"' in proposed  # 60 acts received: from 15 people
    assert page.post(EDIT, FORM).status_code == 302
    found = gather.ladder(cast.home)
    assert [(t.name, dict(t.needs), dict(t.limits)) for t in found.tiers] == [
        ("同行", {}, {"posts_a_day": 9}), ("同道", {"givers": 2, "weeks": 3}, {}),
    ]  # fmt: skip
    assert (found.rights, found.base_limits, found.window_days, found.grace_days) == (
        {"link": 2},
        {"posts_a_day": 1},
        60,
        7,
    )
    assert place(cast, cast.member).tier == "同行"  # nothing is asked for the first: everybody has it at once
    again = page.get(EDIT).content.decode()
    assert 'value="同道"' in again
    assert "同道" in signed_in(cast.member).get("/c/shanye/me").content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    refused = signed_in(cast.founder).post(EDIT, FORM | {"givers": ["", "many"]}, headers={"Accept-Language": "en"})
    said = refused.content.decode()
    assert refused.status_code == 400
    assert "whole number" in said
    assert 'value="many"' in said
    assert gather.ladder(cast.home).tiers == ()


def test_a_member_is_held_by_hand_on_their_page_and_let_go(cast: Cast) -> None:
    found = gather.write_ladder(community=cast.home, tiers=[TierDraft("长老", by_hand=True)], by=cast.founder, now=NOW)
    page, handle = signed_in(cast.operator), place(cast, cast.other).handle
    page.post(f"/c/shanye/m/{handle}/tier", {"tier": found.tiers[0].id, "reason": "十年的朋友"})
    assert place(cast, cast.other).tier == "长老"
    shown = page.get(f"/c/shanye/m/{handle}").content.decode()
    assert "十年的朋友" in shown
    assert "十年的朋友" not in signed_in(cast.member).get(f"/c/shanye/m/{handle}").content.decode()
    page.post(f"/c/shanye/m/{handle}/tier", {"go": "release"})
    assert "长老" in page.get("/c/shanye/pulse/tiers").content.decode()


def test_who_refuses_measures_reads_why_nothing_is_counted(cast: Cast) -> None:
    gather.write_ladder(community=cast.home, tiers=[TierDraft("同道", {"givers": 2})], by=cast.founder, now=NOW)
    people.choose_sight(community=cast.home, person_id=cast.member.pk, hides_rank=True, refuses_measures=True)
    shown = signed_in(cast.member).get("/c/shanye/me", headers={"Accept-Language": "en"}).content.decode()
    assert "nothing here is counted for you" in shown


def test_links_pictures_and_posts_a_day_are_the_tiers_to_give(cast: Cast) -> None:
    tiers = [TierDraft("同道", {"givers": 9}, limits={"posts_a_day": 3})]
    gather.write_ladder(
        community=cast.home, tiers=tiers, by=cast.founder, now=NOW, rights={"link": 1, "picture": 1}, base_limits={"posts_a_day": 2},
    )  # fmt: skip
    said = connect.post(community=cast.home, text="早", by=cast.member, now=NOW)
    with pytest.raises(TierTooLow):
        connect.edit(community=cast.home, post_id=said.id, text="https://example.org", by=cast.member, now=NOW)
    with pytest.raises(TierTooLow):
        connect.post(community=cast.home, text="看 https://example.org", by=cast.member, now=NOW)
    file = SimpleUploadedFile("a.png", b"x")
    with pytest.raises(TierTooLow):
        connect.keep_picture(community=cast.home, by=cast.member, file=file, size=1, now=NOW)
    connect.reply(community=cast.home, to=said.id, text="再来", by=cast.member, now=NOW)
    with pytest.raises(DayLimitReached):
        connect.post(community=cast.home, text="又来", by=cast.member, now=NOW)
    gather.hold(community=cast.home, person_id=cast.member.pk, tier_id=gather.ladder(cast.home).tiers[0].id, reason="熟", by=cast.founder, now=NOW)  # fmt: skip
    connect.post(community=cast.home, text="又来 https://example.org", by=cast.member, now=NOW)
    connect.post(community=cast.home, text="管理员 https://example.org", by=cast.operator, now=NOW)
