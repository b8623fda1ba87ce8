"""How likely a tie is used again, learnt from the community's own past."""

import numpy as np
import pytest

from kith.see.rules.report.alive import alive, chance, fitted
from tests.see.histories import living
from tests.see.report.readings import reading, reading_of, roll


def test_stronger_ties_live_longer_and_chances_are_chances() -> None:
    told = reading_of(living(), roll(40), 700)
    found = alive(told)
    assert found is not None
    assert found.slope > 0
    assert found.auc is not None
    assert found.auc > 0.6
    chances = chance(found, np.array([0.0, 0.01, 1.0, 10.0, 1e9]))
    assert (np.diff(chances) >= 0).all()
    assert 0 <= chances[0] < 0.01 < chances[-1] <= 1


def test_the_fit_finds_what_made_the_data() -> None:
    x = np.linspace(-4, 3, 50)
    many = np.full(50, 1e5)
    hits = many / (1 + np.exp(-(0.7 * x - 1.2)))
    assert fitted(x, many, hits) == pytest.approx((0.7, -1.2), abs=1e-6)


def test_a_clean_cut_stays_finite() -> None:
    slope, intercept = fitted(np.array([-1.0, 1.0]), np.array([50.0, 50.0]), np.array([0.0, 50.0]))
    assert np.isfinite([slope, intercept]).all()


def test_few_ties_say_nothing() -> None:
    assert alive(reading(5, [(float(i), i % 5, (i + 1) % 5) for i in range(300)], day=300)) is None
