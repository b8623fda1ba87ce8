"""PageRank on networks whose answer is known."""

import numpy as np
import pytest

from kith.lib.graph import ties_from
from kith.lib.page_rank import page_rank


def test_a_circle_shares_equally_and_a_star_leans_to_its_middle() -> None:
    assert page_rank(ties_from(3, [0, 1, 2], [1, 2, 0], [1, 1, 1])).tolist() == pytest.approx([1 / 3] * 3)
    star = page_rank(ties_from(4, [1, 2, 3], [0, 0, 0], [1, 1, 1]))
    # x = .15/4 + .85·y/4 for each leaf, y = x + .85·3x, where y flows everywhere and x + … sums to 1
    assert star.sum() == pytest.approx(1.0)
    assert star[0] == pytest.approx(star[1] * 3.55)


def test_weight_says_how_much_is_passed_on() -> None:
    found = page_rank(ties_from(3, [0, 0, 1, 2], [1, 2, 0, 0], [3, 1, 1, 1]))
    assert found[1] - 0.05 == pytest.approx(3 * (found[2] - 0.05))


def test_nobody_and_silence_have_their_answers() -> None:
    assert page_rank(ties_from(0, [], [], [])).tolist() == []
    assert page_rank(ties_from(2, [], [], [])).tolist() == pytest.approx([0.5, 0.5])
    assert np.isfinite(page_rank(ties_from(2, [0], [1], [1e-300]))).all()
