"""A network for other programs: GraphML, and tables of nodes and edges for a spreadsheet.

GraphML as http://graphml.graphdrawing.org/specification.html has it; igraph, Gephi, networkx and yEd read it.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from kith.lib.tables import safe

Value = str | int | float | bool | None
Kind = Literal["string", "int", "double", "boolean"]
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier; the same network gives the same bytes


@dataclass(frozen=True, slots=True)
class Column:
    """What is said of every node, or of every edge, in their order; None where nothing is to say."""

    name: str
    kind: Kind
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Network:
    """A directed network: `ids` of nodes, and `source` and `target` of edges as ids."""

    ids: Sequence[str]
    nodes: Sequence[Column]
    source: Sequence[str]
    target: Sequence[str]
    edges: Sequence[Column]


def graphml(network: Network) -> bytes:
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n',
        *_keys("node", network.nodes),
        *_keys("edge", network.edges),
        '<graph edgedefault="directed">\n',
        *(f"<node id={_quoted(i)}>{data}</node>\n" for i, data in zip(network.ids, _data("node", network.nodes, len(network.ids)), strict=True)),
        *(
            f"<edge source={_quoted(a)} target={_quoted(b)}>{data}</edge>\n"
            for a, b, data in zip(network.source, network.target, _data("edge", network.edges, len(network.source)), strict=True)
        ),
        "</graph>\n</graphml>\n",
    ]  # fmt: skip
    return "".join(parts).encode()


def tables(network: Network) -> bytes:
    """Return nodes.csv and edges.csv in a zip, in UTF-8 with the mark that spreadsheets need."""
    nodes = [Column("id", "string", network.ids), *network.nodes]
    edges = [Column("source", "string", network.source), Column("target", "string", network.target), *network.edges]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, columns in (("nodes.csv", nodes), ("edges.csv", edges)):
            file.writestr(zipfile.ZipInfo(name, EPOCH), table(columns), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def table(columns: Sequence[Column]) -> bytes:
    """Return columns as CSV; no cell begins a formula."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(column.name for column in columns)
    lines.writerows(zip(*([safe(value) for value in column.values] for column in columns), strict=True))
    return written.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """Return a text as XML may hold it, escaped."""
    return escape(NOT_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(NOT_XML.sub("", text))


def _keys(of: str, columns: Iterable[Column]) -> list[str]:
    return [
        f'<key id="{of}{i}" for="{of}" attr.name={_quoted(column.name)} attr.type="{column.kind}"/>\n'
        for i, column in enumerate(columns)
    ]


def _data(of: str, columns: Sequence[Column], count: int) -> list[str]:
    found = [""] * count
    for i, column in enumerate(columns):
        for row, value in enumerate(column.values):
            if value is not None:
                found[row] += f'<data key="{of}{i}">{_written(value)}</data>'
    return found


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else plain(str(value))
