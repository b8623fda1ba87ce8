"""No table is forgotten: every column that names a person, every table of a community, every secret."""

from django.apps import apps
from django.db import models
from django.db.models import Model

from kith.own import rules
from kith.own.queries import tables
from kith.people.api import Community, Person


def ours() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("kith.")]


def columns(model: type[Model], to: type[Model]) -> set[str]:
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's documented way
    return {str(f.column) for f in fields if f.related_model is to}


def name(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 -- the same


def test_every_column_that_names_a_person_stands_in_the_catalogue() -> None:
    listed = {t.name: {*t.own, *t.others, *t.knows} - {"id"} for t in rules.CATALOGUE}
    assert len(listed) == len(rules.CATALOGUE)
    assert {name(m): found for m in ours() if (found := columns(m, Person)) or name(m) == "people_person"} == listed


def test_every_table_is_a_communitys_hangs_on_one_or_is_the_servers() -> None:
    with_community = {name(m) for m in ours() if columns(m, Community)}
    everything = {name(m) for m in ours()}
    assert everything - with_community - rules.SERVER == set(rules.VIA)
    assert set(tables()) == everything - rules.SERVER
    assert everything >= rules.SERVER | rules.PRIVATE | set(rules.SECRET)


def test_no_sealed_or_random_column_is_handed_out() -> None:
    for model in ours():
        for field in model._meta.concrete_fields:  # noqa: SLF001 -- the same
            if isinstance(field, models.BinaryField) and name(model) not in rules.SERVER | {
                "ledger_entry",
                "ledger_seal",
            }:
                assert field.column in rules.SECRET[name(model)], field
            if field.column in {"secret", "token", "sealed", "password"} and name(model) not in rules.SERVER:
                assert field.column in rules.SECRET[name(model)], field


def test_files_have_names_of_their_own() -> None:
    files = [t.file for t in rules.CATALOGUE if t.file] + list(rules.PARTS)
    assert len(files) == len(set(files))
