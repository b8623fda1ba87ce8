"""Reads of the weekly letter: to whom it goes, and to whom it went."""

from datetime import date

from kith.people import api as people
from kith.people.api import Community, Person
from kith.see.models import Letter


def letter_readers(community: Community) -> list[Person]:
    """Return founders and operators who take the weekly letter, the earliest first. Three queries."""
    who = people.runners(community)
    places = people.standings(community, [p.pk for p in who])
    return [p for p in who if p.is_active and p.pk in places and not places[p.pk].declines_letters]


def letters_of(community: Community, *, week_on: date) -> set[int]:
    """Return to whom (ids) the letter of a week went. One query."""
    rows = Letter.objects.filter(community=community, week_on=week_on)
    return set(rows.values_list("person_id", flat=True))
