"""Mail archives as they are found in public."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import EmptyFile, MessageLine, NotAnArchive
from kith.lib.errors import Refusal
from tests.bring.files import bad, gzipped, messages, read, survived, written

START = "From ann at tea.org  Sat Jan  3 01:05:34 1998\n"


def mail(*headers: str, body: str = "Hello", start: str = START) -> str:
    return start + "\n".join(headers) + "\n\n" + body + "\n\n"


def one(tmp_path: Path, text: str | bytes) -> MessageLine:
    items = read("mbox", written(tmp_path, text))
    assert bad(items) == []
    (line,) = messages(items)
    return line


PIPERMAIL = mail(
    "From: ann at tea.org (Ann Lee)",
    "Date: Sat, 3 Jan 1998 01:05:34 +0100",
    "Subject: [Tea] First",
    "Message-ID: <1@tea.org>",
    body="Who has seeds?\n-- \nAnn",
) + mail(
    "From: bo at tea.org (=?utf-8?B?546L5aSn?=)",
    "Date: Sat, 3 Jan 1998 02:00:00 +0000",
    "Subject: [Tea] Re: First",
    "In-Reply-To: <1@tea.org>",
    "References: <0@tea.org> <1@tea.org>",
    "Message-ID: <2@tea.org>",
    body="> Who has seeds?\n> a\n> b\n> c\n> d\nI have.\n>From my garden.\n" + "_" * 47 + "\nTea mailing list",
    start="From bo at tea.org  Sat Jan  3 02:00:00 1998\n",
)


def test_an_archive_of_a_public_list_gives_people_replies_and_the_list(tmp_path: Path) -> None:
    first, second = messages(read("mbox", gzipped(tmp_path, PIPERMAIL.encode())))
    assert (first.key, first.author, first.author_name) == ("1@tea.org", "ann@tea.org", "Ann Lee")
    assert first.at == datetime(1998, 1, 3, 0, 5, 34, tzinfo=UTC)
    assert first.text == "[Tea] First\n\nWho has seeds?"
    assert (second.author, second.author_name, second.reply_to) == ("bo@tea.org", "王大", "1@tea.org")
    assert second.text == "> Who has seeds?\n> a\n> b\n> …\nI have.\nFrom my garden."
    assert (first.channel, second.channel) == ("Tea", "Tea")
    assert (first.line, second.line) == (1, 11)


@pytest.mark.parametrize(
    ("sender", "address", "name"),
    [
        ("Ann Lee <Ann@Tea.org>", "ann@tea.org", "Ann Lee"),
        ('"Lee, Ann" <ann@tea.org>', "ann@tea.org", "Lee, Ann"),
        ("ann@tea.org (Ann)", "ann@tea.org", "Ann"),
        ("ann at tea.org", "ann@tea.org", ""),
        ("Ann Lee <ann at tea.org>", "ann@tea.org", "Ann Lee"),
        ("=?iso-8859-1?Q?J=F6rg?= <j@x.de>", "j@x.de", "Jörg"),
        ("=?nonsense?Q?J=F6rg?= <j@x.de>", "j@x.de", "Jörg"),
        ("=?utf-8?B?broken= <j@x.de>", "j@x.de", None),
        ("Ann \u202eLee <ann@tea.org>", "ann@tea.org", "Ann Lee"),
        ("somebody", "somebody", "somebody"),
    ],
)
def test_the_writer_is_found_in_every_usual_form(tmp_path: Path, sender: str, address: str, name: str | None) -> None:
    line = one(tmp_path, mail(f"From: {sender}", "Date: Sat, 3 Jan 1998 01:05:34 +0000", "Subject: x"))
    assert line.author == address
    if name is not None:
        assert line.author_name == name


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Sat, 3 Jan 1998 01:05:34 +0000 (GMT)", 1),
        ("3 Jan 1998 02:05:34 +0100", 1),
        ("Sat, 03 Jan 1998 01:05:34 Pacific Standard Time", 1),
        ("1998-01-03 01:05:34", 1),
        ("nonsense", 1),
        ("Sat, 3 Jan 1998 99:05:34 +0000", 1),
    ],
)
def test_a_broken_date_is_mended_or_taken_from_the_line_that_starts_the_mail(
    tmp_path: Path, date: str, hour: int
) -> None:
    line = one(tmp_path, mail("From: a@b.c", f"Date: {date}", "Subject: x"))
    assert line.at == datetime(1998, 1, 3, hour, 5, 34, tzinfo=UTC)


MIME = "Content-Type: multipart/alternative; boundary=b"


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ([MIME], "--b\nContent-Type: text/html\n\n<p>no</p>\n--b\nContent-Type: text/plain\n\nyes\n--b--", "yes"),
        (["Content-Type: text/html; charset=utf-8"], "<style>x{}</style><p>a &amp; <b>b</b></p><p>c</p>", "a & b\n\nc"),
        (["Content-Type: text/plain; charset=gb2312", "Content-Transfer-Encoding: base64"], "xOO6ww==", "你好"),
        (["Content-Type: text/plain; charset=x-unknown"], "plain", "plain"),
        (
            ["Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: quoted-printable"],
            "J=F6rg",
            "Jörg",
        ),
        ([], "top\n-----Original Message-----\nFrom: x\nold", "top"),
        ([MIME], "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nno\n--b--", ""),
    ],
)
def test_the_plain_words_are_taken_out_of_every_wrapping(
    tmp_path: Path, headers: list[str], body: str, text: str
) -> None:
    line = one(tmp_path, mail("From: a@b.c", "Subject: S", *headers, body=body))
    assert line.text == f"S\n\n{text}".strip()


def test_what_cannot_be_a_message_is_named_by_its_line(tmp_path: Path) -> None:
    good = mail("From: a@b.c", "Subject: x", "Message-ID: <1@x>")
    path = written(
        tmp_path,
        good
        + mail("Subject: nobody")
        + mail("From: a@b.c", "Date: Sat, 3 Jan 1970 01:05:34 +0000")
        + mail("From: a@b.c", "In-Reply-To: <1@x>", body="-- \nonly a signature")
        + mail("From: a@b.c", "Date: never", start="From a Sat Jan 99 99:05:34 1998\n"),
    )
    assert bad(read("mbox", path)) == [(8, "no_from"), (13, "before_1990"), (19, "no_text"), (26, "bad_time")]


def test_a_mail_without_id_has_the_same_key_each_time(tmp_path: Path) -> None:
    path = written(tmp_path, mail("From: a@b.c", "Subject: x") + mail("From: a@b.c", "Subject: y"))
    first, second = (m.key for m in messages(read("mbox", path)))
    assert first != second
    assert [first, second] == [m.key for m in messages(read("mbox", path))]


def test_a_large_attachment_is_not_kept(tmp_path: Path) -> None:
    attachment = (
        "--b\nContent-Type: text/plain\n\nsee file\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
    )
    line = one(tmp_path, mail("From: a@b.c", "Subject: x", MIME, body=attachment + "QUJD\n" * 800_000 + "--b--"))
    assert line.text == "x\n\nsee file"


def test_the_word_from_at_the_start_of_a_line_begins_no_mail(tmp_path: Path) -> None:
    line = one(tmp_path, mail("From: a@b.c", "Subject: x", body="text\n\nFrom here on it is 1998.\nFrom a 10:00 1998"))
    assert line.text.endswith("From here on it is 1998.\nFrom a 10:00 1998")


@pytest.mark.parametrize(
    ("content", "refusal"), [("", EmptyFile), ("Subject: x\n\nhi\n", NotAnArchive), ("\n\n", NotAnArchive)]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("mbox", written(tmp_path, content))


@given(st.binary(max_size=600))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_never_crash_it(tmp_path: Path, content: bytes) -> None:
    for prefix in (START, START + "From: a@b.c\nContent-Type: ", START + "From: a@b.c\nDate: ", START + "From: "):
        survived("mbox", written(tmp_path, prefix.encode() + content))
