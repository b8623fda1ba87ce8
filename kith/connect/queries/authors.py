"""How authors are shown."""

from collections.abc import Mapping

from kith.connect.data import Author
from kith.people.api import Person, Standing

GONE = Author(0, "", "")


def author_of(places: Mapping[int, Standing], person: Person) -> Author:
    """Return how an author is shown; somebody who left keeps the name and has no page."""
    place = places.get(person.pk)
    if place is None:
        return Author(person.pk, person.name, "", is_bot=person.is_bot)
    return Author(person.pk, place.name, place.handle, place.chapter, place.headline, place.is_bot)
