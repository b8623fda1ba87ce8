"""Who may fall silent, from what the nightly report measured: for those who run the community."""

import gzip
from collections.abc import Collection

import numpy as np
from django.utils.translation import gettext as _

from kith.lib.graph_map import decode
from kith.people import api as people
from kith.people.api import Community
from kith.see.data import Risk
from kith.see.models import Measure
from kith.see.queries.pictures import picture
from kith.see.rules import risk as rules


def risks(community: Community) -> bytes:
    """Return a byte for each person of the map, in its order: the chance to fall silent in percent, 255 too little to say.

    Raises:
        NotFound: no picture was made yet.
    """
    drawn = decode(gzip.decompress(picture(community).gzipped))
    known = dict(Measure.objects.filter(community=community).values_list("person_id", "risk"))
    return np.array([rules.byte(known.get(person)) for person in drawn.person.tolist()], np.uint8).tobytes()


def risks_of(community: Community, person_ids: Collection[int]) -> dict[int, Risk]:
    """Return the risk of each of some people, also of whom there is too little to say, or who refuse measures. Two queries."""
    measured = [pk for pk, place in people.standings(community, person_ids).items() if not place.refuses_measures]
    rows = Measure.objects.filter(community=community, person_id__in=measured)
    known = {person: _view(risk, facts) for person, risk, facts in rows.values_list("person_id", "risk", "facts")}
    return {person: known.get(person, Risk(None, rules.UNKNOWN, None)) for person in person_ids}


def risk_words() -> list[str]:
    """Say what the levels of a Risk are called, by their number."""
    return [_("too little to say"), _("likely to stay"), _("could go either way"), _("likely to fall silent")]


def _view(risk: float | None, facts: dict[str, float | int | None]) -> Risk:
    percent = None if risk is None else round(100 * risk)
    return Risk(percent, rules.level(risk), None if risk is None else rules.why(facts))
