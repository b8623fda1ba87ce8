"""Tables for spreadsheets: CSV and XLSX, in which no cell begins a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | int | float | bool | Decimal | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # spreadsheets read UTF-8 by it
XLSX_ROWS = 1_048_575  # what a sheet holds below its head


def safe(value: Cell) -> Cell:
    """Return a value no spreadsheet takes for a formula: a text that begins like one gets an apostrophe (OWASP). A number stays one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a table as CSV, line by line: as long as it may be, it is never held whole."""
    yield MARK + _line(head)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Cell]) -> str:
    written = StringIO()
    csv.writer(written).writerow([safe(value) for value in row])
    return written.getvalue()


def xlsx(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook of one sheet; texts are written as texts, never read for formulas or links."""
    packed = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(packed, options) as book:
        sheet = book.add_worksheet()
        for n, row in zip(range(XLSX_ROWS + 1), _with_head(head, rows), strict=False):
            sheet.write_row(n, 0, [safe(value) for value in row])
    return packed.getvalue()


def _with_head(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield head
    yield from rows
