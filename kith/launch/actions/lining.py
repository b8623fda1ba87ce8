"""The line of a launch: whoever comes when more order than can be served gets a number, and is let in by it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from kith.launch.data import InLine, LineUp, MustWait, Turn
from kith.launch.models import Campaign, Gate, Ticket
from kith.launch.queries.rushing import lane_campaign, line_of, numbers_of
from kith.launch.rules.rushing import LANE_KINDS, must_wait, turn
from kith.people.api import Community, Person


@transaction.atomic
def line_up(*, community_id: int, slug: str, campaign: str, person_ids: Iterable[int], now: datetime) -> InLine:
    """Give numbers in the order of arrival, each person one for ever; return everybody's place in the line.

    Raises:
        NoSuchLaunch, PlainWayOnly: of the launch.

    """
    launch = lane_campaign(community_id, slug, campaign)
    wanted = list(dict.fromkeys(person_ids))
    numbers = numbers_of(launch, wanted)
    if len(numbers) < len(wanted):
        numbers = _numbered(launch, wanted, now)
    line = line_of(launch)
    return InLine(line, {who: turn(number, line) for who, number in numbers.items()})


def _numbered(launch: Campaign, wanted: list[int], now: datetime) -> dict[int, int]:
    """Give numbers to those who have none; whoever does the same at this moment waits."""
    Gate.objects.bulk_create([Gate(campaign=launch, community_id=launch.community_id)], ignore_conflicts=True)
    gate = Gate.objects.select_for_update(no_key=True).get(campaign=launch)
    numbers = numbers_of(launch, wanted)
    new = [who for who in wanted if who not in numbers]
    given = {who: gate.issued + n for n, who in enumerate(new, start=1)}
    Ticket.objects.bulk_create(
        Ticket(community_id=launch.community_id, campaign=launch, person_id=who, number=number, at=now)
        for who, number in given.items()
    )
    Gate.objects.filter(pk=gate.pk).update(issued=F("issued") + len(new))
    return numbers | given


def admit(*, community_id: int, slug: str, campaign: str, room: int) -> LineUp:
    """Let in the next of a line, so many as there is room for; return the line. Harmless when several do it at once.

    Raises:
        NoSuchLaunch, PlainWayOnly: of the launch.

    """
    launch = lane_campaign(community_id, slug, campaign)
    waits = Gate.objects.filter(campaign=launch, admitted__lt=F("issued"))
    waits.update(admitted=Least(F("issued"), F("admitted") + room))
    return line_of(launch)


def check_turn(launch: Campaign, buyer: Person) -> None:
    """Let pass whose turn it is: whoever goes past the lane must not go past the line.

    Raises:
        MustWait: others came before.

    """
    if launch.kind not in LANE_KINDS:
        return
    line = line_of(launch)
    if line.waiting and must_wait(numbers_of(launch, [buyer.pk]).get(buyer.pk), line):
        raise MustWait


@transaction.atomic
def take_turn(*, community: Community, campaign: str, person: Person, now: datetime) -> Turn:
    """Stand in the line where there is one, and return one's place; number 0 where nobody has to wait.

    Raises:
        NoSuchLaunch, PlainWayOnly: of the launch.

    """
    launch = lane_campaign(community.pk, community.slug, campaign)
    if not line_of(launch).waiting:
        return turn(None, LineUp(0, 0))
    found = line_up(community_id=community.pk, slug=community.slug, campaign=campaign, person_ids=[person.pk], now=now)
    return found.turns[person.pk]
