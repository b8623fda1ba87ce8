"""PageRank: the best known score of a network, kept as the one ours are measured by."""

import numpy as np
from scipy.sparse import csr_array

from kith.lib.graph import Numbers, Ties, given

DAMPING = 0.85
CLOSE_ENOUGH = 1e-10
ROUNDS = 200


def page_rank(ties: Ties) -> Numbers:
    """Return the share of a random reader's time at each person, in all 1 (Brin and Page 1998); weighted, src passes to dst.

    Who passes nothing on is left by a jump to anybody.
    """
    out = given(ties)
    flow = csr_array((ties.weight / out[ties.src], (ties.dst, ties.src)), shape=(ties.people, ties.people))
    at = np.full(ties.people, 1 / max(ties.people, 1))
    for _ in range(ROUNDS):
        lost = float(at[out == 0].sum())
        after = DAMPING * (flow @ at + lost / ties.people) + (1 - DAMPING) / ties.people if ties.people else at
        moved, at = float(np.abs(after - at).sum()), after
        if moved < CLOSE_ENOUGH:
            break
    return at
