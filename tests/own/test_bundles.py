"""Exports: all that is kept of a person, all of a community; made by a worker, for whoever asked, for a few days."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from kith.connect import api as connect
from kith.own import api as own
from kith.own.models import Bundle
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.own.scene import lived


def unpacked(path: Path) -> dict[str, Any]:
    with ZipFile(path) as packed:
        return {n: json.loads(packed.read(n)) for n in packed.namelist() if n.endswith(".json")}


def test_a_person_gets_all_that_is_kept_of_them(cast: Cast, settings: Any, tmp_path: Any) -> None:
    made = lived(cast, settings, tmp_path)
    asked, _ = own.ask_for_bundle(by=cast.member, now=NOW)
    assert own.make_bundle(bundle_id=asked.id, now=NOW)
    path = own.bundle(person=cast.member, community=None, bundle_id=asked.id, now=NOW).path
    found = unpacked(path)
    assert found["profile.json"][0]["email"] == "su@example.org"
    assert "password" not in found["profile.json"][0]
    assert [p["id"] for p in found["posts.json"]] == [made["ask"], made["reply"]]
    assert {t["why"] for t in found["thanks.json"]} == {"有心", "问得好"}
    assert {m["text"] for m in found["messages.json"]} == {"私下问你一句", "你说"}
    assert [o["no"] for o in found["orders.json"]] == [made["order"]]
    assert found["order_lines.json"][0]["title"]
    assert found["addresses.json"][0]["sent_to"]["phone"] == "13800000000"
    assert found["drafts.json"][0]["text"] == "没写完"
    assert {a["kind_id"] for a in found["acts.json"]} >= {"reply", "thank", "mention"}
    assert "赵穗" in {p["name"] for p in found["people.json"]}
    assert "sealed" not in json.dumps(found)
    with ZipFile(path) as packed:
        assert f"pictures/{made['digest']}.webp" in packed.namelist()
        assert "你的全部数据" in packed.read("README.txt").decode()
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_of_others_private_words_is_in_it(cast: Cast, settings: Any, tmp_path: Any) -> None:
    lived(cast, settings, tmp_path)
    path = tmp_path / "a.zip"
    own.pack_person(person=cast.core, path=path, now=NOW)
    assert "私下" not in json.dumps(unpacked(path), ensure_ascii=False)


def test_an_export_is_for_who_asked_and_for_three_days(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    asked, is_new = own.ask_for_bundle(by=cast.member, now=NOW)
    assert own.ask_for_bundle(by=cast.member, now=NOW) == (asked, False)
    assert is_new
    with pytest.raises(own.NotReady):
        own.bundle(person=cast.member, community=None, bundle_id=asked.id, now=NOW)
    own.make_bundle(bundle_id=asked.id, now=NOW)
    with pytest.raises(own.NoSuchBundle):
        own.bundle(person=cast.other, community=None, bundle_id=asked.id, now=NOW)
    with pytest.raises(own.NoSuchBundle):
        own.bundle(person=cast.member, community=cast.home, bundle_id=asked.id, now=NOW)
    late = NOW + timedelta(days=own.KEPT_DAYS)
    with pytest.raises(own.NoSuchBundle):
        own.bundle(person=cast.member, community=None, bundle_id=asked.id, now=late)
    assert own.sweep_bundles(now=late) == 1
    assert (Bundle.objects.count(), list((tmp_path / "exports").iterdir())) == (0, [])


def test_what_fails_says_so_and_leaves_no_file(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    asked, _ = own.ask_for_bundle(by=cast.operator, community=cast.home, now=NOW)
    people.change_role(community=cast.home, person_id=cast.operator.pk, role="member")
    with pytest.raises(PermissionError):
        own.make_bundle(bundle_id=asked.id, now=NOW)
    assert own.bundles_of(person=cast.operator, community=cast.home, now=NOW)[0].state == "failed"
    assert list((tmp_path / "exports").iterdir()) == []


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    with ZipFile(path) as packed:
        names = [n for n in packed.namelist() if n.endswith(".jsonl")]
        return {Path(n).stem: [json.loads(row) for row in packed.read(n).decode().splitlines()] for n in names}


def test_an_operator_exports_all_but_what_members_keep_to_themselves(cast: Cast, settings: Any, tmp_path: Any) -> None:
    made = lived(cast, settings, tmp_path)
    connect.post(community=cast.rival, text="对岸的话", by=cast.enemy, now=NOW)
    path = tmp_path / "all.zip"
    own.pack_community(community=cast.home, path=path, now=NOW)
    found = tables(path)
    assert {made["ask"], made["theirs"], made["reply"]} <= {p["id"] for p in found["connect_post"]}
    assert [o["no"] for o in found["launch_order"]] == [made["order"]]
    assert found["people_community"][0]["slug"] == cast.home.slug
    assert {p["name"] for p in found["people_person"]} == {"罗", "Olga", "何以南", "苏杭", "赵穗"}
    assert len(found["connect_thank"]) == 2
    text = json.dumps(found, ensure_ascii=False)
    for secret in ("对岸的话", "敌", "私下问你一句", "没写完", "su@example.org", "pbkdf2", "sealed"):
        assert secret not in text, secret
    with ZipFile(path) as packed:
        assert any(n.endswith(f"{made['digest']}.webp") for n in packed.namelist())


def test_the_whole_export_holds_that_too_yet_no_secret(cast: Cast, settings: Any, tmp_path: Any) -> None:
    lived(cast, settings, tmp_path)
    path = tmp_path / "all.zip"
    own.pack_community(community=cast.home, path=path, now=NOW, is_whole=True)
    text = json.dumps(tables(path), ensure_ascii=False)
    assert "私下问你一句" in text
    assert "su@example.org" in text
    assert "pbkdf2" not in text
