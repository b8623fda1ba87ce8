"""Takes the invented community away again, to the last row."""

from django.db import transaction
from django.db.models import ProtectedError

from kith.connect import api as connect
from kith.demo.data import NoDemo, Removed
from kith.demo.pour import existing
from kith.energy import api as energy
from kith.gather import api as gather
from kith.launch import api as launch
from kith.ledger import api as ledger
from kith.people.api import Community, Membership, Person, drop_deeds
from kith.share import api as share


@transaction.atomic
def remove() -> Removed:
    """Remove the demo with everything that was said, done and given in it. Accounts that joined it stay, without a place.

    Raises:
        NoDemo: there is none.
        DemoAddressTaken: what lives at its address is real.

    """
    if (community := existing()) is None:
        raise NoDemo
    texts = connect.count(community)
    invented = _invented(community)
    launch.drop_launches(community=community)
    share.drop_shares(community=community)
    connect.drop_texts(community=community)
    acts = energy.drop_book(community=community)
    ledger.drop_book(community=community)
    drop_deeds(community=community)
    # What the parts above keep about a community goes with it; only then are its people free to go.
    community.delete()
    gone, kept = _dismiss(invented)
    return Removed(slug=community.slug, people=gone, kept=kept, texts=texts, acts=acts)


def _invented(community: Community) -> list[int]:
    """Return the members and applicants without an account."""
    ids = set(Membership.objects.within(community.pk).values_list("person_id", flat=True))
    ids |= {a.person_id for a in gather.waiting(community)}
    return list(Person.objects.filter(pk__in=ids, email=None).values_list("pk", flat=True))


def _dismiss(ids: list[int]) -> tuple[int, int]:
    """Forget people; those a visitor took along to another community, as a persona, stay there."""
    idle = Person.objects.filter(pk__in=ids, memberships=None)
    try:
        with transaction.atomic():
            gone = idle.count()
            idle.delete()
    except ProtectedError as fault:
        busy = _held_by(fault)
        gone = idle.exclude(pk__in=busy).count()
        idle.exclude(pk__in=busy).delete()
    return gone, len(ids) - gone


def _held_by(fault: ProtectedError) -> set[int]:
    """Return the people whom rows elsewhere still name."""
    rows = fault.protected_objects
    people = [f.attname for row in rows for f in row._meta.concrete_fields if f.related_model is Person]  # noqa: SLF001
    return {pk for row in rows for name in people if (pk := getattr(row, name, None))}
