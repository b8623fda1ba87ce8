"""What the people paid whom somebody brought: by host and currency, in a time and since they came, without what went back."""

from datetime import datetime, timedelta

from kith.launch import api as launch
from kith.launch.api import PaidBy, Part
from tests.conftest import NOW, Cast
from tests.launch.shop import BOOK, BREW, buy, charge, opened, paid

DAY = timedelta(days=1)


def found(cast: Cast, *came: tuple[int, int, datetime], since: datetime = NOW - DAY, until: datetime = NOW + DAY) -> list[PaidBy]:  # fmt: skip
    return launch.paid_by_guests(cast.home, came, since=since, until=until)


def test_what_guests_paid_counts_for_who_brought_them_without_what_went_back(cast: Cast) -> None:
    opened(cast)
    made = buy(cast, BREW=2)
    paid(cast, made)
    paid(cast, buy(cast, cast.other, "key-00000002", BOOK=1), cast.other)
    charge(cast, buy(cast, cast.core, "key-00000003", BOOK=1), cast.core)  # not paid
    paid(cast, buy(cast, cast.operator, "key-00000004", BOOK=1), cast.operator)  # came by nobody
    launch.refund(community=cast.home, no=made.no, parts=[Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW)
    host, second = cast.founder.pk, cast.member.pk
    came = (
        (host, cast.member.pk, NOW - 9 * DAY),
        (host, cast.core.pk, NOW - 9 * DAY),
        (second, cast.other.pk, NOW - DAY / 2),
    )
    assert found(cast, *came) == [
        PaidBy(None, "CNY", 2, BREW + BOOK, 2),
        PaidBy(host, "CNY", 2, BREW, 1),
        PaidBy(second, "CNY", 2, BOOK, 1),
    ]


def test_only_what_was_paid_in_the_time_and_since_they_came_counts(cast: Cast) -> None:
    opened(cast)
    paid(cast, buy(cast, BREW=1))
    host, guest = cast.founder.pk, cast.member.pk
    before = (host, guest, NOW - DAY)
    assert found(cast, (host, guest, NOW + timedelta(hours=1))) == []
    assert found(cast, before, since=NOW + timedelta(seconds=1)) == []
    assert found(cast, before, until=NOW) == []
    assert [p.kept_minor for p in found(cast, before, since=NOW)] == [BREW, BREW]
    assert found(cast) == []
    assert launch.paid_by_guests(cast.rival, [before], since=NOW - DAY, until=NOW + DAY) == []


def test_it_costs_two_queries_however_many_came(cast: Cast, django_assert_num_queries: object) -> None:
    opened(cast)
    paid(cast, buy(cast, BREW=1))
    came = [(cast.founder.pk, who.pk, NOW - DAY) for who in (cast.member, cast.other, cast.core)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert found(cast, *came)
