"""Simulate a community's own graph under choices: at once where it is small, else by a worker; what was found is kept."""

import time
from datetime import UTC, datetime

import numpy as np
from django.db import transaction
from procrastinate.contrib.django import app

from kith.people import api as people
from kith.people.api import Community, Person
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import Grounds, RunnersOnly, Simulated, TooLittle, WhatIf
from kith.see.data import Simulation as SimulationView
from kith.see.models import Simulation
from kith.see.queries.simulations import as_simulation, simulated_as_stored, wanted_as_stored, wanted_of
from kith.see.rules.report.reading import TICK, last_act_at
from kith.see.rules.roll import Roll
from kith.see.rules.simulation.asking import Count, nothing_to_count
from kith.see.rules.simulation.effects import HOST_ANSWERS
from kith.see.rules.simulation.outlook import Outlook, check, outlook
from kith.see.rules.trials.plan import settled
from kith.see.rules.warmth import moment

JOB = "see.simulate_one"
SMALL = 400  # members; with more, a worker makes it and nobody waits
KEPT = 50


def simulate(*, community: Community, wanted: WhatIf, now: datetime, count: Count = nothing_to_count) -> Simulated:
    """Simulate as of the last midnight (UTC) and change nothing; `count` hears of every run. Bots and who refuses measures count for nobody. Two queries.

    Raises:
        BadSimulation: a number out of bounds.
        TooLittle: the community is too young or too quiet.
    """
    check(wanted)
    roll = read_roll(community)
    acts = settled(read_acts(community, roll)[0].without(roll.is_bot | roll.is_refusing), now.timestamp())
    last = last_act_at(acts, now.timestamp())
    at = moment(_midnight(now), None if last is None else datetime.fromtimestamp(last, UTC))
    found = outlook(
        acts, at.timestamp() + TICK, wanted, half_life_days=community.node_half_life_days, barred=roll.is_hidden, count=count
    )  # fmt: skip
    return _told(found, at, wanted, roll)


def ask_for_simulation(*, community: Community, wanted: WhatIf, by: Person, now: datetime) -> SimulationView:
    """Have a simulation made: here and now in a small community, else by a worker. The newest KEPT are kept.

    Raises:
        RunnersOnly: they do not run this community.
        BadSimulation: a number out of bounds; nothing is asked for then.
    """
    if not people.may_run(people.standing(community, by)):
        raise RunnersOnly
    check(wanted)
    with transaction.atomic():
        row = Simulation.objects.create(community=community, by=by, asked_at=now, wanted=wanted_as_stored(wanted))
        _forget(community)
        if people.count(community) > SMALL:
            app.configure_task(JOB, lock=f"{JOB}:{community.pk}").defer(simulation_id=row.pk)
            return as_simulation(row)
    return make_simulation(simulation_id=row.pk, now=now) or as_simulation(row)


def make_simulation(*, simulation_id: int, now: datetime) -> SimulationView | None:
    """Make what was asked for and keep what was found; None if it is forgotten or made by another meanwhile."""
    row = Simulation.objects.select_related("community").filter(pk=simulation_id).first()
    if row is None or row.made_at:
        return as_simulation(row) if row else None
    began = time.monotonic()
    try:
        row.findings = simulated_as_stored(simulate(community=row.community, wanted=wanted_of(row), now=now))
    except TooLittle:
        row.is_too_little = True
    row.made_at, row.took_seconds = now, time.monotonic() - began
    with transaction.atomic():
        still = Simulation.objects.select_for_update().filter(pk=row.pk, made_at=None).exists()
        if still:
            row.save(update_fields=["findings", "is_too_little", "made_at", "took_seconds"])
    return as_simulation(row) if still else None


def _midnight(now: datetime) -> datetime:
    """Return when the day began: all day long the same wishes get the same answer."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _forget(community: Community) -> None:
    every = Simulation.objects.filter(community=community).order_by("-pk")
    Simulation.objects.filter(pk__in=list(every.values_list("pk", flat=True)[KEPT : KEPT + 100])).delete()


def _told(found: Outlook, at: datetime, wanted: WhatIf, roll: Roll) -> Simulated:
    seen = found.welcome
    facts = Grounds(
        newcomers=seen.n, answered=seen.answered, back_answered=seen.back_answered, n_answered=seen.n_answered,
        back_unanswered=seen.back_unanswered, n_unanswered=seen.n_unanswered, back_days=seen.days, pull=found.pull,
        host_answers=HOST_ANSWERS, gone=tuple(roll.person[found.gone].tolist()), missed=found.missed,
        departures=found.departures,
    )  # fmt: skip
    return Simulated(
        at, wanted, int(np.count_nonzero(~roll.is_bot)), found.points, found.past_weeks, found.base, found.scenarios, facts, found.runs
    )  # fmt: skip
