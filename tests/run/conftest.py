from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run.world import Kith, copy_of, prepared, wipe


@pytest.fixture(scope="session", name="prepared")
def prepared_once() -> Path:
    return prepared()


@pytest.fixture
def kith(prepared: Path, tmp_path: Path) -> Iterator[Kith]:
    kith = copy_of(prepared, tmp_path / "data")
    yield kith
    wipe(kith)
