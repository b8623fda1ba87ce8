"""Tables as spreadsheets write them: records that span lines, two encodings, columns named by whoever knows them."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from kith.bring.data import ASpreadsheet, NoSuchColumn, NothingToMap
from kith.bring.formats.source.columns import Names, header_of
from kith.bring.formats.source.lines import numbered_lines, opened
from kith.lib.text import clean_line

Numbered = tuple[int, bytes]
NOT_DECODED = re.compile("[\udc80-\udcff]")
# The beginnings of .xlsx and of .xls.
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF8, CHINESE = "utf-8", "gb18030"


def records(lines: Iterator[Numbered], encoding: str = "utf-8") -> Iterator[tuple[int, list[str] | str]]:
    """Yield (line it begins on, fields or what is wrong).

    What cannot be decoded stands as half of a surrogate pair. A record may span lines; one that runs past the field limit of the csv module is given up with its lines.
    """
    last = 0

    def texts() -> Iterator[str]:
        nonlocal last
        for number, line in lines:
            last = number
            yield line.decode(encoding, "surrogateescape") + "\n"

    stream = texts()
    first = next(stream)
    begun = last
    rows = csv.reader(chain([first], stream), delimiter=max(",\t;", key=first.count))
    while True:
        try:
            yield begun, next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield begun, f"to line {last}"
        begun = last + 1


def refuse_spreadsheet(path: Path) -> None:
    """Raise ASpreadsheet for a file that only a spreadsheet can open."""
    with opened(path) as source:
        if source.peek().startswith(SPREADSHEETS):
            raise ASpreadsheet(name=path.name)


def encoding_of(path: Path) -> str:
    """Return UTF-8 if every line is, else the encoding Excel has for Chinese if every line is that; else UTF-8."""
    fits = [encoding for encoding in (UTF8, CHINESE) if all(_is(line, encoding) for _, line in numbered_lines(path))]
    return fits[0] if fits else UTF8


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def places_of(header: Sequence[str], names: Names, given: Mapping[str, str]) -> dict[str, int]:
    """Return the place of every column that is known by its name, or was `given`: the name by what it holds, "" for none.

    Raises:
        NothingToMap, NoSuchColumn: what was given is not there.

    """
    places = header_of(header, names)
    spelled = [clean_line(name).casefold() for name in header]
    for key, name in given.items():
        if key not in names:
            raise NothingToMap(fields=", ".join(names), field=clean_line(key)[:40])
        places.pop(key, None)
        if wanted := clean_line(name).casefold():
            if wanted not in spelled:
                raise NoSuchColumn(column=clean_line(name)[:80], columns=clean_line(", ".join(header))[:200])
            places[key] = spelled.index(wanted)
    return places
