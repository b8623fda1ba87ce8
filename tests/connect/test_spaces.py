"""Spaces: made and arranged by who runs the community, each taking the kinds of post it was made for."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.connect import api as connect
from kith.connect.api import SpaceValue
from kith.connect.models import Space
from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.connect.talk import say


def make(cast: Cast, name: str = "茶", by: Person | None = None, **more: Any) -> SpaceValue:
    return connect.make_space(community=cast.home, name=name, by=by or cast.founder, now=NOW, **more)


def names(cast: Cast, **more: Any) -> list[str]:
    return [s.name for s in connect.spaces(cast.home, **more)]


def test_staff_make_spaces_and_each_is_a_deed(cast: Cast) -> None:
    tea = make(cast, "  茶 ", about="新茶", kinds=["ask", "talk"])
    assert tea == SpaceValue(tea.id, "茶", "新茶", ("talk", "ask"))
    assert make(cast, "米", by=cast.operator, kinds=connect.KINDS).kinds == ()
    assert names(cast) == ["茶", "米"]
    found = [(d.kind, d.by_id) for d in people.deeds(cast.home)]
    assert found == [("connect.space_made", cast.operator.pk), ("connect.space_made", cast.founder.pk)]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "\u200b"}, connect.NoSpaceName),
        ({"name": "米"}, connect.SpaceTaken),
        ({"kinds": ["sermon"]}, connect.UnknownKindOfPost),
        ({"slow_seconds": -1}, connect.BadSlowMode),
        ({"slow_seconds": 86_401}, connect.BadSlowMode),
        ({"by": "member"}, connect.SpaceStaffOnly),
        ({"by": "stranger"}, connect.MembersOnly),
        ({"by": "enemy"}, connect.MembersOnly),
    ],
)
def test_a_space_that_cannot_be_is_refused_and_nothing_changes(cast: Cast, change: dict[str, Any], refusal: type) -> None:  # fmt: skip
    tea = make(cast)
    make(cast, "米")
    by = getattr(cast, change.pop("by", "founder"))
    for act in (connect.make_space, connect.amend_space):
        more = {"space_id": tea.id} if act is connect.amend_space else {}
        with pytest.raises(refusal):
            act(**{"community": cast.home, "name": "水", "by": by, "now": NOW, **more, **change})
    assert connect.spaces(cast.home) == [tea, SpaceValue(tea.id + 1, "米")]


def test_a_new_name_shows_on_the_cards(cast: Cast) -> None:
    tea = make(cast)
    said = say(cast, cast.member, space="茶")
    connect.amend_space(community=cast.home, space_id=tea.id, name="好茶", by=cast.founder, now=NOW)
    shown = connect.one(cast.home, said.id, reader=None)
    assert (shown.space, shown.space_id, shown.version) == ("好茶", tea.id, said.version + 1)


def test_a_space_takes_only_its_kinds(cast: Cast) -> None:
    make(cast, kinds=["ask"])
    with pytest.raises(connect.KindNotHere):
        say(cast, cast.member, space="茶")
    assert say(cast, cast.member, space="茶", kind="ask").space == "茶"
    assert connect.count(cast.home) == 1


def test_in_slow_mode_members_wait_between_two_texts(cast: Cast) -> None:
    tea = make(cast, slow_seconds=60)
    say(cast, cast.member, space="茶")
    with pytest.raises(gather.SlowMode):
        say(cast, cast.member, "再说", space="茶")
    amended = connect.amend_space(community=cast.home, space_id=tea.id, name="好茶", by=cast.founder, now=NOW)
    assert amended.slow_seconds == 60
    connect.amend_space(community=cast.home, space_id=tea.id, slow_seconds=0, by=cast.founder, now=NOW)
    assert say(cast, cast.member, "再说", space="好茶").space == "好茶"


def test_an_archived_space_is_read_and_answered_and_takes_no_new_post(cast: Cast) -> None:
    tea, said = make(cast), None
    said = say(cast, cast.member, space="茶")
    connect.archive_space(community=cast.home, space_id=tea.id, by=cast.operator, now=NOW)
    assert (names(cast), names(cast, archived=True)) == ([], ["茶"])
    with pytest.raises(connect.SpaceArchived):
        say(cast, cast.other, space="茶")
    assert connect.reply(community=cast.home, to=said.id, text="好。", by=cast.other, now=NOW).root_id == said.id
    connect.archive_space(community=cast.home, space_id=tea.id, by=cast.founder, now=NOW, is_archived=False)
    assert say(cast, cast.other, "又开了", space="茶").space == "茶"


def test_spaces_stand_in_the_order_they_were_given(cast: Cast) -> None:
    tea, rice, water = make(cast, "茶"), make(cast, "米"), make(cast, "水")
    connect.order_spaces(community=cast.home, space_ids=[water.id, tea.id], by=cast.founder, now=NOW)
    assert names(cast) == ["水", "茶", "米"]
    theirs = connect.make_space(community=cast.rival, name="对岸", by=cast.enemy, now=NOW)
    with pytest.raises(connect.NoSuchSpace):
        connect.order_spaces(community=cast.home, space_ids=[theirs.id, rice.id], by=cast.founder, now=NOW)
    with pytest.raises(connect.NoSuchSpace):
        connect.space(cast.home, theirs.id)
    assert names(cast) == ["水", "茶", "米"]


def test_what_was_said_in_a_space_is_counted(cast: Cast) -> None:
    tea, _ = make(cast, "茶"), make(cast, "米")
    said = say(cast, cast.member, space="茶")
    connect.reply(community=cast.home, to=said.id, text="好。", by=cast.other, now=NOW)
    gone = say(cast, cast.member, "错了", space="茶")
    connect.delete(community=cast.home, post_id=gone.id, by=cast.member, now=NOW)
    assert connect.space_counts(cast.home) == {tea.id: connect.SpaceCount(1, NOW)}


def test_the_database_knows_the_kinds(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="connect_space_kinds_known"), transaction.atomic():
        Space.objects.create(community=cast.home, name="茶", kinds=["sermon"])
