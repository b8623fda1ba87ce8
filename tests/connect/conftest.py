"""Every scenario of connect leaves ties that equal the book."""

from collections.abc import Iterator

import pytest

from tests.energy.book import assert_ties_equal_the_book


@pytest.fixture(autouse=True)
def _ties_equal_the_book(request: pytest.FixtureRequest) -> Iterator[None]:
    if not {"cast", "committed"} & set(request.fixturenames):
        yield
        return
    for name in ("cast", "committed"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    yield
    assert_ties_equal_the_book()
