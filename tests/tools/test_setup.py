"""Setting up with one word."""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools import assets

ROOT = Path(__file__).resolve().parents[2]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_lock_names_versions_and_digests_and_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    wanted = json.loads((ROOT / "package.json").read_text())
    pinned = wanted["dependencies"] | wanted["devDependencies"]
    packages = {name.removeprefix("node_modules/"): facts for name, facts in lock["packages"].items() if name}
    assert {name: facts["version"] for name, facts in packages.items()} == pinned
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())
    assert "resolved" not in {key for facts in packages.values() for key in facts}


def test_every_icon_of_the_list_is_in_the_sprite_and_can_be_seen() -> None:
    names = assets.ICONS.read_text().split()
    assert len(set(names)) == len(names)
    sprite = ET.fromstring((assets.VENDOR / "icons.svg").read_text())  # noqa: S314 -- our own file
    assert {symbol.get("id") for symbol in sprite} == set(names)
    assert all(len(symbol) > 0 and symbol.get("viewBox") == "0 0 24 24" for symbol in sprite)
    assert set(sprite.attrib) == set()


def test_an_icon_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Lucide has no icon named 'no-such-icon'"):
        assets.sprite(["no-such-icon"])


def test_the_headline_face_is_cut_in_slices_that_all_exist() -> None:
    css = (assets.VENDOR / "serif.css").read_text()
    assert "font-family: 'Kith Headline'" in css
    assert ".woff)" not in css
    names = {part.partition(")")[0] for part in css.split("url(")[1:]}
    assert names == {f"serif/{path.name}" for path in (assets.VENDOR / "serif").iterdir()}


def test_an_old_python_is_refused_with_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = make("--always-make", f"PYTHON={old}", ".venv/.made")
    assert done.returncode != 0
    assert "Kith needs Python 3.11 or newer" in done.stderr


def test_each_target_is_one_word_and_asks_for_what_it_needs() -> None:
    for target in ("setup", "run", "test", "lint", "types", "shape", "translations", "check", "bench", "demo"):
        assert make("--dry-run", target).returncode == 0
    assert "kith serve" in make("--dry-run", "run").stdout
