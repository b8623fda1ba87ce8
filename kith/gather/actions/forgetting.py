"""A member deletes their account: what they held is nobody's, what they asked or offered is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kith.gather.models import Application, CirclePlace, Duty, Figure, Treasure
from kith.people.api import Community


@transaction.atomic
def forget_member(*, community: Community, person_ids: Sequence[int], name: str, now: datetime) -> None:
    """Lay down the roles of somebody, take them out of circles, retire the treasure they are; treasures they kept are nobody's to keep.

    An application that waits is taken back. A ban stays: by number.
    """
    figures = Figure.objects.filter(community=community, person__in=person_ids, ended_at=None)
    Duty.objects.filter(figure__in=figures).delete()
    figures.update(ended_at=now)
    Figure.objects.filter(community=community, person__in=person_ids).update(why="", reasons=[])
    CirclePlace.objects.filter(community=community, person__in=person_ids).delete()
    Treasure.objects.filter(community=community, custodian__in=person_ids).update(custodian=None)
    Treasure.objects.filter(Q(retired_at=None), community=community, person__in=person_ids).update(retired_at=now)
    Treasure.objects.filter(community=community, person__in=person_ids).update(name=name[:60], about="")
    Application.objects.filter(community=community, person__in=person_ids, state="pending").delete()
    Application.objects.filter(community=community, sponsor__in=person_ids).update(sponsor_named=name[:60])
