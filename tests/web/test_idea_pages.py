"""Ideas on the pages."""

from kith.connect import api as connect
from kith.connect.api import IdeaValue
from tests.conftest import NOW, Cast, signed_in

HOME = "/c/shanye/"


def test_an_idea_goes_from_its_form_to_shipped_credit(cast: Cast) -> None:
    member, other, operator = (signed_in(p) for p in (cast.member, cast.other, cast.operator))
    member.post(f"{HOME}write/idea", {"text": "茶罐配竹盖。", "product": "茶罐"})
    [said] = connect.feed(cast.home, reader=None).posts
    thread = f"{HOME}p/{said.id}"
    answer = other.post(f"{thread}/support", {"on": "1"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in answer.content.decode()
    assert "deciding" not in other.get(thread).content.decode()
    assert other.post(f"{thread}/decide", {"go": "adopt"}).status_code == 403
    refused = operator.post(f"{thread}/decide", {"go": "decline", "reason": " "})
    assert (refused.status_code, "说明原因" in refused.content.decode()) == (400, True)
    operator.post(f"{thread}/decide", {"go": "adopt", "reason": "下一批"})
    lost = operator.post(f"{thread}/decide", {"go": "ship", "shipped": "竹盖罐", "handles": "没有"})
    assert (lost.status_code, 'value="竹盖罐"' in lost.content.decode()) == (400, True)
    operator.post(f"{thread}/decide", {"go": "ship", "shipped": "竹盖罐", "handles": "@赵穗"})
    found = connect.one(cast.home, said.id, reader=None).extra
    assert isinstance(found, IdeaValue)
    assert [c.who.name for c in found.credits] == ["苏杭", "赵穗"]
    for path in (f"{HOME}m/赵穗", f"{HOME}ideas?state=shipped", HOME, f"{HOME}ideas/numbers"):
        assert "竹盖" in other.get(path).content.decode(), path


def test_a_kept_card_shows_each_reader_their_own_support(cast: Cast) -> None:
    said = connect.propose(community=cast.home, text="竹盖", by=cast.member, now=NOW)
    connect.support(community=cast.home, post_id=said.id, by=cast.other, now=NOW)
    mark = f'id="support-{said.id}" aria-pressed="true"'
    assert mark not in signed_in(cast.core).get(HOME).content.decode()
    assert mark in signed_in(cast.other).get(HOME).content.decode()


def test_owners_are_named_by_staff(cast: Cast) -> None:
    client = signed_in(cast.founder)
    assert client.post(f"{HOME}settings/ideas", {"handle": "没有"}).status_code == 404
    assert client.post(f"{HOME}settings/ideas", {"handle": "何以南", "product": "茶罐"}).status_code == 302
    [owner] = connect.product_owners(cast.home)
    client.post(f"{HOME}settings/ideas", {"drop": owner.id})
    assert connect.product_owners(cast.home) == []
