"""Passes: what lets a page's reader into the stream."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.passes import BadPass, Pass, checked, issue

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = "a key"


def test_a_pass_says_what_it_was_given_until_it_ends() -> None:
    token = issue(key=KEY, community_id=7, person_id=42, now=AT)
    ends = AT + timedelta(hours=12)
    expected = Pass(7, 42, int(ends.timestamp()))
    assert checked(token, key=KEY, now=AT) == expected
    assert checked(token, key=KEY, now=ends - timedelta(seconds=1)) == expected
    with pytest.raises(BadPass):
        checked(token, key=KEY, now=ends)


def test_another_key_makes_another_pass() -> None:
    token = issue(key="another", community_id=7, person_id=42, now=AT)
    with pytest.raises(BadPass):
        checked(token, key=KEY, now=AT)


@given(place=st.integers(0, 200), letter=st.characters())
def test_a_pass_with_any_letter_changed_is_none(place: int, letter: str) -> None:
    token = issue(key=KEY, community_id=7, person_id=42, now=AT)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(BadPass):
            checked(changed, key=KEY, now=AT)


@given(st.text())
def test_no_text_is_a_pass(text: str) -> None:
    with pytest.raises(BadPass):
        checked(text, key=KEY, now=AT)


def test_a_pass_goes_into_an_address_as_it_is() -> None:
    token = issue(key=KEY, community_id=2**63 - 1, person_id=0, now=AT)
    assert all(c.isascii() and (c.isalnum() or c in "._-") for c in token)
    assert checked(token, key=KEY, now=AT).community_id == 2**63 - 1
