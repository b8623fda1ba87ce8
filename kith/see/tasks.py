"""Background work of see. Reports are a job a community: the more workers and machines, the more communities a night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.lib.errors import NotFound
from kith.lib.queueing import queued
from kith.people import api as people
from kith.people.api import Community
from kith.see import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="see.refresh_all", queueing_lock="see.refresh_all", lock="see.refresh_all")
def refresh_all(timestamp: int) -> None:
    """Make pictures anew where acts were added; procrastinate passes the time of the schedule."""
    actions.refresh_all(now=timezone.now())


@app.periodic(cron="40 20 * * *")
@app.task(name="see.introductions", queueing_lock="see.introductions", lock="see.introductions")
def propose_introductions(timestamp: int) -> None:
    """Judge and propose introductions everywhere, by night."""
    actions.propose_every_introduction(now=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="see.errands", queueing_lock="see.errands", lock="see.errands")
def propose_errands(timestamp: int) -> None:
    """Bring what there is to do up to date everywhere, and record what came of what was done."""
    actions.propose_every_errand(now=timezone.now())


@app.task(name="see.report")
def report(community_id: int) -> None:
    """Make the report of a community; one that is gone meanwhile needs none."""
    community = Community.objects.filter(pk=community_id).first()
    if community is not None:
        actions.make_report(community=community, now=timezone.now())


@app.periodic(cron="3-59/10 * * * *")
@app.task(name="see.report_missing", queueing_lock="see.report_missing")
def report_missing(timestamp: int) -> int:
    """Have reports made where there is none or people came, left or were merged."""
    return _defer(actions.due(nightly=False))


@app.periodic(cron="20 19 * * *")
@app.task(name="see.report_all", queueing_lock="see.report_all")
def report_all(timestamp: int) -> int:
    """Have reports made where acts were added; procrastinate's clock is UTC, this is the small hours in China."""
    return _defer(actions.due(nightly=True))


def _defer(community_ids: list[int]) -> int:
    """Queue a job each, and none for a community that waits already; returns how many."""
    count = 0
    for pk in community_ids:
        count += queued(report.configure(lock=f"see.report:{pk}", queueing_lock=f"see.report:{pk}"), community_id=pk)
    return count


@app.periodic(cron="43 3 * * *")
@app.task(name="see.try_all", queueing_lock="see.try_all", lock="see.try_all")
def try_all(timestamp: int) -> None:
    """Ask for the trials that are a month old, each community a job of its own."""
    actions.try_again(now=timezone.now())


@app.task(name="see.try_one")
def try_one(slug: str) -> None:
    """Try what see says on one community's past; takes half-lives and weights that are clearly better."""
    try:
        community = people.community(slug)
    except NotFound:
        return  # it has gone since it was asked for
    actions.trial(community=community, now=timezone.now())


@app.task(name="see.simulate_one")
def simulate_one(simulation_id: int) -> None:
    """Make a simulation that somebody asked for; one that is forgotten meanwhile needs none."""
    actions.make_simulation(simulation_id=simulation_id, now=timezone.now())
