"""The newest tables, made by whichever process comes first."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg.errors import InsufficientPrivilege

from kith.run.data import MayNotMigrate

# Any number will do that nobody else uses in this database.
LOCK = 0x6B697468


def pending() -> list[str]:
    """Return the names of the migrations this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> list[str]:
    """Apply what is pending; one process at a time, the others wait and find nothing left to do.

    Raises:
        MayNotMigrate: to a role that only serves.

    """
    if not pending():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            found = pending()
            if found:
                _apply(found)
            return found
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _apply(found: list[str]) -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except ProgrammingError as fault:
        if isinstance(fault.__cause__, InsufficientPrivilege):
            raise MayNotMigrate(many=len(found)) from fault
        raise


def known() -> set[tuple[str, str]]:
    """Return the migrations this code has, and those that are folded into them: Django notes both as applied."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return {*found, *(old for migration in found.values() for old in migration.replaces)}


def anybody() -> bool:
    """Say whether the database holds people; one without tables holds none."""
    people = get_user_model()
    try:
        return people.objects.exists()
    except ProgrammingError:
        return False
