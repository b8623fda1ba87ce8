"""What might come under which choices: a simulation, not a promise."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.see import api as see


class Simulation(Schema):
    """A simulation that was asked for. Every number in it is of four weeks; `changes` come before `base` in what they are worth."""

    id: int
    asked_at: datetime
    made_at: datetime | None = Field(description="Null while a worker is on it.")
    took_seconds: float
    wanted: see.WhatIf
    is_too_little: bool = Field(description="The community is too young or too quiet for one; `found` stays null.")
    found: see.Simulated | None


class Simulations(Schema):
    simulations: list[Simulation] = Field(description="The newest first.")
