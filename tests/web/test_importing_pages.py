"""The pages of importing: upload, choose, preview, run, report, undo; nothing changes before the run."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kith.bring import api as bring
from kith.bring.models import Job
from kith.people import api as people
from tests.bring.files import zipped
from tests.bring.test_discord_format import channel, said
from tests.conftest import NOW, Cast, signed_in

LIST = "谁,城市,编号\n安,重庆,w1\n博,成都,w2\n".encode()


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


def upload(client: Client, content: bytes, format_name: str, name: str = "list.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/c/shanye/import/preview", {"format": format_name, "file": file, **more})


def hidden(page: Any) -> dict[str, list[str]]:
    """Return the fields of the form that imports."""
    _, _, form = page.content.decode().partition('action="/c/shanye/import/run"')
    fields: dict[str, list[str]] = {}
    for part in form.partition("</form>")[0].split("<input ")[1:]:
        name, value = (part.partition(f'{key}="')[2].partition('"')[0] for key in ("name", "value"))
        fields.setdefault(name, []).append(value)
    return fields


def worked(client: Client, asked: Any) -> Any:
    """Look at the import while it waits, have the worker make it, and look again."""
    assert asked.status_code == 302
    assert "hx-trigger" in client.get(asked["Location"]).content.decode()
    bring.work(job_id=int(asked["Location"].rpartition("/")[2]), now=NOW)
    return client.get(asked["Location"])


def names(cast: Cast) -> set[str]:
    return {m.name for m in people.members(cast.home, limit=99)}


def test_a_list_is_uploaded_mapped_previewed_run_and_taken_back(cast: Cast) -> None:
    client = signed_in(cast.operator)
    before = names(cast)
    first = upload(client, LIST, "roster", origin="group")
    assert first.status_code == 200
    assert "<option selected>编号</option>" in first.content.decode()
    assert names(cast) == before
    kept = hidden(first)["kept"][0]
    again = client.post(
        "/c/shanye/import/preview",
        {
            "kept": kept,
            "format": "members",
            "origin": "group",
            "column.id": "编号",
            "column.name": "谁",
            "column.chapter": "城市",
        },
    )
    page = again.content.decode()
    assert "<option selected>谁</option>" in page
    assert names(cast) == before
    done = worked(client, client.post("/c/shanye/import/run", hidden(again)))
    assert done.status_code == 302
    assert names(cast) == before | {"安", "博"}
    (past,) = bring.imports(cast.home)
    assert (past.origin, past.format, past.report.described) == ("group", "members", 2)
    report = client.get(done["Location"]).content.decode()
    assert "list.csv" in report
    client.post(f"/c/shanye/import/{past.id}/undo")
    assert names(cast) == before
    assert client.post("/c/shanye/import/run", hidden(again)).status_code == 410, (
        "the file is gone once it was imported"
    )


def test_the_first_rows_are_shown_as_they_will_be_read(cast: Cast) -> None:
    client = signed_in(cast.operator)
    client.cookies["lang"] = "en"
    content = "编号\t姓名\t用户名\t城市\t入会时间\r\nw1\t安\t@an_1\t重庆\t2023-05-01\r\nw1\t博\t\t\t\r\n".encode(
        "utf-16"
    )
    page = upload(client, content, "members", "people.txt").content.decode()
    _, _, table = page.partition("The first rows, as they are read</h2>")
    table = table.partition("</table>")[0]
    for told in (
        '<td>安 <small class="ink3">w1</small></td><td>@an-1</td><td>重庆</td>',
        "May 1, 2023",
        "<th>Chapter</th><th>Joined</th>",
    ):
        assert told in table
    assert "Headline" not in table
    assert 'colspan="4"' in table
    assert "this identifier stands in the file already" in table
    assert "<option selected>用户名</option>" in page
    assert "The first rows" not in upload(client, b"1704445620,a,b,reply\n", "acts").content.decode()


def test_a_list_whose_columns_are_not_understood_asks_for_them_and_keeps_the_file(cast: Cast) -> None:
    client = signed_in(cast.founder)
    asked = upload(client, "谁\n安\n".encode(), "members")
    page = asked.content.decode()
    assert asked.status_code == 400
    assert 'name="column.name"' in page
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    wrong = client.post("/c/shanye/import/preview", {"kept": kept, "format": "members", "column.name": "姓名"})
    assert (wrong.status_code, "“姓名”" in wrong.content.decode()) == (400, True)
    right = client.post("/c/shanye/import/preview", {"kept": kept, "format": "members", "column.name": "谁"})
    assert right.status_code == 200
    assert hidden(right)["column.name"] == ["谁"]


def test_channels_are_offered_and_only_the_chosen_are_imported(cast: Cast, tmp_path: Path) -> None:
    client = signed_in(cast.founder)
    files = {"a.json": channel(said("one")), "b.json": channel(said("two", "502", "12"), id="78", name="fire")}
    first = upload(client, zipped(tmp_path, files).read_bytes(), "discord", "tea.zip")
    offered = {"kept": hidden(first)["kept"][0], "format": "discord", "channels_offered": "2"}
    assert first.content.decode().count('name="channel"') == 2
    assert "channel" not in hidden(first)
    none = client.post("/c/shanye/import/preview", offered)
    assert none.status_code == 400
    assert "channel" not in hidden(client.post("/c/shanye/import/preview", offered | {"channel": ["tea", "fire"]}))
    one = client.post("/c/shanye/import/preview", offered | {"channel": ["fire"]})
    assert hidden(one)["channel"] == ["fire"]
    assert one.content.decode().count('name="channel" value="tea" >') == 1
    worked(client, client.post("/c/shanye/import/run", hidden(one)))
    assert "Bo Li" in names(cast)
    assert bring.imports(cast.home)[0].report.messages_new == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_bad_lines_and_refusals_are_told_in_the_language_of_the_reader(cast: Cast, language: str) -> None:
    client = signed_in(cast.founder)
    client.cookies["lang"] = language
    page = upload(client, b"id,name\nw1,A\nw1,B\n", "roster").content.decode()
    assert {"en": "this identifier stands in the file already", "zh-hans": "这个编号在文件里已经出现过"}[
        language
    ] in page
    refused = upload(client, b"PK\x03\x04", "roster")
    assert refused.status_code == 400
    assert {"en": "is a spreadsheet", "zh-hans": "是电子表格"}[language] in refused.content.decode()
    wrong = upload(client, json.dumps([1]).encode(), "telegram")
    assert {"en": "holds nothing that Telegram Desktop writes", "zh-hans": "里没有 Telegram Desktop 导出的内容"}[
        language
    ] in wrong.content.decode()


def test_who_does_not_run_the_community_uploads_nothing(cast: Cast, settings: Any) -> None:
    for person, status in ((cast.member, 403), (cast.enemy, 404)):
        assert upload(signed_in(person), LIST, "roster").status_code == status
    assert not (settings.DATA / "imports").exists()


def test_a_file_of_another_community_cannot_be_named(cast: Cast) -> None:
    kept = hidden(upload(signed_in(cast.founder), LIST, "roster"))["kept"][0]
    theirs = signed_in(cast.enemy).post("/c/duian/import/preview", {"kept": kept, "format": "roster"})
    assert theirs.status_code == 410
    climbing = signed_in(cast.enemy).post(
        "/c/duian/import/run", {"kept": f"../{cast.home.pk}/{kept}", "format": "roster"}
    )
    assert climbing.status_code == 410


def test_an_import_that_fails_says_why_keeps_the_file_and_can_be_tried_again(cast: Cast, settings: Any) -> None:
    client = signed_in(cast.founder)
    client.cookies["lang"] = "en"
    fields = hidden(upload(client, LIST, "roster", origin="group"))
    file = next((settings.DATA / "imports" / str(cast.home.pk)).iterdir())
    before = names(cast)
    file.write_bytes(b"")
    page = worked(client, client.post("/c/shanye/import/run", fields)).content.decode()
    assert "is empty" in page
    assert names(cast) == before
    file.write_bytes(LIST)
    worked(client, client.post("/c/shanye/import/run", fields))
    assert names(cast) > before
    assert not file.exists()


def test_an_upload_survives_until_its_import_is_done(cast: Cast, settings: Any) -> None:
    client = signed_in(cast.founder)
    fields = hidden(upload(client, LIST, "roster", origin="group"))
    file = next((settings.DATA / "imports" / str(cast.home.pk)).iterdir())
    asked = client.post("/c/shanye/import/run", fields)
    assert client.post("/c/shanye/import/run", fields)["Location"] == asked["Location"]
    os.utime(file, (0, 0))
    upload(client, LIST, "roster")
    assert file.exists()
    assert signed_in(cast.enemy).get(asked["Location"].replace("shanye", "duian")).status_code == 404
    worked(client, asked)
    assert not file.exists()


def test_progress_is_told_while_a_worker_reads(cast: Cast, settings: Any) -> None:
    client = signed_in(cast.founder)
    client.cookies["lang"] = "en"
    asked = client.post("/c/shanye/import/run", hidden(upload(client, LIST, "roster", origin="group")))
    file = next((settings.DATA / "imports" / str(cast.home.pk)).iterdir())
    Job.objects.update(state="running")
    file.with_name(f"{file.name}.read").write_text("12000")
    assert "12000 entries read" in client.get(asked["Location"]).content.decode()
    assert "Under way" in client.get("/c/shanye/import").content.decode()
