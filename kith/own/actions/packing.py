"""Writing what is kept of a person, or of a community, into a ZIP: JSON and the pictures, read in one snapshot."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.db import connection, transaction

from kith.connect import api as connect
from kith.launch import api as launch
from kith.own import rules
from kith.own.queries import lines_of, of_community, of_person, people_in, tables, touched
from kith.people.api import Community, Person
from kith.share import api as share

READ_ME = """Kith 同道 · {of} · {at:%Y-%m-%d %H:%M %Z}

{zh}

{en}
"""
PERSON_ZH = (
    "这里是本服务器上关于你的全部数据，每个文件是一个 JSON 列表，一行对应数据库的一行；pictures/ 里是你上传的图片。people.json 说明编号是谁。"
    "不含：密钥的摘要、密码，以及别人的身份里你本来看不到的部分（谁举报了你、谁评估了你）。"
)
PERSON_EN = (
    "All that this server keeps about you. Every file is a JSON list, an entry a row of the database; pictures/ holds what you uploaded. "
    "people.json tells who the numbers are. Left out: digests of keys, the password, and of others what you could not see anyway "
    "(who flagged you, who judged you)."
)
COMMUNITY_ZH = (
    "这是这个社群的全部数据，每张表一个 .jsonl 文件，一行一个 JSON；media/ 里是图片。金额以最小货币单位计，时间为 UTC。"
    "不含：封存的地址与收款方式、密钥。{private}"
)
COMMUNITY_EN = (
    "All of this community, a .jsonl file a table, a line of JSON a row; media/ holds the pictures. Amounts are minor units, times UTC. "
    "Left out: sealed addresses and ways of payment, keys. {private}"
)
PRIVATE_ZH = "也不含成员自己保留的内容（私信、草稿、收藏、通知设置）和邮箱：社群的管理者在任何页面上也看不到这些。"
PRIVATE_EN = "Also left out: what members keep to themselves (messages, drafts, bookmarks, settings) and e-mail addresses, which its operators see on no page either."


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it was at one moment. Within another transaction it is that one's business."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def pack_person(*, person: Person, path: Path, now: datetime) -> int:
    """Write all that is kept of a person into a ZIP at `path`; returns its size in bytes."""
    with snapshot(), ZipFile(path, "w", ZIP_DEFLATED) as packed:
        ids, seen = lines_of(person), set[int]()
        for name, lines in _files(ids):
            _list(packed, f"{name}.json", _noting(lines, seen))
        here = touched(ids)
        _list(
            packed,
            "communities.json",
            (json.dumps({"id": c.pk, "slug": c.slug, "name": c.name}, ensure_ascii=False) for c in here),
        )
        _list(packed, "addresses.json", (json.dumps(a, ensure_ascii=False, default=str) for a in _sealed(here, person)))
        named = Person.objects.filter(pk__in=seen).order_by("pk").values("id", "name")
        _list(packed, "people.json", (json.dumps(p, ensure_ascii=False) for p in named))
        _pictures(packed, ids)
        packed.writestr("README.txt", READ_ME.format(of=person.name, at=now, zh=PERSON_ZH, en=PERSON_EN))
    return path.stat().st_size


def _files(ids: list[int]) -> Iterator[tuple[str, Iterator[str]]]:
    for table in rules.CATALOGUE:
        if table.file:
            hides = {*table.hides, *table.others, *rules.SECRET.get(table.name, ())}
            yield table.file, of_person(table.name, table.whose, sorted(hides), ids)
    for name, (part, whose) in rules.PARTS.items():
        yield name, of_person(part, whose, rules.SECRET.get(part, ()), ids)
    for name in ("account_emailaddress", "mfa_authenticator"):
        yield name, of_person(name, "user_id = ANY(%(ids)s)", ("data",), ids)


def _noting(lines: Iterator[str], seen: set[int]) -> Iterator[str]:
    """Pass lines on, and note whom they name."""
    for line in lines:
        row = json.loads(line)
        seen |= {row[column] for column in PEOPLE & row.keys() if isinstance(row[column], int)}
        yield line


PEOPLE = {c for t in rules.CATALOGUE for c in (*t.own, *t.others, *t.knows) if c != "id"}


def _sealed(here: Iterable[Community], person: Person) -> Iterator[dict[str, object]]:
    """Open what is sealed, for whom it is: where their things are sent, and where their money goes."""
    for community in here:
        for contact in launch.contacts_of(community, person):
            yield {"community": community.slug, "sent_to": contact}
        if to := share.money_of(community, person).pay_to:
            yield {"community": community.slug, "paid_to": to}


def _pictures(packed: ZipFile, ids: list[int]) -> None:
    for community_id, digest in connect.pictures_of(ids):
        file = connect.picture_path(community_id, digest)
        if file.is_file():
            packed.write(file, f"pictures/{digest}.webp", ZIP_STORED)


def pack_community(*, community: Community, path: Path, now: datetime, is_whole: bool = False) -> int:
    """Write all of a community into a ZIP; what its members keep to themselves only in the whole one. Returns its size in bytes."""
    with snapshot(), ZipFile(path, "w", ZIP_DEFLATED) as packed:
        _lines(packed, "tables/people_community.jsonl", [_community(community)])
        _lines(packed, "tables/people_person.jsonl", people_in(community, is_whole=is_whole))
        for table in tables():
            if is_whole or table not in rules.PRIVATE or table == "connect_message":
                _lines(packed, f"tables/{table}.jsonl", of_community(table, community, is_whole=is_whole))
        media = Path(settings.MEDIA_ROOT) / str(community.pk)
        for file in sorted(media.rglob("*")) if media.is_dir() else ():
            if file.is_file():
                packed.write(file, f"media/{file.relative_to(media).as_posix()}", ZIP_STORED)
        zh, en = ("", "") if is_whole else (PRIVATE_ZH, PRIVATE_EN)
        told = {"zh": COMMUNITY_ZH.format(private=zh), "en": COMMUNITY_EN.format(private=en)}
        packed.writestr("README.txt", READ_ME.format(of=community.name, at=now, **told))
    return path.stat().st_size


def _community(community: Community) -> str:
    row = Community.objects.filter(pk=community.pk).values().get()
    return json.dumps(row, ensure_ascii=False, default=str)


def _lines(packed: ZipFile, name: str, lines: Iterable[str]) -> None:
    with packed.open(name, "w", force_zip64=True) as out:
        for line in lines:
            out.write(f"{line}\n".encode())


def _list(packed: ZipFile, name: str, lines: Iterable[str]) -> None:
    """Write lines as one JSON list, as they come."""
    with packed.open(name, "w", force_zip64=True) as out:
        out.write(b"[")
        for number, line in enumerate(lines):
            out.write(f"{',' if number else ''}\n{line}".encode())
        out.write(b"\n]\n")
