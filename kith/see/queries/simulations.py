"""Reads of see: the simulations that were asked for, and their words."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from kith.people.api import Community
from kith.see.data import NoSuchSimulation, Simulated, WhatIf
from kith.see.data import Simulation as SimulationView
from kith.see.models import Simulation


@cache
def _shape() -> TypeAdapter[Simulated]:
    return TypeAdapter(Simulated)


@cache
def _wanted() -> TypeAdapter[WhatIf]:
    return TypeAdapter(WhatIf)


def simulated_as_stored(found: Simulated) -> dict[str, Any]:
    """Return what was found as JSON knows it."""
    stored: dict[str, Any] = _shape().dump_python(found, mode="json")
    return stored


def wanted_as_stored(wanted: WhatIf) -> dict[str, Any]:
    stored: dict[str, Any] = _wanted().dump_python(wanted, mode="json")
    return stored


def wanted_of(row: Simulation) -> WhatIf:
    return _wanted().validate_python(row.wanted)


def simulation(community: Community, simulation_id: int) -> SimulationView:
    """Return one that was asked for. One query.

    Raises:
        NoSuchSimulation: there is none of that number in this community, or it is forgotten.
    """
    row = Simulation.objects.filter(community=community, pk=simulation_id).first()
    if row is None:
        raise NoSuchSimulation
    return as_simulation(row)


def simulations(community: Community, *, limit: int = 10) -> tuple[SimulationView, ...]:
    """Return those that were asked for last, the newest first. One query."""
    return tuple(as_simulation(row) for row in Simulation.objects.filter(community=community).order_by("-pk")[:limit])


def as_simulation(row: Simulation) -> SimulationView:
    found = None if row.findings is None else _shape().validate_python(row.findings)
    return SimulationView(
        row.pk, row.asked_at, row.made_at, row.took_seconds, wanted_of(row), row.is_too_little, found
    )  # fmt: skip


def foretold_by(code: str) -> str:
    """Say what a number is foretold by if nothing is changed: `Foretold.by`."""
    return {
        "month": _("stays as in the last four weeks"),
        "quarter": _("stays as in the last twelve weeks"),
        "simulation": _("the simulation"),
        "month_simulation": _("half the last four weeks, half the simulation"),
        "quarter_simulation": _("half the last twelve weeks, half the simulation"),
    }[code]
