"""Models, migrations and the database say the same."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

KEEP = ("no_update", "no_delete", "no_truncate")
GUARDS = {
    "energy_act": {*KEEP, "points_at_what_is"},
    "ledger_entry": {*KEEP, "points_at_what_is"},
    "ledger_move": {*KEEP, "points_at_what_is"},
    "ledger_seal": {*KEEP},
    "ledger_account": {"keeps_its_name", "no_delete", "no_truncate", "points_at_what_is"},
    "ledger_asset": {*KEEP},
    "launch_pricelog": {*KEEP},
    "launch_attribution": {*KEEP, "sums_to_the_whole"},
    "launch_channelrule": {*KEEP},
    "launch_touch": {"keeps_its_facts"},
    "launch_bond": {"checked"},
}


def ours() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith("kith.")}


def named_in_database() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind IN ('i', 'I')"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_of_a_part_stand_in_one_line() -> None:
    graph = MigrationLoader(connection).graph
    for label in ours():
        names = sorted(name for part, name in graph.nodes if part == label)
        assert [n[:4] for n in names] == [f"{i:04}" for i in range(1, len(names) + 1)], label
        assert len(graph.leaf_nodes(label)) == (1 if names else 0), label


@pytest.mark.django_db
def test_every_named_promise_of_a_model_stands_in_the_database() -> None:
    promised = {
        promise.name
        for model in apps.get_models()
        if model.__module__.startswith("kith.")
        for promise in (*model._meta.constraints, *model._meta.indexes)  # noqa: SLF001 -- Django's documented way
    }
    assert len(promised) > 40
    assert promised - named_in_database() == set()


@pytest.mark.django_db
def test_names_of_constraints_begin_with_part_and_table() -> None:
    for model in apps.get_models():
        if model.__module__.startswith("kith."):
            for promise in (*model._meta.constraints, *model._meta.indexes):  # noqa: SLF001
                assert promise.name.startswith(f"{model._meta.app_label}_"), promise.name  # noqa: SLF001


@pytest.mark.django_db
@pytest.mark.parametrize("table", GUARDS)
def test_the_books_are_guarded_by_their_triggers(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O' AND NOT tgisinternal",
            [table],
        )
        assert {name for (name,) in cursor.fetchall()} == {f"{table}_{guard}" for guard in GUARDS[table]}
