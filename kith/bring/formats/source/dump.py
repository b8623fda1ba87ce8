"""Tables of a PostgreSQL dump in plain text: the rows between COPY and the line that ends them."""

import gzip
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path, PurePosixPath

from kith.bring.data import NotAnExport, NotPlainDump
from kith.bring.formats.source.lines import LINE_LIMIT, Bounded, opened, readable
from kith.bring.formats.source.tar import is_tar, parts

BEGIN = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? \(([^)]+)\) FROM stdin;\s*')
END = b"\\."
NULL = "\\N"
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
MEANING = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
CUSTOM = b"PGDMP"
Row = dict[str, str]
Told = tuple[str, int, Row | str]


@contextmanager
def opened_dump(path: Path) -> Iterator[Bounded]:
    """Open a dump, plain or gzipped, or the one in a backup that is a tar."""
    if not is_tar(path):
        with opened(path) as source:
            if source.peek().startswith(CUSTOM):
                raise NotPlainDump(name=path.name)
            yield source
        return
    for name, part in parts(path):
        if (base := PurePosixPath(name).name) in {"dump.sql", "dump.sql.gz"}:
            with readable(path), BufferedReader(part) as plain:
                if base == "dump.sql":
                    yield Bounded(plain)
                else:
                    with gzip.open(plain) as unpacked:
                        yield Bounded(unpacked, part)
            return
    raise NotAnExport(name=path.name, system="Discourse")


def rows(source: Bounded, tables: Collection[str]) -> Iterator[Told]:
    """Yield (table, line, row by column, or why it cannot be read) of the tables wanted; NULL is left out."""
    table, columns = "", list[str]()
    for number, line in _lines(source):
        if not table:
            if line and line.startswith(b"COPY ") and (found := BEGIN.fullmatch(line)):
                table = found[1].decode()
                columns = [column.strip(' "') for column in found[2].decode("utf-8", "replace").split(",")]
        elif line == END:
            table = ""
        elif table in tables:
            yield table, number, _row(columns, line) if line is not None else "too_long"


def _lines(source: Bounded) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line without its end); nothing for one beyond the limit, which only a row of data can be."""
    number = 0
    while line := source.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT:
            yield number, line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LINE_LIMIT)
        yield number, None


def _row(columns: list[str], line: bytes) -> Row | str:
    try:
        fields = line.decode().split("\t")
    except UnicodeDecodeError:
        return "not_utf8"
    if len(fields) != len(columns):
        return "few_columns"
    return {column: _meant(field) for column, field in zip(columns, fields, strict=True) if field != NULL}


def _meant(field: str) -> str:
    return ESCAPED.sub(lambda found: MEANING.get(found[1], found[1]), field) if "\\" in field else field
