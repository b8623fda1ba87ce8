from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run.world import Kith, copy_of, wipe


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all tables and static files, made once."""
    kith = Kith(tmp_path_factory.mktemp("prepared") / "data")
    done = kith.run("prepare")
    assert done.returncode == 0, done.stderr
    return kith.data


@pytest.fixture
def kith(prepared: Path, tmp_path: Path) -> Iterator[Kith]:
    kith = copy_of(prepared, tmp_path / "data")
    yield kith
    wipe(kith)
