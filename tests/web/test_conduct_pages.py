"""Agreements and order on the pages, from the founder's pen to the member's next word."""

from html import unescape

from django.test import Client

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people.api import amend, standing
from tests.conftest import NOW, Cast, signed_in

C = "/c/shanye"


def text(client: Client, path: str) -> str:
    return unescape(client.get(path, headers={"Accept-Language": "en"}).content.decode())


def test_an_agreement_is_written_asked_accepted_and_then_the_word_goes_out(cast: Cast) -> None:
    founder, member = signed_in(cast.founder), signed_in(cast.member)
    wrong = founder.post(f"{C}/agreements/write", {"title": "待人以诚", "text": ""})
    assert (wrong.status_code, "待人以诚" in wrong.content.decode()) == (400, True)
    founder.post(f"{C}/agreements/write", {"title": "待人以诚", "text": "不骗人。"})
    led = member.post(f"{C}/post", {"text": "还没发出去的话"}, headers={"Referer": f"http://testserver{C}/"})
    assert (led.status_code, led["Location"]) == (302, f"{C}/agreements?next=%2Fc%2Fshanye%2F")
    thanked = member.post(f"{C}/post", {"text": "x"}, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{C}/p/1"})  # fmt: skip
    assert thanked["HX-Redirect"] == f"{C}/agreements?next=%2Fc%2Fshanye%2Fp%2F1"
    page = text(member, led["Location"])
    assert "One of them is new to you" in page
    [asked] = gather.open_agreements(cast.home, cast.member)
    assert member.post(f"{C}/agreements/accept", {"accepted": []}).status_code == 400
    on = member.post(f"{C}/agreements/accept", {"accepted": [asked.agreement.id], "next": f"{C}/"})
    assert on["Location"] == f"{C}/"
    draft = connect.draft(cast.home, cast.member, "new")
    assert draft is not None
    assert draft.text == "x"  # what was refused is in the composer again
    assert member.post(f"{C}/post", {"text": draft.text, "key": draft.key}).status_code == 302
    outside = member.post(f"{C}/agreements/accept", {"accepted": [asked.agreement.id], "next": "https://evil.example/"})
    assert outside["Location"] == f"{C}/"


def test_declining_warns_then_leaves(cast: Cast) -> None:
    member = signed_in(cast.member)
    gather.write_agreement(community=cast.home, title="守时", text="准时。", by=cast.founder, now=NOW)
    assert "Your place, your role and your @name go." in text(member, f"{C}/agreements/decline")
    assert "You have left." in unescape(
        member.post(f"{C}/agreements/decline", headers={"Accept-Language": "en"}).content.decode()
    )
    assert standing(cast.home, cast.member) is None


def test_all_three_doors_ask_for_the_agreements(cast: Cast) -> None:
    made = gather.write_agreement(community=cast.home, title="守时", text="准时。", by=cast.founder, now=NOW)
    guest = signed_in(cast.stranger)
    refused = guest.post(f"{C}/apply", {"answer": ["想来"]})
    assert (refused.status_code, "想来" in refused.content.decode()) == (400, True)
    token = gather.invite(community=cast.home, by=cast.founder, now=NOW, days=365)
    assert "守时" in guest.get(f"{C}/i/{token}").content.decode()
    assert guest.post(f"{C}/join", {"token": token}).status_code == 400
    amend(community=cast.home, entered_by="open")
    assert guest.post(f"{C}/join").status_code == 400
    assert guest.post(f"{C}/join", {"accepted": [made.id]}).status_code == 302
    assert standing(cast.home, cast.stranger)


def test_a_newcomers_first_text_is_read_and_let_appear(cast: Cast) -> None:
    operator, member = signed_in(cast.operator), signed_in(cast.member)
    operator.post(f"{C}/moderation/limits", {name: str(least + 1) for name, (least, _) in gather.BOUNDS.items()} | {"holds_first": "1"})  # fmt: skip
    assert gather.limits(cast.home).holds_first
    assert operator.post(f"{C}/moderation/limits", {"slow_seconds": "abc"}).status_code == 400
    kept = member.post(f"{C}/post", {"text": "我是新来的"})
    assert kept["Location"] == f"{C}/conduct?kept=1"
    assert "waits to be read" in text(member, kept["Location"])
    assert "我是新来的" not in text(signed_in(cast.other), f"{C}/")
    assert "我是新来的" in text(operator, f"{C}/moderation")
    operator.post(f"{C}/moderation/held/{connect.held(cast.home)[0].id}", {"approve": "1"})
    assert "我是新来的" in text(signed_in(cast.other), f"{C}/")


def test_a_ban_is_told_at_the_door_and_lifted(cast: Cast) -> None:
    operator, member = signed_in(cast.operator), signed_in(cast.member)
    assert operator.post(f"{C}/m/苏杭/measures", {"kind": "ban", "reason": "", "days": "7"}).status_code == 400
    operator.post(f"{C}/m/苏杭/measures", {"kind": "ban", "reason": "卖假货", "days": "7"})
    assert "The reason given: 卖假货" in text(member, f"{C}/join")
    assert "卖假货" in text(member, f"{C}/conduct")
    assert signed_in(cast.stranger).get(f"{C}/conduct").status_code == 404
    operator.post(f"{C}/moderation/measures/{gather.sanctions(cast.home)[0].id}/lift")
    assert "卖假货" not in text(member, f"{C}/join")


def test_a_text_is_flagged_covered_taken_away_and_brought_back(cast: Cast) -> None:
    made = gather.write_agreement(community=cast.home, title="不卖货", text="不发广告。", by=cast.founder, now=NOW)
    for person in (cast.operator, cast.core, cast.member, cast.other):
        gather.accept_agreements(community=cast.home, person=person, accepted=[made.id], now=NOW)
    post = connect.post(community=cast.home, text="快来买", by=cast.member, now=NOW)
    core, operator, member = signed_in(cast.core), signed_in(cast.operator), signed_in(cast.member)
    assert "Which agreement does it break?" in text(core, f"{C}/p/{post.id}/flag")
    assert core.post(f"{C}/p/{post.id}/flag", {"note": "广告"}).status_code == 400
    core.post(f"{C}/p/{post.id}/flag", {"agreement": made.id, "note": "广告"})
    assert "Flagged, and not decided yet" in text(signed_in(cast.other), f"{C}/")
    assert "covered for others" in text(member, f"{C}/p/{post.id}")
    assert "being looked at" in text(core, f"{C}/conduct")
    [case] = connect.cases(cast.home)
    assert "不卖货" in text(operator, f"{C}/moderation")
    operator.post(f"{C}/moderation/cases/{case.id}", {"outcome": "banned", "reason": "卖货", "days": "7"})
    assert "Send the appeal" in text(member, f"{C}/conduct")  # who is banned can still appeal
    assert member.post(f"{C}/conduct/cases/{case.id}", {"text": " "}).status_code == 400
    member.post(f"{C}/conduct/cases/{case.id}", {"text": "是转述"})
    assert "Somebody else decides on this appeal." in text(operator, f"{C}/moderation")
    signed_in(cast.founder).post(f"{C}/moderation/cases/{case.id}/appeal", {"grant": "1"})
    assert "appeal granted" in text(member, f"{C}/conduct")
    assert "快来买" in text(core, f"{C}/")
