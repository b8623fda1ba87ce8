"""What if: simulations of what choices would do, for who runs the community."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person, run
from kith.rest.fields import Id, Limit, NewSimulation, Slug
from kith.see import api as see

router = Router(tags=["Network"])
HERE = "/communities/{slug}/simulations"


@router.post(HERE, auth=ADMIN, response=answers(schemas.Simulation, *BODY, 404, status=201), summary="Simulate")
def simulate(request: Asked, slug: Slug, data: NewSimulation) -> Status[see.Simulation]:
    """Ask for a simulation: made at once in a small community, else by a worker; `made_at` is null until then, so get it again."""
    choices = see.Choices(data.answer_newcomers, data.hosts, data.lose_top)
    asked = see.ask_for_simulation(
        community=run(request, slug), wanted=see.WhatIf(choices, data.weeks, data.runs, data.seed), by=person(request),
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, asked)


@router.get(HERE, auth=ADMIN, response=answers(schemas.Simulations, 404, 422), summary="List simulations")
def simulations(request: Asked, slug: Slug, limit: Limit = 10) -> dict[str, Any]:
    """Return those asked for last, the newest first; fifty are kept."""
    return {"simulations": see.simulations(run(request, slug), limit=limit)}


@router.get(
    f"{HERE}/{{simulation_id}}", auth=ADMIN, response=answers(schemas.Simulation, 404, 422), summary="Get a simulation"
)
def simulation(request: Asked, slug: Slug, simulation_id: Id) -> see.Simulation:
    """Return one that was asked for."""
    return see.simulation(run(request, slug), simulation_id)
