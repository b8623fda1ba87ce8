"""The small converter of the IRC archive."""

import csv
import io
import tarfile
from pathlib import Path

from bench.irc_to_messages import main

FILES = {
    "data/train/2004-12-25.train-c.ascii.txt": "[23:59] <bo> who knows?\n=== ann joined #ubuntu\n[23:59] <ann> me\n"
    "[00:01] <cy> Bo: and me\n[00:02] * ann waves\n[00:03] <bo> \n[00:03] <dee> ann, both\n",
    "data/train/2004-12-25.train-c.annotation.txt": "0 0 -\n0 2 -\n1 3 -\n2 6 - \n3 6 -\n",
    "data/new-domains/rust.0.ascii.txt": "rust 2018-05-29 [21:20:37] <talchas> but I don't know\n",
    "data/channel-two/channel-two.all.ascii.txt": "[01:00] <Felicia> rat\n",
    "data/channel-two/channel-two.dev.ascii.txt": "[01:00] <Felicia> rat\n",
}


def test_lines_become_messages_and_links_become_answers_and_calls(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "irc.tar.xz", "w:xz") as tar:
        for name, text in FILES.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    main(tmp_path / "irc.tar.xz", tmp_path / "irc.csv")
    with (tmp_path / "irc.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    day = "2004-12-25.train-c"
    assert rows == [
        ["channel-two.all:0", "2007-01-01T01:00:00+00:00", "Felicia", "rat", "", "#linux", ""],
        ["rust.0:0", "2018-05-29T21:20:37+00:00", "talchas", "but I don't know", "", "#rust", ""],
        [f"{day}:0", "2004-12-25T23:59:00+00:00", "bo", "who knows?", "", "#ubuntu", ""],
        [f"{day}:2", "2004-12-25T23:59:00.100000+00:00", "ann", "me", f"{day}:0", "#ubuntu", ""],
        [f"{day}:3", "2004-12-26T00:01:00+00:00", "cy", "Bo: and me", "", "#ubuntu", "bo"],
        [f"{day}:4", "2004-12-26T00:02:00+00:00", "ann", "waves", "", "#ubuntu", ""],
        [f"{day}:6", "2004-12-26T00:03:00+00:00", "dee", "ann, both", f"{day}:3", "#ubuntu", "ann"],
    ]
