"""What an import does to a community, and what taking it back undoes."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kith.bring.api import (
    NoSuchImport,
    Options,
    Report,
    StaffOnly,
    UndoneAlready,
    imports,
    one_import,
    preview,
    run,
    undo,
)
from kith.bring.data import BadOrigin, DamagedFile
from kith.connect import api as connect
from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Community, Person
from tests.bring.files import written, zipped
from tests.conftest import NOW, Cast, settle

ACTS = (
    "time,from,to,kind,weight\n"
    "1704445620,ann,bo,reply,2\n"
    "1704445620,ann,bo,reply,2\n"
    "1704445700,bo,ann,a2q,\n"
    "1704445800,cy,ann,poked,0.5\n"
    "1704445900,cy,cy,reply,\n"
    "0,cy,ann,reply,\n"
)
MESSAGES = (
    "id,time,from,name,text,reply_to,channel\n"
    "m1,1704445620,ann,Ann,who has seeds?,,tea\n"
    "m2,1704445680,bo,Bo,I have,m1,tea\n"
    "m3,1704445740,cy,Cy,@Ann @bo me too,m2,tea\n"
    "m4,1704449999,ann,Ann,thanks,,tea\n"
)


def bring(cast: Cast, path: Path, format_name: str = "acts", **more: Any) -> Report:
    return run(community=cast.home, format_name=format_name, path=path, by=cast.founder, now=NOW, **more)


def state(community: Community) -> dict[str, object]:
    """Everything an import may touch."""
    return {
        "people": people.count(community),
        "members": sorted(m.handle for m in people.members(community, limit=1000)),
        "posts": connect.count(community),
        "ties": energy.ties(community, at=NOW),
        "acts": energy.totals(community)["acts"],
    }


def names(community: Community) -> set[str]:
    return {m.name for m in people.members(community, limit=1000)}


def ties(cast: Cast) -> dict[tuple[str, str], int]:
    place = {m.person_id: m.name for m in people.members(cast.home, limit=1000)}
    return {(place[t.a_id], place[t.b_id]): t.acts for t in energy.ties(cast.home, at=NOW)}


def test_acts_become_people_ties_and_a_report(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, written(tmp_path, ACTS, "acts.csv"))
    assert (report.people_new, report.people_known, report.acts_new, report.acts_known) == (3, 0, 5, 0)
    assert report.kinds == {"reply": 3, "answer": 1, "other": 1}
    assert report.unknown_kinds == {"poked": 1}
    assert (report.bad_total, report.bad_reasons) == (1, {"before_1990": 1})
    assert [(line.line, line.reason) for line in report.bad] == [(7, "before_1990")]
    assert (report.first_at, report.last_at) == (NOW.fromtimestamp(1704445620, NOW.tzinfo), NOW.fromtimestamp(1704445900, NOW.tzinfo))  # fmt: skip
    assert ties(cast) == {("ann", "bo"): 2, ("bo", "ann"): 1, ("cy", "ann"): 1}
    assert energy.totals(cast.home)["acts"] == 5, "an act toward oneself stands in the book and ties nobody"
    assert min(m.joined_at for m in people.members(cast.home, limit=99) if m.is_imported) == report.first_at
    assert energy.compare(cast.home).is_equal
    assert all(p.is_imported for p in people.members(cast.home, limit=99) if p.name in {"ann", "bo", "cy"})


def test_importing_twice_adds_nothing(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, ACTS)
    bring(cast, path)
    before = state(cast.home)
    again = bring(cast, path)
    assert (again.people_new, again.people_known, again.acts_new, again.acts_known) == (0, 3, 0, 5)
    assert state(cast.home) == before


def test_a_longer_file_of_the_same_origin_adds_only_what_is_new(cast: Cast, tmp_path: Path) -> None:
    bring(cast, written(tmp_path, ACTS))
    more = bring(cast, written(tmp_path, ACTS + "1704446000,dee,ann,thank,\n1704445620,ann,bo,reply,2\n"))
    assert (more.people_new, more.acts_new, more.acts_known) == (1, 2, 5)
    assert ties(cast)["ann", "bo"] == 3


def test_another_origin_has_other_people(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "1 2 1704445620\n")
    bring(cast, path)
    other = bring(cast, path, options=Options(origin="city two"))
    assert (other.people_new, other.acts_new) == (2, 1)
    assert {"1", "2"} <= names(cast.home)
    assert len(energy.ties(cast.home, at=NOW)) == 2


def test_messages_become_threads_replies_and_mentions(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, written(tmp_path, MESSAGES), "messages")
    assert (report.messages_new, report.messages_known, report.people_new) == (4, 0, 3)
    assert ties(cast) == {("Bo", "Ann"): 1, ("Cy", "Bo"): 2, ("Cy", "Ann"): 1}
    posts = connect.feed(cast.home, reader=None).posts
    assert [(p.text, p.author.name, p.space, p.replies) for p in posts] == [
        ("thanks", "Ann", "tea", 0),
        ("who has seeds?", "Ann", "tea", 2),
    ]
    again = bring(cast, written(tmp_path, MESSAGES), "messages")
    assert (again.messages_new, again.messages_known, again.acts_new) == (0, 4, 0)


def test_speaking_next_is_a_tie_only_when_asked_for_and_within_half_an_hour(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,time,from,text,channel\n1,1704445620,ann,a,tea\n2,1704445680,bo,b,tea\n3,1704445681,bo,c,tea\n"
        "4,1704445682,cy,d,other\n5,1704447482,ann,e,tea\n6,1704445690,cy,f,tea\n",
    )
    bring(cast, path, "messages")
    assert ties(cast) == {}
    report = bring(cast, path, "messages", options=Options(spoke_next=True))
    assert (report.messages_new, report.acts_new) == (0, 3)
    assert ties(cast) == {("bo", "ann"): 1, ("cy", "bo"): 1, ("ann", "cy"): 1}
    assert bring(cast, path, "messages", options=Options(spoke_next=True)).acts_new == 0


def test_slack_brings_the_silent_and_marks_bots(cast: Cast, tmp_path: Path) -> None:
    users = [{"id": "U1", "name": "ann"}, {"id": "U2", "name": "silent"}, {"id": "U3", "name": "robot", "is_bot": True}]
    day = [
        {"user": "U1", "ts": "1704445620.1", "text": "hi <@U2>"},
        {"user": "U3", "ts": "1704445621.1", "text": "built", "thread_ts": "1704445620.1"},
    ]
    report = bring(cast, zipped(tmp_path, {"users.json": users, "tea/2024-01-05.json": day}), "slack")
    assert (report.people_new, report.messages_new) == (3, 2)
    bots = {m.name: m.is_bot for m in people.members(cast.home, limit=99)}
    assert (bots["ann"], bots["silent"], bots["robot"]) == (False, False, True)
    assert ties(cast)["ann", "silent"] == 1


def test_a_wechat_quotation_of_somebody_unseen_is_a_tie(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[{"seq":1,"time":"2024-01-05T09:00:00+08:00","talker":"1@chatroom","talkerName":"群","sender":"wxid_b",'
        '"senderName":"小李","type":49,"subType":57,"content":"我有","contents":{"refer":{"sender":"wxid_a","content":"x"}}}]',
    )
    report = bring(cast, path, "wechat")
    assert (report.people_new, report.messages_new) == (2, 1)
    assert ties(cast) == {("小李", "wxid_a"): 1}


def test_a_preview_tells_what_would_happen_and_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    before = state(cast.home)
    path = written(tmp_path, ACTS)
    would = preview(community=cast.home, format_name="acts", path=path, by=cast.founder, now=NOW)
    assert (would.dry_run, would.batch_id, would.people_new, would.acts_new, would.bad_total) == (True, None, 3, 5, 1)
    assert state(cast.home) == before
    assert imports(cast.home) == []
    did = bring(cast, path)
    assert (did.people_new, did.acts_new, did.kinds) == (would.people_new, would.acts_new, would.kinds)


def test_a_file_that_breaks_off_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    before = state(cast.home)
    lines = "time,from,to,kind\n" + "".join(f"{1704445620 + i},p{i % 50},q{i % 60},reply\n" for i in range(20_000))
    packed = gzip.compress(lines.encode())
    with pytest.raises(DamagedFile):
        bring(cast, written(tmp_path, packed[: len(packed) // 2]))
    assert state(cast.home) == before
    assert imports(cast.home) == []


def test_undo_takes_all_back_and_importing_again_brings_all_back(cast: Cast, tmp_path: Path) -> None:
    before = state(cast.home)
    path = written(tmp_path, MESSAGES)
    done = bring(cast, path, "messages")
    after = state(cast.home)
    assert done.batch_id is not None
    undone = undo(community=cast.home, batch_id=done.batch_id, by=cast.founder, now=NOW)
    assert (undone.acts, undone.messages, undone.people) == (done.acts_new, 4, 3)
    assert state(cast.home) == before
    assert energy.compare(cast.home).is_equal
    again = bring(cast, path, "messages")
    assert (again.people_new, again.messages_new, again.acts_new) == (3, 4, done.acts_new)
    assert state(cast.home) == after
    assert energy.compare(cast.home).is_equal


def test_undo_of_acts_leaves_what_another_import_brought(cast: Cast, tmp_path: Path) -> None:
    first = bring(cast, written(tmp_path, ACTS))
    second = bring(cast, written(tmp_path, "1704446000,ann,dee,thank\n"))
    assert first.batch_id is not None
    assert second.batch_id is not None
    undone = undo(community=cast.home, batch_id=first.batch_id, by=None, now=NOW)
    assert (undone.acts, undone.people) == (5, 2)
    assert ties(cast) == {("ann", "dee"): 1}
    assert not {"bo", "cy"} & names(cast.home)
    assert undo(community=cast.home, batch_id=second.batch_id, by=None, now=NOW).people == 2
    assert ties(cast) == {}


def test_an_import_that_added_nothing_holds_nobody_back(cast: Cast, tmp_path: Path) -> None:
    before = state(cast.home)
    for text, format_name in ((ACTS, "acts"), (MESSAGES, "messages")):
        first = bring(cast, written(tmp_path, text), format_name)
        bring(cast, written(tmp_path, text), format_name)
        assert first.batch_id is not None
        undo(community=cast.home, batch_id=first.batch_id, by=None, now=NOW)
        assert state(cast.home) == before


def test_undo_leaves_people_who_speak_in_another_import(cast: Cast, tmp_path: Path) -> None:
    first = bring(cast, written(tmp_path, MESSAGES), "messages")
    bring(cast, written(tmp_path, "id,time,from,text\nm9,1704445620,cy,alone\n"), "messages")
    assert first.batch_id is not None
    assert undo(community=cast.home, batch_id=first.batch_id, by=None, now=NOW).people == 2
    assert "Cy" in names(cast.home)


def test_undo_leaves_people_whom_somebody_has_met_since(cast: Cast, tmp_path: Path) -> None:
    done = bring(cast, written(tmp_path, MESSAGES), "messages")
    bo = next(m for m in people.members(cast.home, limit=99) if m.name == "Bo")
    act = energy.NewAct(cast.founder.pk, "welcome", NOW, "welcome:1", "test", other_id=bo.person_id)
    energy.record(community=cast.home, acts=[act])
    assert done.batch_id is not None
    assert undo(community=cast.home, batch_id=done.batch_id, by=None, now=NOW).people == 2
    assert "Bo" in names(cast.home)


def test_who_claimed_an_account_is_found_by_the_next_import(cast: Cast, tmp_path: Path) -> None:
    bring(cast, written(tmp_path, ACTS))
    ann = next(m for m in people.members(cast.home, limit=99) if m.name == "ann")
    people.merge_person(imported=Person.objects.get(pk=ann.person_id), into=cast.member)
    report = bring(cast, written(tmp_path, MESSAGES), "messages", options=Options(origin="acts"))
    assert (report.people_new, report.people_known) == (0, 3)
    assert {p.author.person_id for p in connect.feed(cast.home, reader=None).posts} == {cast.member.pk}


def test_names_are_made_safe_and_addresses_are_not_shown(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,time,from,name,text\n1,1704445620,a@b.org,,x\n2,1704445620,x1,\u202eevil\x07 name,x\n3,1704445620,77,,x\n",
    )
    bring(cast, path, "messages")
    assert {"a", "evil name", "77"} <= names(cast.home)


def test_only_those_who_run_the_community_import_and_take_back(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, ACTS)
    done = bring(cast, path)
    assert done.batch_id is not None
    before = state(cast.home)
    for person in (cast.member, cast.core, cast.stranger, cast.enemy):
        for act in (run, preview):
            with pytest.raises(StaffOnly):
                act(community=cast.home, format_name="acts", path=path, by=person, now=NOW)
        with pytest.raises(StaffOnly):
            undo(community=cast.home, batch_id=done.batch_id, by=person, now=NOW)
    with pytest.raises(NoSuchImport):
        undo(community=cast.rival, batch_id=done.batch_id, by=cast.enemy, now=NOW)
    with pytest.raises(NoSuchImport):
        one_import(cast.rival, done.batch_id)
    assert state(cast.home) == before
    undo(community=cast.home, batch_id=done.batch_id, by=cast.operator, now=NOW)
    with pytest.raises(UndoneAlready):
        undo(community=cast.home, batch_id=done.batch_id, by=cast.operator, now=NOW)


def test_past_imports_are_listed_with_their_reports(cast: Cast, tmp_path: Path) -> None:
    first = bring(cast, written(tmp_path, ACTS, "\u202eacts.csv"))
    run(
        community=cast.home, format_name="messages", path=written(tmp_path, MESSAGES), by=None, now=NOW + timedelta(hours=1)
    )  # fmt: skip
    newest, oldest = imports(cast.home)
    assert (newest.format, newest.by, oldest.format, oldest.by) == ("messages", "", "acts", "罗")
    assert oldest.file_name == "acts.csv"
    assert oldest.report == first
    assert first.batch_id is not None
    assert one_import(cast.home, first.batch_id) == oldest


def test_an_origin_must_be_short(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(BadOrigin):
        bring(cast, written(tmp_path, ACTS), options=Options(origin="o" * 31))


def test_bad_lines_beyond_the_first_hundred_are_counted(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, written(tmp_path, "time,from,to\n" + "\x01soon\x00,a,b\n".replace("\x00", "") * 250))
    assert (report.bad_total, len(report.bad), report.bad[0].detail) == (250, 100, "soon")


@pytest.mark.usefixtures("committed")
def test_two_imports_at_once_make_everybody_once(tmp_path: Path) -> None:
    cast = settle()
    path = written(tmp_path, ACTS)

    def one() -> Report:
        try:
            return bring(cast, path)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        reports = [task.result() for task in [threads.submit(one), threads.submit(one)]]
    assert sorted(report.acts_new for report in reports) == [0, 5]
    assert sorted(report.people_new for report in reports) == [0, 3]
    assert ties(cast) == {("ann", "bo"): 2, ("bo", "ann"): 1, ("cy", "ann"): 1}
