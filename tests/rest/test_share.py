"""Shares over the API: from a rule to a payout."""

from kith.share import api as share
from tests.conftest import Cast
from tests.rest.calling import Calls
from tests.share.sharing import assert_kept, earned

C = "/communities/shanye"


def test_a_rule_is_written_and_what_the_law_forbids_is_refused(cast: Cast) -> None:
    founder, operator = Calls(cast.founder), Calls(cast.operator)
    cuts = [
        {"role": "channel", "rate_ppm": 200_000},
        {"role": "maker", "rate_ppm": 100_000, "person_id": cast.other.pk},
    ]
    assert founder("POST", f"{C}/sharing", {"cuts": cuts})["version"] == 1
    assert operator("POST", f"{C}/sharing", {"cuts": cuts})["error"] == "FoundersOnly"
    assert founder("POST", f"{C}/sharing", {"cuts": [{"role": "recruit", "rate_ppm": 1}]})["error"] == "InvalidInput"
    assert (
        founder("POST", f"{C}/sharing", {"cuts": [{"role": "channel", "rate_ppm": 300_001}]})["error"]
        == "ChannelCapped"
    )
    second = {"cuts": [*cuts, {"role": "second", "rate_ppm": 50_000}]}
    assert founder("POST", f"{C}/sharing", second)["error"] == "SecondTierUnsigned"
    assert founder("POST", f"{C}/sharing/second-tier", {"text_version": 1, "name": "罗振"})["name"] == "罗振"
    assert founder("POST", f"{C}/sharing", second)["signed_by"] == "罗振"
    found = operator("GET", f"{C}/sharing")
    assert ([r["version"] for r in found["rules"]], found["cap_ppm"]) == ([2, 1], 300_000)


def test_what_is_owed_is_asked_approved_and_paid(cast: Cast) -> None:
    earned(cast)
    mine, operator, founder = Calls(cast.core), Calls(cast.operator), Calls(cast.founder)
    assert mine("GET", f"{C}/my-money")["by_currency"][0]["owed_minor"] == 3360
    ask = {"amount_minor": 3360, "key": "payout-01"}
    assert mine("POST", f"{C}/my-money/payouts", ask)["error"] == "NeedsPayTo"
    mine("PUT", f"{C}/my-money/pay-to", {"text": "招商银行 6214"})
    no = mine("POST", f"{C}/my-money/payouts", ask)["no"]
    assert mine("POST", f"{C}/my-money/payouts", ask)["no"] == no
    assert mine("POST", f"{C}/my-money/payouts", ask | {"key": "payout-02"})["error"] == "MoreThanOwed"
    at = f"{C}/payouts/{no}"
    found = operator("GET", f"{C}/money")
    assert ([p["no"] for p in found["open"]], [o["name"] for o in found["owed"]]) == ([no], ["赵穗"])
    assert operator("POST", f"{at}/approval", {"provider": "sandbox"})["status"] == "sent"
    assert operator("POST", f"{at}/sandbox", {"how": "done"})["status"] == "done"
    assert founder("POST", f"{at}/cancel")["error"] == "PayoutNotNow"
    assert operator("POST", f"{C}/payouts", {"least_minor": 1, "key": "november"}) == {"payouts": []}
    assert_kept()


def test_shares_of_a_sale_are_shown_to_who_runs_the_place(cast: Cast) -> None:
    key = "01JQZ0Y3W8A1B2C3D4E5F6G7H8"
    earned(cast, key=key)
    shares = Calls(cast.operator)("GET", f"{C}/orders/{key}/shares")["shares"]
    assert sum(p["kept_minor"] for p in shares) == 16800
    assert Calls(cast.enemy)("GET", f"{C}/orders/{key}/shares")["error"] == "NotFound"


def test_a_pool_is_made_and_looked_into(cast: Cast) -> None:
    founder = Calls(cast.founder)
    made = founder("POST", f"{C}/pools", {"name": "互助池", "policy": "recent"})
    assert founder("POST", f"{C}/pools", {"name": "互助池"})["error"] == "PoolTaken"
    assert founder("GET", f"{C}/pools/{made['id']}/preview") == {"gifts": []}
    pay = {"amount_minor": 1, "key": "gift-0001"}
    assert founder("POST", f"{C}/pools/{made['id']}/gifts", pay)["error"] == "NobodyContributed"
    assert founder("POST", f"{C}/pools/{made['id']}/pours", pay)["error"] == "PoolEmpty"
    assert share.pools_of(cast.home)[0].held == {}
