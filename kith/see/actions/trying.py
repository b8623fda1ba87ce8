"""Try what see says on a community's own past, keep the record, and take what follows from it."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Community, Person
from kith.see.actions.picturing import outdate
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import RunnersOnly, Trials
from kith.see.models import Trial
from kith.see.queries.trials import as_trials, fixed_of, trial_row
from kith.see.rules.trying import Tried, try_all

AGAIN_AFTER = timedelta(days=30)
JOB = "see.try_one"


def validate(*, community: Community, now: datetime, asked: Sequence[datetime] = (), cuts: int = 0) -> Trials:
    """Try everything and change nothing; `asked` are cut dates and `cuts` how many, else those of the published trials.

    Costs 10 CPU-s for half a million acts. Bots and who refuses to be measured count for nobody.
    """
    return as_trials(Trial(community=community, **_found(community, trial_row(community), now, asked, cuts)))


def trial(*, community: Community, now: datetime) -> Trials:
    """Try everything and keep it. A half-life that is clearly better, or was set by hand, is taken, and the ties are folded by it."""
    found = _found(community, trial_row(community), now)
    with transaction.atomic():
        row = _locked(community, now)
        fixed = fixed_of(
            row
        )  # perhaps set by hand while we tried: it holds, and the job that was asked for then tries by it
        for name, value in found.items():
            setattr(row, name, value)
        row.chosen["fixed"] = fixed
        row.save()
        view = as_trials(row)
        _tune(community, *(fixed or (view.tie.days, view.node.days)))
    return view


def try_again(*, now: datetime) -> int:
    """Ask for the trial of every community whose last is a month old and whose book has grown since; returns of how many."""
    last = {row.community_id: row for row in Trial.objects.only("community_id", "made_at", "read_to")}
    count = 0
    for community in people.every_community():
        row, newest = last.get(community.pk), energy.last_id(community)
        if newest and (row is None or (now - row.made_at >= AGAIN_AFTER and newest != row.read_to)):
            count += _ask(community)
    return count


def ask_for_trial(*, community: Community, by: Person) -> None:
    """Have the trials made by a worker; asked twice, it is done once.

    Raises:
        RunnersOnly: they do not run this community.

    """
    _check_runs(community, by)
    _ask(community)


def fix_half_lives(*, community: Community, tie_days: float, node_days: float, by: Person, now: datetime) -> None:
    """Set the half-lives by hand: from now on no trial changes them. A worker folds the ties anew.

    Raises:
        RunnersOnly: they do not run this community.
        BadHalfLife: a number of days out of bounds; nothing changes then.

    """
    _check_runs(community, by)
    _set_fixed(community, [people.checked_half_life(tie_days), people.checked_half_life(node_days)], now, by)


def free_half_lives(*, community: Community, by: Person, now: datetime) -> None:
    """Let the trials choose the half-lives again.

    Raises:
        RunnersOnly: they do not run this community.

    """
    _check_runs(community, by)
    _set_fixed(community, None, now, by)


@transaction.atomic
def _set_fixed(community: Community, days: list[float] | None, now: datetime, by: Person) -> None:
    row = _locked(community, now)
    row.chosen["fixed"] = days
    row.save(update_fields=["chosen"])
    people.note_deed(
        community=community, kind="see.half_lives_fixed" if days else "see.half_lives_freed", by=by, now=now
    )
    _ask(community)


def _check_runs(community: Community, by: Person) -> None:
    if not people.may_run(people.standing(community, by)):
        raise RunnersOnly


def _ask(community: Community) -> bool:
    """Put the trial of a community before the workers; False if it waits there already."""
    job = app.configure_task(JOB, queueing_lock=f"{JOB}:{community.pk}", lock=f"{JOB}:{community.pk}")
    try:
        with transaction.atomic():
            job.defer(slug=community.slug)
    except AlreadyEnqueued:
        return False
    return True


def _locked(community: Community, now: datetime) -> Trial:
    empty = {"made_at": now, "read_to": -1, "took_seconds": 0.0, "results": {}, "chosen": {}}
    Trial.objects.get_or_create(community=community, defaults=empty)
    return Trial.objects.select_for_update().get(community=community)


def _found(
    community: Community, row: Trial | None, now: datetime, asked: Sequence[datetime] = (), cuts: int = 0
) -> dict[str, Any]:  # fmt: skip
    """Return what was found as columns of a Trial."""
    began, fixed = time.monotonic(), fixed_of(row)
    read_to = energy.last_id(community)
    roll = read_roll(community)
    acts, _ = read_acts(community, roll)
    tie, node = fixed or (community.tie_half_life_days, community.node_half_life_days)
    tried = try_all(
        acts.without(roll.is_bot | roll.is_refusing), now.timestamp(), tie_days=tie, node_days=node, is_fixed=bool(fixed),
        asked=tuple(at.timestamp() for at in asked), cuts=cuts,
    )  # fmt: skip
    return {
        "made_at": now,
        "read_to": read_to,
        "took_seconds": time.monotonic() - began,
        "results": {name: record.as_json() for name, record in tried.records.items()},
        "chosen": _chosen(tried) | {"fixed": fixed, "people": len(roll.person), "acts": len(acts)},
    }


def _chosen(tried: Tried) -> dict[str, Any]:
    return {
        "tie": asdict(tried.tie),
        "node": asdict(tried.node),
        "coefficients": asdict(tried.coefficients),
        "is_learnt": tried.is_learnt,
        "window_days": tried.window_days,
    }


def _tune(community: Community, tie_days: float, node_days: float) -> None:
    """Take half-lives and fold the ties by them, where they are others than now."""
    if (tie_days, node_days) == (community.tie_half_life_days, community.node_half_life_days):
        return
    tuned = people.tune(community=community, tie_half_life_days=tie_days, node_half_life_days=node_days)
    energy.rebuild(community=tuned)
    outdate(community=tuned)
    community.tie_half_life_days, community.node_half_life_days = tie_days, node_days
