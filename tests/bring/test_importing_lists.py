"""Lists of people: who never spoke gets a place, what a list says is written, and an undo leaves all as it was."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from kith.bring.api import Options, Row, imports, preview, undo
from kith.bring.data import Note, UnknownColumns
from kith.people import api as people
from kith.people.api import Chapter, Community, Person, Standing, TooManyChapters
from tests.bring.files import written, zipped
from tests.bring.test_discord_format import channel, said
from tests.bring.test_importing import MESSAGES, bring, names, state
from tests.bring.test_telegram_format import account, chat
from tests.bring.test_telegram_format import said as written_there
from tests.conftest import NOW, Cast

MEMBERS = (
    "编号,姓名,城市,职业,入会时间,邮箱\nann,安,重庆,种茶的人,2023-05-01,ann@tea.org\nbo,博,成都,,,\ncy,西,重庆,,,\n"
)
ROSTER = Options(origin="group")


def here(community: Community) -> dict[str, Standing]:
    return {m.name: m for m in people.members(community, limit=99) if m.is_imported}


def details(community: Community) -> dict[str, tuple[str, str, str]]:
    return {name: (m.chapter, m.headline, f"{m.joined_at:%Y-%m-%d}") for name, m in here(community).items()}


def chapters(cast: Cast) -> set[str]:
    return set(Chapter.objects.filter(community=cast.home).values_list("name", flat=True))


def test_members_get_places_with_what_the_list_says_and_no_accounts(cast: Cast, tmp_path: Path) -> None:
    accounts = Person.objects.exclude(email=None).count()
    report = bring(cast, written(tmp_path, MEMBERS, "members.csv"), "members")
    assert (report.people_new, report.described, report.acts_new, report.messages_new) == (3, 3, 0, 0)
    assert details(cast.home) == {
        "安": ("重庆", "种茶的人", "2023-05-01"),
        "博": ("成都", "", "2026-11-20"),
        "西": ("重庆", "", "2026-11-20"),
    }
    assert Person.objects.exclude(email=None).count() == accounts
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bring_alias WHERE external_id LIKE %s", ["%@%"])
        assert cursor.fetchone() == (0,), "who has an identifier is not known by an address"


def test_twice_adds_nothing_and_a_newer_list_says_what_changed(cast: Cast, tmp_path: Path) -> None:
    bring(cast, written(tmp_path, MEMBERS), "members")
    before = state(cast.home) | {"details": details(cast.home)}
    again = bring(cast, written(tmp_path, MEMBERS), "members")
    assert (again.people_new, again.people_known, again.described) == (0, 3, 0)
    assert state(cast.home) | {"details": details(cast.home)} == before
    newer = bring(cast, written(tmp_path, "编号,姓名,城市\nann,安,成都\n"), "members")
    assert newer.described == 1
    assert details(cast.home)["安"] == ("成都", "种茶的人", "2023-05-01")


def test_undo_takes_places_details_and_empty_chapters_back(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, MESSAGES)
    bring(cast, path, "messages", options=ROSTER)
    before = state(cast.home) | {"details": details(cast.home)}
    done = bring(cast, written(tmp_path, MEMBERS + "dee,Dee,北京,,,\n"), "members", options=ROSTER)
    assert (done.people_new, done.people_known, done.described) == (1, 3, 4)
    assert details(cast.home)["Ann"] == ("重庆", "种茶的人", "2023-05-01")
    assert chapters(cast) == {"重庆", "成都", "北京"}
    assert done.batch_id is not None
    assert undo(community=cast.home, batch_id=done.batch_id, by=cast.founder, now=NOW).people == 1
    assert state(cast.home) | {"details": details(cast.home)} == before
    assert chapters(cast) == set()


def test_a_roster_brings_the_silent_of_a_group_and_meets_who_spoke(cast: Cast, tmp_path: Path) -> None:
    bring(cast, written(tmp_path, MESSAGES), "messages")
    roster = written(tmp_path, "wxid,昵称,入群时间\nann,安,2022-01-01\nzoe,佐伊,2022-02-02\n", "roster.csv")
    report = bring(cast, roster, "roster", options=Options(origin="messages"))
    assert (report.people_new, report.people_known) == (1, 1)
    joined = {name: m.joined_at for name, m in here(cast.home).items()}
    assert joined["佐伊"] == datetime(2022, 2, 2, tzinfo=UTC)
    assert joined["Ann"] == datetime(2022, 1, 1, tzinfo=UTC)


def test_who_claimed_an_account_or_spoke_elsewhere_stays_and_speaks_for_themselves(cast: Cast, tmp_path: Path) -> None:
    done = bring(cast, written(tmp_path, MEMBERS), "members")
    ann = Person.objects.get(pk=here(cast.home)["安"].person_id)
    people.merge_person(imported=ann, into=cast.stranger)
    assert bring(cast, written(tmp_path, "编号,职业\nann,a liar\n"), "members").described == 0
    bring(
        cast,
        written(tmp_path, "id,time,from,text\n1,1704445620,bo,hi\n"),
        "messages",
        options=Options(origin="members"),
    )
    assert done.batch_id is not None
    assert undo(community=cast.home, batch_id=done.batch_id, by=None, now=NOW).people == 1
    assert "Ann" in names(cast.home)
    assert details(cast.home)["博"][0] == ""


def test_a_preview_of_a_list_changes_nothing_and_columns_can_be_named(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Where\nAnn,Yard\n")
    before = state(cast.home)
    with pytest.raises(UnknownColumns):
        preview(community=cast.home, format_name="members", path=path, by=cast.founder, now=NOW)
    would = preview(
        community=cast.home, format_name="members", path=path, by=cast.founder, now=NOW,
        options=Options(columns={"name": "Who", "chapter": "Where"}),
    )  # fmt: skip
    assert (would.people_new, would.described) == (1, 1)
    assert state(cast.home) == before
    assert chapters(cast) == set()
    assert imports(cast.home) == []


HANDLES = "id,name,handle\nw0,annie,\nw1,安,annie\nw2,博,苏杭\nw3,西,@Xi_1\n"


def handles(community: Community) -> dict[str, str]:
    return {name: m.handle for name, m in here(community).items()}


def test_a_handle_goes_to_who_is_said_to_have_it_and_is_theirs_from_then_on(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, written(tmp_path, HANDLES), "members")
    given = {"annie": "annie2", "安": "annie", "博": "苏杭2", "西": "Xi-1"}
    assert handles(cast.home) == given, "苏杭 is the member's"
    assert report.notes == (Note("handles_other", {"count": 1}),)
    again = bring(cast, written(tmp_path, "id,name,handle\nw1,安,other\n"), "members")
    assert handles(cast.home) == given, "links and calls stay right"
    assert again.notes == (Note("handles_other", {"count": 1}),)
    assert report.batch_id is not None
    assert again.batch_id is not None
    undo(community=cast.home, batch_id=report.batch_id, by=cast.founder, now=NOW)
    undo(community=cast.home, batch_id=again.batch_id, by=cast.founder, now=NOW)
    assert handles(cast.home) == {}
    bring(cast, written(tmp_path, HANDLES), "members")
    assert handles(cast.home) == given


def test_a_preview_tells_the_first_rows_as_they_are_read(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path, MEMBERS + "dee,Dee,,,soon,\n,Eve,,,,eve@tea.org\n" + "".join(f"p{n},P,,,,\n" for n in range(20))
    )
    rows = preview(community=cast.home, format_name="members", path=path, by=cast.founder, now=NOW).rows
    assert rows[:5] == (
        Row(2, "ann", "安", "安", "重庆", "种茶的人", datetime(2023, 5, 1, tzinfo=UTC)),
        Row(3, "bo", "博", "博", "成都"),
        Row(4, "cy", "西", "西", "重庆"),
        Row(5, reason="bad_time", detail="soon"),
        Row(6, "eve", "Eve", "Eve"),
    )
    assert len(rows) == 8
    assert bring(cast, path, "members").rows == ()


def test_a_wrong_column_makes_no_hundreds_of_chapters(cast: Cast, tmp_path: Path) -> None:
    rows = "".join(f"p{i},138{i:08}\n" for i in range(300))
    before = state(cast.home)
    with pytest.raises(TooManyChapters):
        bring(cast, written(tmp_path, f"name,city\n{rows}"), "members")
    assert state(cast.home) == before


def test_only_the_channels_that_are_chosen_are_taken_and_all_are_told(cast: Cast, tmp_path: Path) -> None:
    path = zipped(
        tmp_path, {"a.json": channel(said("one")), "b.json": channel(said("two", "502", "12"), id="78", name="fire")}
    )
    report = bring(cast, path, "discord", options=Options(channels=frozenset({"fire"})))
    assert report.channels == {"tea": 1, "fire": 1}
    assert report.messages_new == 1
    assert "Bo Li" in names(cast.home)


def test_one_chat_of_an_account_can_be_taken_alone(cast: Cast, tmp_path: Path) -> None:
    content = account(chat(written_there("one")), chat(written_there("two", 502, "user2"), name="Others", id=5))
    path = written(tmp_path, json.dumps(content), "result.json")
    report = bring(cast, path, "telegram", options=Options(channels=frozenset({"茶友群"})))
    assert (report.messages_new, report.channels) == (1, {"茶友群": 1, "Others": 1})
    assert "Bo Li" not in names(cast.home)
