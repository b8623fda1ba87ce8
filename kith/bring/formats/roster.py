"""Lists of people, whether or not they ever spoke: the roster of a group, and members with what a list knows of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from kith.bring.data import BadLine, Columns, EmptyFile, Item, MemberLine, Note, UnknownColumns, UnknownEncoding
from kith.bring.formats.source.lines import numbered_lines
from kith.bring.formats.source.tables import CHINESE, NOT_DECODED, encoding_of, places_of, records, refuse_spreadsheet
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, clean_label
from kith.lib.text import clean_line, handle_from

ROSTER = {
    "id": (
        "id", "user_id", "userid", "member_id", "external_id", "uid", "wxid", "username", "account",
        "编号", "会员编号", "会员号", "用户id", "用户编号", "成员id", "微信号", "账号", "学号", "工号",
    ),
    "name": (
        "name", "display_name", "nickname", "full_name", "full name", "real_name", "display", "member",
        "姓名", "名字", "昵称", "群昵称", "微信昵称", "名称", "成员", "会员",
    ),
    "handle": ("handle", "at_name", "用户名", "唤名", "艾特名"),
    "joined": (
        "joined", "joined_at", "join_date", "joined date", "date joined", "date_joined", "member_since", "since",
        "created_at", "registered_at", "加入时间", "加入日期", "入群时间", "进群时间", "入会时间", "入会日期", "注册时间",
    ),
}  # fmt: skip
MEMBERS = ROSTER | {
    "chapter": (
        "chapter", "city", "branch", "region", "location",
        "分会", "城市分会", "城市", "所在城市", "分社", "地区", "所在地",
    ),
    "headline": (
        "headline", "title", "tagline", "occupation", "job", "position", "bio", "about",
        "简介", "一句话介绍", "个人简介", "介绍", "职业", "职位", "头衔", "身份", "签名",
    ),
    "email": ("email", "e-mail", "mail", "email address", "邮箱", "电子邮箱", "电子邮件", "邮件"),
}  # fmt: skip
TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {"roster": ROSTER, "members": MEMBERS}
Fields = Mapping[str, str]


def read(format_name: str, path: Path, columns: Mapping[str, str]) -> Iterator[Item]:
    """Yield a MemberLine or a BadLine per record. A person is their identifier, else their address, else their name."""
    encoding, places, rows = _opened(format_name, path, columns)
    seen: set[str] = set()
    for number, row in rows:
        if isinstance(row, str):
            yield BadLine(number, "bad_csv", row)
        elif any(field.strip() for field in row):
            yield _member(number, {key: row[at].strip() for key, at in places.items() if at < len(row)}, seen)
    if encoding == CHINESE:
        yield Note("gb18030")


def columns_of(format_name: str, path: Path, columns: Mapping[str, str]) -> Columns:
    """Return the columns of a table and what each is taken for; whatever is missing, the choice is the reader's."""
    _, header, _ = _begun(path)
    places = places_of(header, TABLES[format_name], columns)
    taken = {key: header[places[key]] if key in places else "" for key in TABLES[format_name]}
    return Columns(tuple(dict.fromkeys(name for name in header if name)), taken)


def _begun(path: Path) -> tuple[str, list[str], Iterator[tuple[int, list[str] | str]]]:
    """Return the encoding, the names of the columns, and the rows after them."""
    refuse_spreadsheet(path)
    encoding = encoding_of(path)
    rows = records(numbered_lines(path), encoding)
    header = next((row for _, row in rows if not isinstance(row, str) and any(map(str.strip, row))), None)
    if header is None:
        raise EmptyFile(name=path.name)
    if NOT_DECODED.search("".join(header)):
        raise UnknownEncoding(name=path.name)
    return encoding, [clean_line(name) for name in header], rows


def _opened(
    format_name: str, path: Path, columns: Mapping[str, str]
) -> tuple[str, Mapping[str, int], Iterator[tuple[int, list[str] | str]]]:
    encoding, header, rows = _begun(path)
    places = places_of(header, TABLES[format_name], columns)
    needed = ("id",) if format_name == "roster" else ("id", "email", "name")
    if not any(key in places for key in needed):
        raise UnknownColumns(columns=", ".join(header)[:200] or "…", needed=" / ".join(needed))
    return encoding, places, rows


def _member(number: int, fields: Fields, seen: set[str]) -> Item:
    if NOT_DECODED.search("".join(fields.values())):
        return BadLine(number, "not_utf8")
    own, name = (
        clean_id(fields.get("id", "")) or clean_id(fields.get("email", "")).lower(),
        clean_label(fields.get("name", "")),
    )
    external_id = own or clean_id(name)
    joined_at = parse_time(fields.get("joined", ""))
    if fault := _fault(external_id, own, fields, joined_at, seen):
        return BadLine(number, fault, (fields["joined"] if fault == "bad_time" else external_id.partition("@")[0])[:80])
    seen.add(external_id)
    return MemberLine(
        line=number,
        external_id=external_id,
        name=name,
        chapter=clean_label(fields.get("chapter", "")),
        headline=clean_line(fields.get("headline", "")),
        joined_at=joined_at,
        handle=_handle(fields.get("handle", "")),
    )


def _handle(raw: str) -> str:
    """Return a handle as it could be given; nothing where no letter or digit is left of it."""
    return handle_from(raw) if any(c.isalnum() for c in clean_line(raw)) else ""


def _fault(external_id: str, own: str, fields: Fields, joined_at: datetime | None, seen: set[str]) -> str:
    if not external_id:
        return "no_member"
    if external_id in seen:
        return "twice" if own else "same_name"
    return "bad_time" if fields.get("joined") and joined_at is None else ""
