"""Every scenario of gather leaves ties that equal the book."""

from collections.abc import Iterator

import pytest

from tests.energy.book import assert_ties_equal_the_book


@pytest.fixture(autouse=True)
def _ties_equal_the_book(request: pytest.FixtureRequest) -> Iterator[None]:
    for name in {"cast", "committed"} & set(request.fixturenames):
        request.getfixturevalue(name)
    yield
    if {"cast", "committed"} & set(request.fixturenames):
        assert_ties_equal_the_book()
