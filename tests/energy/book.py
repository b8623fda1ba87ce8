"""What the tests of other parts ask of the energy book."""

from kith.energy.api import compare
from kith.people.api import Community


def assert_ties_equal_the_book() -> None:
    for community in Community.objects.all():
        found = compare(community)
        assert found.is_equal, (community.slug, found)
