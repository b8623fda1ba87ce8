"""A database role that may serve Kith and may not rewrite its books, whatever the code does."""

from django.db import connection, transaction
from psycopg import sql

from kith.run.data import WriterOwnsTheBooks, WriterUnknown

# Tables whose rows stay as they are say so by a trigger of this name; a new one need not be named here.
BOOKS = r"SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname LIKE '%\_no\_update' ORDER BY 1"
GRANTS = """
    GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {writer};
    GRANT USAGE ON SCHEMA public TO {writer};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {writer};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {writer};
    REVOKE UPDATE, DELETE, TRUNCATE ON {books} FROM {writer}, PUBLIC;
"""
# It may become anybody whose member it is, and an owner or superuser asks nobody.
MASTERS = """
    SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(writer)s AND rolsuper) OR EXISTS (
        SELECT 1 FROM pg_class WHERE relname = ANY(%(books)s) AND pg_has_role(%(writer)s, relowner, 'MEMBER'))
"""


@transaction.atomic
def admit(writer: str) -> list[str]:
    """Let a role do what serving needs: read and add everywhere, change and remove outside the books; return the books.

    To be called as the owner of the tables, again for each version: new tables are not granted by themselves.

    Raises:
        WriterUnknown: there is no such role.
        WriterOwnsTheBooks: it could change them all the same.

    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [writer])
        if cursor.fetchone() is None:
            raise WriterUnknown(role=writer)
        cursor.execute(BOOKS)
        books = [name for (name,) in cursor.fetchall()]
        cursor.execute(MASTERS, {"writer": writer, "books": books})
        if cursor.fetchone()[0]:
            raise WriterOwnsTheBooks(role=writer)
        cursor.execute("SELECT current_database()")
        names = {
            "database": sql.Identifier(cursor.fetchone()[0]),
            "writer": sql.Identifier(writer),
            "books": sql.SQL(", ").join(map(sql.Identifier, books)),
        }
        cursor.execute(sql.SQL(GRANTS).format(**names))
    return books
