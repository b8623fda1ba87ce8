"""docs/states.md says what the code does, and the machines are whole."""

import pytest

from kith.launch.data import CAMPAIGN_STATES, GROUP_STATES, ORDER_STATES, SEAT_STATES, WIRE_STATES
from kith.launch.models.coupons import USE_STATES
from kith.launch.rules import MACHINES
from tools import states


def test_the_drawing_is_that_of_the_tables() -> None:
    assert states.FILE.read_text() == states.drawn()


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Launch", CAMPAIGN_STATES),
        ("Order", ORDER_STATES),
        ("Wire", WIRE_STATES),
        ("Coupon on an order", USE_STATES),
        ("Group", GROUP_STATES),
        ("Seat in a group", SEAT_STATES),
    ],
)
def test_machines_name_the_states_there_are_and_reach_each(name: str, known: tuple[str, ...]) -> None:
    machine = MACHINES[name]
    assert set(machine) == set(known)
    reached = {to for follow in machine.values() for to in follow}
    assert reached | {next(iter(machine))} == set(known)
