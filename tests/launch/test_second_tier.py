"""A second tier: off, unless the founder has signed; then for who brought the promoter, and for nobody above."""

from datetime import timedelta

import pytest

from kith.launch import api as launch
from kith.launch.models import Channel
from kith.launch.rules.channels import Met, above
from kith.people.api import Person, change_role
from kith.share import api as share
from kith.share.api import Cut
from tests.conftest import NOW, Cast
from tests.launch.channels import channel, credits_of, sold, touched
from tests.launch.shop import assert_clean, opened
from tests.launch.test_faults_attribution import rule

BEFORE = NOW - timedelta(hours=1)


@pytest.fixture
def chain(cast: Cast) -> Cast:
    """赵穗 brought 何以南, who now brings the launch to others; both have a link."""
    opened(cast)
    rule(cast, bond_days=30)
    touched(channel(cast, cast.other, now=BEFORE), cast.core)
    sold(cast, cast.core, key="key-0000000a", BREW=1)
    channel(cast, now=BEFORE)
    return cast


def signed(cast: Cast, second: int = 50_000) -> None:
    share.sign_second_tier(community=cast.home, text_version=share.ACK_VERSION, name="罗振", by=cast.founder, now=NOW)
    share.write_rule(
        community=cast.home, cuts=[Cut("channel", 100_000), Cut("second", second)], by=cast.founder, now=NOW
    )


def bought(cast: Cast, by: Person) -> dict[str, str]:
    """Return who is credited with what somebody bought by 何以南's link, a moment later."""
    link = Channel.objects.get(person=cast.core)
    launch.touch(code=link.code, reader=by, visitor=launch.new_visitor(), now=NOW + timedelta(minutes=1))
    made = sold(cast, by, key="key-0000000b", now=NOW + timedelta(minutes=2), BREW=1)
    names = {p.pk: p.name for p in (cast.core, cast.other)}
    return {c.role: names[c.person_id] for c in credits_of(made)}


def test_unsigned_there_is_one_tier(chain: Cast) -> None:
    share.write_rule(community=chain.home, cuts=[Cut("channel", 100_000)], by=chain.founder, now=NOW)
    assert bought(chain, chain.member) == {"promoter": "何以南"}
    assert_clean()


def test_signed_who_brought_the_promoter_has_theirs_and_it_is_still_one_sale_of_one_channel(chain: Cast) -> None:
    signed(chain)
    assert bought(chain, chain.member) == {"promoter": "何以南", "second": "赵穗"}
    assert_clean()
    (doubt,) = launch.channel_plan(chain.home, "autumn").doubts  # everybody here has the same telephone
    launch.judge_doubt(community=chain.home, doubt_id=doubt.id, is_fine=True, by=chain.operator, now=NOW)
    assert doubt.promoter == "何以南"
    found = {r.channel.name: r.orders for r in launch.channel_plan(chain.home, "autumn").results}
    assert found == {"何以南": 1, "赵穗": 1}  # what 何以南 bought herself came by 赵穗
    paid = {
        p.payee.role: p.amount_minor
        for p in share.promises_of_sale(chain.home, launch.orders_of(chain.home, chain.member)[0].no)
    }
    assert (paid["channel"], paid["second"]) == (1487, 743)


def test_a_rule_without_a_second_tier_or_a_top_that_runs_the_place_pays_none(chain: Cast) -> None:
    signed(chain)
    change_role(community=chain.home, person_id=chain.other.pk, role="operator")
    assert bought(chain, chain.member) == {"promoter": "何以南"}


def test_the_top_never_has_a_second_share_of_what_they_buy_themselves(chain: Cast) -> None:
    signed(chain)
    # 赵穗 buys by the link of 何以南, who is bound to her: nobody is paid, or the two would pay one another.
    assert bought(chain, chain.other) == {}
    assert_clean()


@pytest.mark.parametrize("top", [1, 2, 3])
def test_never_the_buyer_nor_the_promoter_nor_who_is_bound_to_the_buyer(top: int) -> None:
    met, bond = Met(7, 2, NOW), Met(8, top, BEFORE)
    assert above(met, bond, buyer_id=1, placed_at=NOW, below={3}) is None
    assert above(met, Met(8, 4, BEFORE), buyer_id=1, placed_at=NOW, below={3}) == Met(8, 4, BEFORE)
    assert above(met, Met(8, 4, NOW + timedelta(seconds=1)), buyer_id=1, placed_at=NOW, below=set()) is None
