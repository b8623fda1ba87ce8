"""`kith import` from outside: what it prints, how it ends, what it leaves."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bring.files import written
from tests.run.world import Kith, copy_of, prepared, wipe

ACTS = "time,from,to,kind\n1704445620,ann,bo,reply\n1704445700,bo,ann,reply\n5,bo,ann,reply\n"


@pytest.fixture(scope="module")
def kith(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kith]:
    made = copy_of(prepared(), tmp_path_factory.mktemp("import") / "data")
    yield made
    wipe(made)


def facts(kith: Kith, *words: str) -> dict[str, Any]:
    done = kith.run("import", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_story_of_an_import(kith: Kith, tmp_path: Path) -> None:
    path = written(tmp_path, ACTS, "acts.csv")
    here = ("acts", str(path), "--community", "tea")

    lost = kith.run("import", *here)
    assert (lost.returncode, lost.stdout) == (2, "")
    assert "There is no community at “tea”" in lost.stderr

    would = facts(kith, *here, "--create", "Tea friends", "--dry-run")
    assert (would["dry_run"], would["acts_new"], would["people_new"], would["bad_total"]) == (True, 2, 2, 1)
    assert kith.run("import", *here).returncode == 2, "the dry run made no community"

    damaged = kith.run(
        "import", "acts", str(written(tmp_path, b"\x1f\x8bno", "x.gz")), "--community", "tea", "--create", "T"
    )
    assert (damaged.returncode, damaged.stdout) == (2, "")
    assert "is damaged or cut off" in damaged.stderr
    assert kith.run("import", *here).returncode == 2, "the refused file made no community"

    done = kith.run("import", *here, "--create", "Tea friends")
    assert done.returncode == 0, done.stderr
    for line in ("people    2 new, 0 known", "acts      2 new, 0 known", "line 4: the time is before 1990"):
        assert line in done.stdout
    assert "Nobody with an account runs this community yet" in done.stderr

    again = facts(kith, *here)
    assert (again["acts_new"], again["acts_known"], again["people_known"]) == (0, 2, 2)
    first = again["batch_id"] - 1
    assert facts(kith, "--undo", str(first)) == {"batch_id": first, "acts": 2, "messages": 0, "people": 2}
    twice = kith.run("import", "--undo", str(first))
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "taken back already" in twice.stderr
    assert kith.run("import", "--undo", "999").returncode == 2


def test_a_list_is_mapped_and_reasons_follow_the_language(kith: Kith, tmp_path: Path) -> None:
    path = written(tmp_path, "谁,城市\n安,重庆\n安,成都\n", "people.csv")
    here = ("members", str(path), "--community", "list", "--create", "List", "--dry-run")
    unclear = kith.run("import", *here, "--language", "zh-hans")
    assert (unclear.returncode, unclear.stdout) == (2, "")
    assert "看不懂这些列：谁, 城市" in unclear.stderr
    assert "are not understood" in kith.run("import", *here, "--language", "en").stderr
    for wrong in ("name", "name=姓名", "shoe=谁"):
        assert kith.run("import", *here, "--map", wrong).returncode == 2
    would = kith.run("import", *here, "--map", "name=谁", LC_ALL="zh_CN.UTF-8")
    assert "line 3: 文件里已有同名的人" in would.stdout
    assert "described 1 people" in would.stdout
    assert "row       line 2: 安 · @安 · 重庆" in would.stdout
    assert facts(kith, *here, "--map", "name=谁", "--map", "chapter=")["described"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ["acts"],
        ["acts", "x.csv"],
        ["excel", "x.csv", "--community", "tea", "--create", "Tea"],
        ["acts", "nothing.csv", "--community", "tea", "--create", "Tea"],
        ["acts", "x.csv", "--community", "tea", "--create", "Tea", "--founder", "nobody@example.org"],
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence_and_code_2(kith: Kith, words: list[str]) -> None:
    done = kith.run("import", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
