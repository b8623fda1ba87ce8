"""Group codes (活码): what is shown when, who is warned, and what is counted."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kith.connect import api as connect
from kith.connect.rules import group_codes as rules
from kith.gather.api import OperatorsOnly
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.connect.codes import picture_of_code, plain_picture


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def made(cast: Cast, *groups: int) -> connect.GroupCode:
    """Return a code with groups that are full at so many."""
    found = connect.make_group_code(community=cast.home, title="春分课", by=cast.operator, now=NOW)
    for n, limit in enumerate(groups, 1):
        facts: dict[str, Any] = {"community": cast.home, "group_code_id": found.id, "by": cast.operator, "now": NOW}
        found = connect.put_group(**facts, name=f"{n} 群", limit=limit)
        found = upload(cast, found, found.groups[-1].id, f"https://weixin.qq.com/g/{n}")
    return found


def upload(cast: Cast, found: connect.GroupCode, group_id: int, says: str, now: datetime = NOW) -> connect.GroupCode:
    file = picture_of_code(says)
    return connect.put_group_picture(
        community=cast.home, group_code_id=found.id, group_id=group_id, file=file, size=9, by=cast.operator, now=now
    )


def shown(found: connect.GroupCode, now: datetime = NOW, before: int | None = None) -> str:
    group = connect.open_group_code(code=found.code, before_id=before, counts=True, now=now)[2]
    return group.name if group else ""


def test_a_code_holds_seven_days_and_is_called_ageing_in_its_sixth() -> None:
    def state(days: float, valid: int = 7, taken: int = 0) -> str:
        return rules.state(has_picture=True, uploaded_at=NOW, valid_days=valid, taken=taken, limit=9, now=later(days))

    assert [state(d) for d in (0, 4.99, 5, 6.99, 7)] == ["fine", "fine", "ageing", "ageing", "expired"]
    assert [state(d, valid=0) for d in (6, 700)] == ["fine", "fine"]
    assert [state(0, taken=8), state(0, taken=9), state(8, taken=9)] == ["fine", "full", "expired"]
    assert state(0, valid=1) == "ageing"


def test_groups_are_shown_in_turn_and_a_visitor_keeps_theirs(cast: Cast) -> None:
    found = made(cast, 2, 200)
    first = found.groups[0].id
    assert [shown(found), shown(found), shown(found)] == ["1 群", "1 群", "2 群"]
    assert shown(found, before=first) == "1 群"  # full for others, and not counted again
    assert connect.group_code(cast.home, found.id, now=NOW).groups[1].shown == 1
    assert connect.visits_of(connect.group_code(cast.home, found.id, now=NOW), connect.day_of(NOW)) == 4


def test_a_program_is_shown_it_and_counted_nowhere(cast: Cast) -> None:
    found = made(cast, 9)
    assert connect.open_group_code(code=found.code, before_id=None, counts=False, now=NOW)[2]
    after = connect.group_code(cast.home, found.id, now=NOW)
    assert (after.visits, after.groups[0].shown) == ((), 0)


def test_an_expired_code_is_shown_to_nobody_until_there_is_a_new_one(cast: Cast) -> None:
    found = made(cast, 9)
    assert shown(found, later(7), before=found.groups[0].id) == ""
    with pytest.raises(connect.SameCodeAgain):
        upload(cast, found, found.groups[0].id, "https://weixin.qq.com/g/1", later(8))
    upload(cast, found, found.groups[0].id, "https://weixin.qq.com/g/new", later(8))
    assert shown(found, later(8)) == "1 群"


def test_a_picture_without_a_code_is_refused_and_changes_nothing(cast: Cast) -> None:
    found = made(cast, 9)
    for file, refusal in ((plain_picture(), connect.NoCodeInPicture), (BytesIO(b"%PDF"), connect.NotAnImage)):
        with pytest.raises(refusal):
            connect.put_group_picture(
                community=cast.home, group_code_id=found.id, group_id=found.groups[0].id, file=file, size=9, by=cast.founder, now=later(1)
            )  # fmt: skip
    assert connect.group_code(cast.home, found.id, now=NOW).groups[0].uploaded_at == NOW


def test_counting_the_heads_anew_forgets_how_often_it_was_shown(cast: Cast) -> None:
    found = made(cast, 2)
    assert [shown(found), shown(found), shown(found)] == ["1 群", "1 群", ""]
    facts: dict[str, Any] = {"community": cast.home, "group_code_id": found.id, "group_id": found.groups[0].id}
    connect.put_group(**facts, name="1 群", limit=2, heads=1, by=cast.operator, now=NOW)
    assert shown(found) == "1 群"


def test_who_runs_it_is_warned_once_before_the_seventh_day(cast: Cast) -> None:
    found = made(cast, 9)
    assert connect.running_out(now=later(4)) == []
    ((_, code, group),) = connect.running_out(now=later(5))
    assert (code.id, code.needs, group.name) == (found.id, True, "1 群")
    assert connect.take_warning(community=cast.home, group_id=group.id, now=later(5))
    assert not connect.take_warning(community=cast.home, group_id=group.id, now=later(5))
    assert connect.running_out(now=later(6)) == []
    assert people.deeds_of(cast.home, subject=f"groupcode:{found.id}")[-1].kind == "connect.group_code_ageing"


def test_only_who_runs_the_community_touches_its_codes(cast: Cast) -> None:
    found = made(cast, 9)
    facts: dict[str, Any] = {"group_code_id": found.id, "group_id": found.groups[0].id, "now": NOW}
    with pytest.raises(OperatorsOnly):
        connect.drop_group(community=cast.home, by=cast.member, **facts)
    with pytest.raises(connect.NoSuchGroupCode):
        connect.drop_group(community=cast.rival, by=cast.enemy, **facts)
    other = connect.make_group_code(community=cast.home, title="另一个", by=cast.founder, now=NOW)
    with pytest.raises(connect.NoSuchGroupCode):
        connect.drop_group(community=cast.home, by=cast.founder, **facts | {"group_code_id": other.id})
    assert len(connect.group_code(cast.home, found.id, now=NOW).groups) == 1
