"""Touches: somebody opened a link. Only what decides whose sale an order is gets kept, and only for 90 days."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kith.launch.data import ChannelValue, NoSuchChannel
from kith.launch.models import Bond, Channel, Order, Touch
from kith.launch.queries import CHANNEL_WITH, as_channel
from kith.launch.rules.channels import SAME_VISIT, TOUCHES_KEPT, blurred
from kith.lib.codes import CODE
from kith.people.api import Community, Person, checked_sight

TAKEN = ("open", "ready")
UNPAID = ("placed", "deposited", "due")


def follow_link(*, code: str, reader: Person | None) -> ChannelValue:
    """Return where a link leads. A link nobody stands behind any more leads there too, only it counts for nobody.

    Raises:
        NoSuchChannel: there is none, it was never accepted, or its community does not show itself to the reader.

    """
    row = Channel.objects.select_related(*CHANNEL_WITH).filter(code=code, accepted_at__isnull=False)
    found = row.first() if CODE.fullmatch(code) else None
    if found is None:
        raise NoSuchChannel
    checked_sight(found.community, reader)
    return as_channel(found)


@transaction.atomic
def touch(*, code: str, reader: Person | None, visitor: str, now: datetime) -> bool:
    """Note that somebody opened a link; False where it does not count: the launch is over, or the link was closed.

    The same person, or browser, within half an hour is the same touch. Promoters who open their own link are noted too, for
    that is how a sale to oneself in the same browser is found; they count nowhere.

    Raises:
        NoSuchChannel: as `follow_link`.

    """
    follow_link(code=code, reader=reader)
    row = Channel.objects.select_related("campaign").get(code=code)
    mark = blurred(visitor, secret=settings.SECRET_KEY)
    if row.status != "accepted" or row.campaign.status not in TAKEN or not (mark or reader):
        return False
    same = Q(person=reader) if reader else Q(visitor=mark, person=None)
    if not Touch.objects.filter(same, channel=row, at__gt=now - SAME_VISIT, at__lte=now).exists():
        Touch.objects.create(community_id=row.community_id, channel=row, visitor=mark, person=reader, at=now)
    return True


def adopt_touches(*, community: Community, visitor: str, person: Person) -> int:
    """Say whose browser it was, once they sign in to buy: its touches that nobody owns become theirs. Returns how many."""
    mark = blurred(visitor, secret=settings.SECRET_KEY)
    return Touch.objects.filter(community=community, visitor=mark, person=None).update(person=person) if mark else 0


@transaction.atomic
def forget_touches(*, now: datetime) -> int:
    """Forget touches older than 90 days; their number stays with the channel. Returns how many.

    Those of who has still to pay an order of that launch are kept until they do, or do not: whose sale it is is not fixed yet.
    """
    unpaid = Order.objects.filter(buyer=OuterRef("person"), campaign=OuterRef("channel__campaign"), status__in=UNPAID)
    old = Touch.objects.filter(~Exists(unpaid), at__lte=now - TOUCHES_KEPT)
    return forget_rows(old)


def forget_rows(rows: QuerySet[Touch]) -> int:
    """Delete touches and leave their number with their channels; inside a transaction. Returns how many."""
    who = Count("person", distinct=True) + Count("visitor", distinct=True, filter=Q(person=None))
    ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    theirs = Touch.objects.filter(pk__in=ids).exclude(person=F("channel__person"))
    for found in theirs.values("channel").annotate(n=Count("pk"), who=who):
        Channel.objects.filter(pk=found["channel"]).update(
            touches_gone=F("touches_gone") + found["n"], people_gone=F("people_gone") + found["who"]
        )
    return Touch.objects.filter(pk__in=ids).delete()[0]


def end_bond(*, community: Community, buyer: Person, now: datetime) -> bool:
    """Let a buyer go of whom they are bound to: their own act, which needs no reason. False if they were not bound."""
    bound = Bond.objects.filter(community=community, buyer=buyer, since__lte=now, until__gt=now)
    return bool(bound.update(until=now))
