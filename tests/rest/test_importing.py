"""A group's history comes in by the API: upload, dry run, start, state, report, undo."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.bring import api as bring
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.rest.calling import ROOT, Calls

HERE = "/communities/shanye/imports"
LIST = "谁,城市,编号,用户名\n安,重庆,w1,an\n博,成都,w1,\n".encode()
COLUMNS = {"name": "谁"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


def upload(calls: Calls, content: bytes = LIST, name: str = "list.csv", **fields: str) -> Any:
    sent = {"format": "members", "file": SimpleUploadedFile(name, content), **fields}
    response = calls.client.post(f"{ROOT}{HERE}/files", sent)
    calls.status = response.status_code
    return response.json()


def names(cast: Cast) -> set[str]:
    return {m.name for m in people.members(cast.home, limit=99)}


def test_a_list_is_uploaded_previewed_imported_and_taken_back(cast: Cast) -> None:
    calls, before = Calls(cast.operator, "admin"), names(cast)
    kept = upload(calls)
    assert calls.status == 201
    assert {key: kept[key] for key in ("format", "name", "size")} == {
        "format": "members",
        "name": "list.csv",
        "size": len(LIST),
    }
    wanted = {"file": kept["file"], "format": "members", "columns": COLUMNS, "origin": "group"}
    would = calls("POST", f"{HERE}/previews", wanted)
    assert calls.status == 200
    assert (would["report"]["dry_run"], would["report"]["people_new"], would["report"]["bad_total"]) == (True, 1, 1)
    assert would["report"]["bad"] == [
        {"line": 3, "reason": "twice", "why": "this identifier stands in the file already", "detail": "w1"}
    ]
    assert [(row["name"], row["handle"], row["chapter"], row["reason"]) for row in would["rows"]] == [
        ("安", "an", "重庆", ""), ("", "", "", "twice"),
    ]  # fmt: skip
    assert would["columns"]["taken"]["handle"] == "用户名"
    assert names(cast) == before
    job = calls("POST", HERE, wanted)
    assert (calls.status, job["state"], job["import_id"], job["name"]) == (201, "waiting", None, "list.csv")
    assert calls("POST", HERE, wanted)["id"] == job["id"], "asked twice, imported once"
    assert [one["id"] for one in calls("GET", HERE)["under_way"]] == [job["id"]]
    bring.work(job_id=job["id"], now=NOW)
    assert names(cast) == before | {"安"}
    done = calls("GET", f"{HERE}/jobs/{job['id']}")
    assert (done["state"], done["file"], done["fault"]) == ("done", None, None)
    listed = calls("GET", HERE)
    assert listed["under_way"] == []
    assert [(one["id"], one["origin"], one["undone_at"]) for one in listed["imports"]] == [
        (done["import_id"], "group", None)
    ]
    report = calls("GET", f"{HERE}/{done['import_id']}")["report"]
    assert (report["people_new"], report["described"], report["dry_run"]) == (1, 1, False)
    assert calls("POST", f"{HERE}/{done['import_id']}/undo") == {"acts": 0, "messages": 0, "people": 1}
    assert names(cast) == before
    assert calls("POST", f"{HERE}/{done['import_id']}/undo")["error"] == "UndoneAlready"
    assert (calls.status, calls("POST", HERE, wanted)["error"]) == (409, "FileGone")
    assert calls.status == 410


def test_an_import_that_fails_says_why_in_the_callers_language_and_keeps_the_file(cast: Cast, settings: Any) -> None:
    calls = Calls(cast.founder, language="zh-hans")
    kept = upload(calls)["file"]
    job = calls("POST", HERE, {"file": kept, "format": "slack"})
    bring.work(job_id=job["id"], now=NOW)
    failed = calls("GET", f"{HERE}/jobs/{job['id']}")
    assert (failed["state"], failed["file"], failed["fault"]["error"]) == ("failed", kept, "NotAnArchive")
    assert "list.csv" in failed["fault"]["sentence"]
    assert "not an export" not in failed["fault"]["sentence"]
    assert (settings.DATA / "imports" / str(cast.home.pk) / kept).read_bytes() == LIST


@pytest.mark.parametrize(
    ("sent", "status", "error"),
    [
        ({"format": "excel"}, 400, "UnknownFormat"),
        ({"format": ""}, 422, "InvalidInput"),
        ({"file": b""}, 422, "InvalidInput"),
    ],
)
def test_what_cannot_be_uploaded_is_refused_and_kept_nowhere(
    cast: Cast, settings: Any, sent: dict[str, Any], status: int, error: str
) -> None:
    calls = Calls(cast.founder)
    assert (upload(calls, **sent)["error"], calls.status) == (error, status)
    assert not (settings.DATA / "imports").exists()


def test_a_larger_file_is_taken_here_than_elsewhere_but_not_any(cast: Cast) -> None:
    calls = Calls(cast.founder)
    upload(calls, b"#" * 11_500_000)
    assert calls.status == 201
    for path, length in ((f"{HERE}/files", 2_100_000_000), ("/communities/shanye/images", 11_500_000)):
        response = calls.client.generic("POST", f"{ROOT}{path}", b"", CONTENT_LENGTH=str(length))
        assert (response.status_code, response.json()["error"]) == (413, "TooLarge")


@pytest.mark.parametrize("name", ["", "..", "nothing.csv", "字" * 200, "a/../../../secret.key"])
def test_a_file_that_is_not_there_cannot_be_named(cast: Cast, name: str) -> None:
    calls = Calls(cast.founder)
    for path in (HERE, f"{HERE}/previews"):
        calls("POST", path, {"file": name, "format": "members"})
        assert calls.status == (410 if name else 422)


def test_a_file_of_another_community_cannot_be_named(cast: Cast) -> None:
    kept = upload(Calls(cast.founder))["file"]
    theirs = Calls(cast.enemy)
    theirs("POST", "/communities/duian/imports/previews", {"file": kept, "format": "members"})
    assert theirs.status == 410


def test_columns_that_are_not_understood_are_named(cast: Cast) -> None:
    calls = Calls(cast.founder)
    kept = upload(calls, "谁\n安\n".encode())["file"]
    found = calls("POST", f"{HERE}/previews", {"file": kept, "format": "members"})
    assert (calls.status, found["error"], found["facts"]["columns"]) == (400, "UnknownColumns", "谁")


@pytest.mark.parametrize("name", ["!!!", "字" * 90 + ".csv", "a b\\c.csv"])
def test_any_name_of_a_file_is_taken(cast: Cast, name: str) -> None:
    kept = upload(Calls(cast.founder), LIST, name)
    assert len(os.fsencode(kept["file"])) < 250
    assert kept["name"]
