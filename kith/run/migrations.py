"""The newest tables, made by whichever process comes first."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Any number will do that nobody else uses in this database.
LOCK = 0x6B697468


def pending() -> list[str]:
    """Return the names of the migrations this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> list[str]:
    """Apply what is pending; one process at a time, the others wait and find nothing left to do."""
    if not pending():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            found = pending()
            if found:
                call_command("migrate", verbosity=0, interactive=False)
            return found
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
