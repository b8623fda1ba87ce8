"""Money on the pages: one's own, what is owed, the rule, pools; what is wrong is said and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.launch import api as launch
from kith.share import api as share
from kith.share.api import Cut
from kith.share.models import Payout
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import offers, opened
from tests.share.sharing import TENTH, assert_kept, earned, owed, ruled

HOME = "/c/shanye"
MINE, MONEY, RULES, POOLS = f"{HOME}/me/money", f"{HOME}/money", f"{HOME}/money/rules", f"{HOME}/money/pools"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def said(answer: Any, *words: str) -> None:
    html = text_of(answer)
    assert [w for w in words if w not in html] == []


def asked(client: Client, amount: str = "33.60", key: str = "0" * 32) -> Any:
    return client.post(MINE, {"go": "ask", "amount": amount, "currency": "CNY", "key": key})


def test_a_member_says_where_to_asks_and_is_paid_by_two_others(cast: Cast) -> None:
    earned(cast)
    mine, operator, founder = signed_in(cast.core), signed_in(cast.operator), signed_in(cast.founder)
    said(mine.get(MINE), "¥33.60", "销售分润")
    assert asked(mine).status_code == 409  # nobody knows where to
    assert mine.post(MINE, {"go": "to", "to": "招商银行 6214"}).status_code == 302
    refused = asked(mine, "33.61")
    assert refused.status_code == 409
    said(refused, "33.61", "超过了")
    assert asked(mine, "十块").status_code == 400
    assert asked(mine).status_code == asked(mine).status_code == 302
    page = f"{HOME}/payouts/{Payout.objects.get().no}"
    said(operator.get(MONEY), "何以南", "待批准", "¥33.60")
    said(operator.get(page), "招商银行 6214")
    assert mine.post(f"{page}/move", {"provider": "manual"}).status_code == 403
    assert operator.post(f"{page}/move", {"provider": "manual"}).status_code == 302
    unproved = founder.post(f"{page}/move", {"go": "prove", "note": ""})
    assert unproved.status_code == 400
    assert founder.post(f"{page}/move", {"go": "prove", "note": "尾号 8888"}).status_code == 302
    said(mine.get(page), "已付", "尾号 8888", "招商银行 6214")
    assert signed_in(cast.member).get(page).status_code == 404
    assert_kept()


def test_an_operator_proposes_for_all_and_another_approves_in_the_sandbox(cast: Cast) -> None:
    earned(cast)
    share.set_pay_to(community=cast.home, text="招商银行 6214", by=cast.core, now=NOW)
    operator, founder = signed_in(cast.operator), signed_in(cast.founder)
    said(operator.get(MONEY), "还没说")  # 赵穗 has not
    assert operator.post(MONEY, {"least": "0", "currency": "CNY", "key": "november"}).status_code == 400
    assert operator.post(MONEY, {"least": "10", "currency": "CNY", "key": "november"}).status_code == 302
    page = f"{HOME}/payouts/{Payout.objects.get().no}"
    said(operator.get(page), "另一个人")
    assert operator.post(f"{page}/move", {"provider": "sandbox"}).status_code == 403
    assert founder.post(f"{page}/move", {"provider": "sandbox"}).status_code == 302
    assert founder.post(f"{page}/move", {"go": "failed"}).status_code == 302
    assert (Payout.objects.get().status, owed(cast, cast.core)) == ("failed", 3360)
    assert founder.post(f"{page}/cancel").status_code == 409


def test_a_payout_is_called_off_by_its_payee(cast: Cast) -> None:
    earned(cast)
    share.set_pay_to(community=cast.home, text="招商银行 6214", by=cast.core, now=NOW)
    mine = signed_in(cast.core)
    asked(mine)
    page = f"{HOME}/payouts/{Payout.objects.get().no}"
    assert mine.post(f"{page}/cancel").status_code == 302
    assert owed(cast, cast.core) == 3360


def test_the_founder_writes_the_rule_in_percent(cast: Cast) -> None:
    offers(cast)
    founder = signed_in(cast.founder)
    said(founder.get(MONEY), "还没有分润")
    form = {
        "go": "rule",
        "channel": "20",
        "fund": "5",
        "who": ["@何以南", "", ""],
        "rate": ["12.5", "", ""],
        "offer": ["BREW", "", ""],
    }
    refused = founder.post(f"{RULES}/write", form | {"channel": "30.1"})
    assert refused.status_code == 400
    said(refused, "30.1", "12.5", "30%")
    assert founder.post(f"{RULES}/write", form | {"who": ["@没有", "", ""]}).status_code == 404
    assert founder.post(f"{RULES}/write", form | {"channel": "1,5"}).status_code == 400
    assert founder.post(f"{RULES}/write", form).status_code == 302
    (rule,) = share.rules_of(cast.home)
    assert [(c.role, c.rate_ppm) for c in rule.cuts] == [("fund", 50_000), ("channel", 200_000), ("maker", 125_000)]
    assert rule.cuts[2].person_id == cast.core.pk
    said(signed_in(cast.operator).get(RULES), "12.5%", "秋酿二〇二六")
    assert signed_in(cast.operator).post(f"{RULES}/write", form).status_code == 403


def test_a_second_tier_waits_for_a_signature(cast: Cast) -> None:
    founder = signed_in(cast.founder)
    two = {"go": "rule", "channel": "10", "second": "5"}
    assert founder.post(f"{RULES}/write", two).status_code == 409
    assert founder.post(f"{RULES}/write", {"go": "sign", "text_version": "1", "name": ""}).status_code == 409
    assert founder.post(f"{RULES}/write", {"go": "sign", "text_version": "1", "name": "罗振"}).status_code == 302
    assert founder.post(f"{RULES}/write", two).status_code == 302
    said(founder.get(RULES), "罗振")


def test_a_pool_is_made_fed_looked_at_and_given_out(cast: Cast) -> None:
    founder = signed_in(cast.founder)
    assert (
        founder.post(f"{POOLS}/write", {"go": "make", "name": "互助池", "policy": "x", "window": "30"}).status_code
        == 400
    )
    assert (
        founder.post(f"{POOLS}/write", {"go": "make", "name": "互助池", "policy": "recent", "window": "30"}).status_code
        == 302
    )
    (pool,) = share.pools_of(cast.home)
    ruled(cast, Cut("pool", TENTH, pool_id=pool.id), Cut("fund", 50_000))
    earned(cast)
    look: dict[str, Any] = {"pool": pool.id, "currency": "CNY", "amount": "10"}
    assert founder.get(POOLS, look).status_code == 409  # nobody contributed
    act = NewAct(cast.core.pk, "answer", timezone.now() - timedelta(days=1), "k1", "test:1", other_id=cast.member.pk)
    energy.record(community=cast.home, acts=[act])
    said(founder.get(POOLS, look), "何以南", "¥10.00")
    assert founder.post(f"{POOLS}/give", look | {"key": "gift-0001"}).status_code == 302
    assert founder.post(f"{POOLS}/give", look | {"key": "gift-0002"}).status_code == 409
    assert (
        founder.post(
            f"{POOLS}/write", {"go": "pour", "pool": pool.id, "currency": "CNY", "amount": "8.40", "key": "pour-0001"}
        ).status_code
        == 302
    )
    assert owed(cast, cast.core) == 1000
    assert_kept()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_without_anything_the_pages_say_so(cast: Cast, language: str) -> None:
    member, operator = signed_in(cast.member), signed_in(cast.operator)
    for client, page in ((member, MINE), (operator, MONEY), (operator, RULES), (operator, POOLS)):
        client.cookies["django_language"] = language
        assert client.get(page).status_code == 200


def test_statements_and_tables_are_taken_along(cast: Cast) -> None:
    earned(cast)
    share.close_statements(community=cast.home, period="2026-11", now=NOW)
    mine, operator = signed_in(cast.core), signed_in(cast.operator)
    said(mine.get(MINE), "2026-11")
    page = f"{HOME}/me/statements/CNY/1"
    said(mine.get(page), "¥33.60", share.statements_of(cast.home, cast.core)[0].digest)
    table = mine.get(page, {"as": "csv"})
    assert "33.60" in b"".join(table).decode()
    assert signed_in(cast.member).get(page).status_code == 404
    for what in ("owed.csv", "owed.xlsx", "payouts.csv", "payouts.xlsx", "book.beancount"):
        answer = operator.get(f"{MONEY}/tables/{what}")
        assert answer.status_code == 200, what
        assert what in answer["Content-Disposition"]
    assert operator.get(f"{MONEY}/tables/all.doc").status_code == 404
    assert mine.get(f"{MONEY}/tables/owed.csv").status_code == 403


def test_where_a_price_goes_stands_on_the_launch_if_the_founder_wishes(cast: Cast) -> None:
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    ruled(cast)
    offer = next(o.id for o in launch.offers(cast.home) if o.sku == "BREW")
    founder, member = signed_in(cast.founder), signed_in(cast.member)
    page = f"{HOME}/launches/autumn"
    assert "split-bar" not in text_of(member.get(page))
    assert founder.post(f"{RULES}/shown", {"offer": offer, "shown": "1"}).status_code == 302
    said(member.get(page), "split-bar", "¥168.00 去了哪里", "¥29.73", "推荐人")
    assert founder.post(f"{RULES}/shown", {"offer": offer, "shown": "0"}).status_code == 302
    assert "split-bar" not in text_of(member.get(page))
    assert founder.post(f"{RULES}/shown", {"offer": "999999", "shown": "1"}).status_code == 404
    assert signed_in(cast.operator).post(f"{RULES}/shown", {"offer": offer, "shown": "1"}).status_code == 403
