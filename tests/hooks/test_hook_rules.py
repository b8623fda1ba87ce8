"""What an address may be, what is wanted, how a message is signed."""

import pytest

from kith.hooks import rules
from kith.hooks.data import BadHookAddress, BadWants
from kith.lib import outward
from kith.lib.outward import InnerAddress


@pytest.mark.parametrize("address", [
    "http://example.org/x", "ftp://example.org", "https://", "example.org", "https://u:p@example.org/", "https://example.org:port/",
    "https://exämple.org/", "https://[::1/", "javascript:alert(1)", "https://example.org/" + "x" * 500,
])  # fmt: skip
def test_an_address_is_https_and_names_a_server(address: str) -> None:
    with pytest.raises(BadHookAddress):
        rules.checked_address(address, inner=False)


def test_a_name_without_a_dot_is_of_an_inner_network() -> None:
    with pytest.raises(InnerAddress):
        rules.checked_address("https://database/", inner=False)
    assert rules.checked_address("http://database:80/", inner=True) == "http://database:80/"


@pytest.mark.parametrize("number", [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "::1", "fe80::1%eth0",
    "fd00::1", "::ffff:10.0.0.1", "2002:7f00:1::",
])  # fmt: skip
def test_one_inner_number_is_enough_to_refuse_a_name(number: str) -> None:
    with pytest.raises(InnerAddress):
        outward.checked_numbers(["93.184.216.34", number], inner=False)


def test_outer_numbers_are_called_in_their_order() -> None:
    assert outward.checked_numbers(["93.184.216.34", "93.184.216.34", "2606:4700::1"], inner=False) == [
        "93.184.216.34",
        "2606:4700::1",
    ]


@pytest.mark.parametrize("wants", [[], [" "], ["act"], ["act.reply.more"], ["Act.reply"], ["act.reply "*2], ["*"] + [f"act.{c}" for c in "abcdefghijklmnopqrstuvwxyz"] + [f"see.{c}" for c in "abcdefghijklmnopqrstuvwxyz"]])  # fmt: skip
def test_what_is_wanted_is_all_or_a_part_or_a_kind(wants: list[str]) -> None:
    with pytest.raises(BadWants):
        rules.checked_wants(wants)


def test_a_pattern_takes_its_kinds_and_no_others() -> None:
    assert [rules.is_wanted("act.reply", [w]) for w in ("*", "act.*", "act.reply", "act.thank", "gather.*")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_signature_is_that_of_the_specification() -> None:
    """The example of Standard Webhooks' own reference libraries."""
    headers = rules.signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_is_tried_for_more_than_a_day_and_then_given_up() -> None:
    waits = [rules.again_after(n) for n in range(1, 9)]
    assert waits[-1] is None
    assert sum(w.total_seconds() for w in waits if w) > 86_400
