"""Taking away who somebody was. Their number stays: both books hold it."""

from django.db import transaction

from kith.people.data import LastFounder
from kith.people.models import Membership, Person


@transaction.atomic
def erase_person(*, person: Person, name: str) -> Person:
    """Make somebody who stands nowhere any more a person without account, language and name; lines they claimed too.

    Raises:
        LastFounder: they still have a place somewhere.

    """
    row = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if Membership.objects.filter(person=row).exists():
        raise LastFounder
    row.email, row.name, row.language, row.is_active = None, name, "", False
    row.set_unusable_password()
    row.save(update_fields=["email", "name", "language", "is_active", "password"])
    Person.objects.filter(merged_into=row).update(name=name)
    return row
