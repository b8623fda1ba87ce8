"""The graph part of the report, three times: Kith's columns, igraph, networkx. The same answers, so that times can be compared.

From acts: ties decayed by half every 60 days, answered share of the energy; of ties of a tenth of a live act and more: components,
articulation points, Burt's constraint of everybody.
"""

from collections import defaultdict

import numpy as np

from kith.lib.contacts import contacts, warm
from kith.lib.graph import reciprocity
from kith.lib.graph_brokerage import constraint
from kith.lib.graph_cuts import components, cuts
from kith.lib.synthetic import Synthetic

HALF_LIFE = 60 * 86_400.0
WARM = 0.1


def by_kith(made: Synthetic, at: float) -> dict[str, float]:
    live = contacts(made.acts).live(at, 60)
    tied = warm(live, WARM)
    found = cuts(tied.people, tied.a, tied.b)
    return {
        "reciprocity": reciprocity(live),
        "components": int(components(tied.people, tied.a, tied.b).max()) + 1,
        "articulation_points": int((found.parts > 1).sum()),
        "constraint": float(constraint(tied).sum()),
    }


def by_igraph(made: Synthetic, at: float) -> dict[str, float]:
    import igraph  # noqa: PLC0415 -- its loading belongs to this variant

    acts = made.acts.before(at).toward_others()
    weight = acts.weight * np.exp2((acts.at - at) / HALF_LIFE)
    graph = igraph.Graph(acts.people, np.column_stack([acts.actor, acts.other]), directed=True)
    graph.es["weight"] = weight
    graph.simplify(combine_edges="sum")
    strength = np.array(graph.es["weight"])
    back = np.array(graph.get_eids(np.array(graph.get_edgelist())[:, ::-1].tolist(), error=False))
    mutual = np.minimum(strength, np.where(back >= 0, strength[back], 0.0)).sum()
    tied = graph.as_undirected(combine_edges="sum")
    tied.delete_edges(np.flatnonzero(np.array(tied.es["weight"]) < WARM).tolist())
    bound = np.nan_to_num(np.array(tied.constraint(weights=tied.es["weight"])))
    return {
        "reciprocity": float(mutual / strength.sum()),
        "components": len(tied.connected_components()),
        "articulation_points": len(tied.articulation_points()),
        "constraint": float(bound.sum()),
    }


def by_networkx(made: Synthetic, at: float) -> dict[str, float]:
    import networkx as nx  # noqa: PLC0415 -- its loading belongs to this variant

    acts = made.acts.before(at).toward_others()
    weight = acts.weight * np.exp2((acts.at - at) / HALF_LIFE)
    live: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, w in zip(acts.actor.tolist(), acts.other.tolist(), weight.tolist(), strict=True):
        live[a, b] += w
    mutual = sum(min(w, live.get((b, a), 0.0)) for (a, b), w in list(live.items()))
    tied = nx.Graph()
    tied.add_nodes_from(range(acts.people))
    for (a, b), w in live.items():
        strength = w + live.get((b, a), 0.0)
        if strength >= WARM:
            tied.add_edge(a, b, weight=strength)
    bound = nx.constraint(tied, weight="weight")
    return {
        "reciprocity": mutual / sum(live.values()),
        "components": nx.number_connected_components(tied),
        "articulation_points": sum(1 for _ in nx.articulation_points(tied)),
        "constraint": sum(c for c in bound.values() if c == c),  # noqa: PLR0124 -- NaN for who has nobody
    }
