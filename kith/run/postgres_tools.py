"""pg_dump and pg_restore, and the few statements around them, on any server DATABASE_URL may name."""

import os
import subprocess
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from kith.postgres.api import program
from kith.run.data import ToolFailed

# libpq's own names; the password must not stand in a command line everybody may list.
VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
TABLES = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""


def run(tool: str, url: str, arguments: Sequence[str]) -> None:
    done = subprocess.run(  # noqa: S603 -- our own programs
        [str(program(tool)), *arguments], env=os.environ | environment(url), check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise ToolFailed(tool=tool, reason=done.stderr.strip() or f"code {done.returncode}")


def environment(url: str) -> dict[str, str]:
    parts = conninfo_to_dict(url)
    return {VARIABLES[name]: str(value) for name, value in parts.items() if name in VARIABLES and value is not None}


def name_of(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.info.dbname


def renamed(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{quote(database)}" + (f"?{parts.query}" if parts.query else "")


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Count every table, in the snapshot of the connection's transaction."""
    return {
        f"{schema}.{table}": _count(connection, schema, table)
        for schema, table in connection.execute(TABLES).fetchall()
    }


def _count(connection: psycopg.Connection, schema: str, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
    assert row is not None
    return int(row[0])
