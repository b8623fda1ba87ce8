"""Simulations of a community in the database: made at once or by a worker, kept, and of nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from procrastinate.contrib.django import app

from kith.people.api import Community
from kith.see import api as see
from kith.see import tasks
from kith.see.actions import simulating
from kith.see.api import Choices, Simulated, WhatIf
from kith.see.models import Simulation
from tests.conftest import NOW, Cast
from tests.see.histories import living
from tests.see.test_trying import DAYS, brought, busiest, pour

WANTED = WhatIf(Choices(answer_newcomers=True, lose_top=3), weeks=8, runs=20)


@pytest.fixture
def lively(cast: Cast) -> Community:
    """Sixty people with a life of 400 days before now."""
    pour(cast.home, living(people=60, days=DAYS), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 60))
    return cast.home


def waiting() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'simulation_id')::bigint FROM procrastinate_jobs WHERE task_name = 'see.simulate_one'"
        )
        return [row[0] for row in cursor.fetchall()]


def found_in(community: Community, wanted: WhatIf = WANTED) -> Simulated:
    return see.simulate(community=community, wanted=wanted, now=NOW)


def test_a_small_community_is_simulated_at_once_and_what_was_found_is_kept(lively: Community, cast: Cast) -> None:
    made = see.ask_for_simulation(community=lively, wanted=WANTED, by=cast.operator, now=NOW)
    assert waiting() == []
    assert (made.made_at, made.is_too_little, made.wanted) == (NOW, False, WANTED)
    assert made.found == found_in(lively)  # as JSON and back, and the same from the same seed
    assert see.simulation(lively, made.id) == made == see.simulations(lively)[0]


def test_a_large_one_is_made_by_a_worker(lively: Community, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "SMALL", 10)
    asked = see.ask_for_simulation(community=lively, wanted=WANTED, by=cast.operator, now=NOW)
    assert (asked.made_at, asked.found) == (None, None)
    assert waiting() == [asked.id]
    tasks.simulate_one(simulation_id=asked.id)
    made = see.simulation(lively, asked.id)
    assert made.found is not None
    assert made.made_at
    tasks.simulate_one(simulation_id=asked.id)  # a job that comes twice changes nothing
    assert see.simulation(lively, asked.id) == made
    tasks.simulate_one(simulation_id=asked.id + 1000)  # forgotten meanwhile
    assert app.tasks["see.simulate_one"] is tasks.simulate_one


def test_what_was_kept_before_runs_were_told_can_be_read(lively: Community, cast: Cast) -> None:
    made = see.ask_for_simulation(community=lively, wanted=WANTED, by=cast.operator, now=NOW)
    row = Simulation.objects.get()
    assert row.findings is not None
    assert row.findings.pop("runs") == 20
    row.save()
    kept = see.simulation(lively, made.id).found
    assert kept is not None
    assert made.found == replace(kept, runs=20)


def test_simulating_for_the_command_keeps_nothing(lively: Community) -> None:
    found_in(lively)
    assert Simulation.objects.count() == 0


def test_a_quiet_community_is_told_that_there_is_too_little(cast: Cast) -> None:
    made = see.ask_for_simulation(community=cast.home, wanted=WANTED, by=cast.founder, now=NOW)
    assert made.is_too_little
    assert made.found is None
    with pytest.raises(see.TooLittle):
        found_in(cast.home)


def test_who_leaves_is_a_member_who_may_be_named(lively: Community) -> None:
    first = found_in(lively).facts.gone[0]
    see.choose_sight(community=lively, person_id=first, hides_rank=True, refuses_measures=False, now=NOW)
    second = found_in(lively).facts.gone[0]
    assert second != first
    see.choose_sight(community=lively, person_id=second, hides_rank=True, refuses_measures=True, now=NOW)
    assert second not in found_in(lively).facts.gone


def test_programs_count_for_nobody(lively: Community) -> None:
    before = found_in(lively).base["acts"].past[-1]
    see.mark_bot(community=lively, person_id=busiest(lively), is_bot=True, now=NOW)
    assert found_in(lively).base["acts"].past[-1] < before


def test_only_who_runs_the_community_asks_and_bad_numbers_leave_nothing(lively: Community, cast: Cast) -> None:
    for person in (cast.core, cast.member, cast.stranger, cast.enemy):
        with pytest.raises(see.RunnersOnly):
            see.ask_for_simulation(community=lively, wanted=WANTED, by=person, now=NOW)
    with pytest.raises(see.BadSimulation):
        see.ask_for_simulation(community=lively, wanted=WhatIf(weeks=500), by=cast.founder, now=NOW)
    assert Simulation.objects.count() == 0
    assert waiting() == []


def test_one_community_does_not_see_the_simulations_of_another(cast: Cast) -> None:
    made = see.ask_for_simulation(community=cast.home, wanted=WANTED, by=cast.founder, now=NOW)
    assert see.simulations(cast.rival) == ()
    with pytest.raises(see.NoSuchSimulation):
        see.simulation(cast.rival, made.id)


def test_the_newest_fifty_are_kept(cast: Cast) -> None:
    ids = [see.ask_for_simulation(community=cast.home, wanted=WANTED, by=cast.founder, now=NOW).id for _ in range(53)]
    assert [one.id for one in see.simulations(cast.home, limit=100)] == ids[:2:-1]


def test_the_database_keeps_no_finding_of_what_was_not_made(cast: Cast) -> None:
    made = see.ask_for_simulation(community=cast.home, wanted=WANTED, by=cast.founder, now=NOW)
    with pytest.raises(IntegrityError, match="see_simulation_made_has_findings"), transaction.atomic():
        Simulation.objects.filter(pk=made.id).update(made_at=None)
