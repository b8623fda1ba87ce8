"""A server for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.conftest import Cast, settle
from tests.front.serving import Server, front


@pytest.fixture(scope="session")
def shared_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with front(tmp_path_factory.mktemp("front"), beat_seconds=1) as server:
        yield server


@pytest.fixture
def server(committed: None, shared_server: Server) -> Server:
    """A running front on the database of the test, whose commits it sees."""
    return shared_server


@pytest.fixture
def people(committed: None) -> Cast:
    return settle()
