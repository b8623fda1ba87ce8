"""What is taken away as a file: kept by nobody on the way, since names and sums stand in it."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse

from kith.lib.tables import Cell, csv_lines


def as_file(name: str) -> dict[str, str]:
    """Return the headers of a file to be kept under a name."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}


def streamed(lines: Iterable[str], content_type: str, name: str) -> StreamingHttpResponse:
    """Send a text line by line: a long one is never held whole, and begins at once."""
    return StreamingHttpResponse(lines, content_type=f"{content_type}; charset=utf-8", headers=as_file(name))


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Send a table for spreadsheets, in which no cell begins a formula."""
    return streamed(csv_lines(head, rows), "text/csv", name)
