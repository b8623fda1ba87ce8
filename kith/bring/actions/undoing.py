"""Taking an import back."""

from datetime import datetime

from django.db import transaction

from kith.bring.actions.importing import check_staff
from kith.bring.actions.newcomers import changes_of, leaving
from kith.bring.data import NoSuchImport, Undone, UndoneAlready
from kith.bring.models import Batch
from kith.connect.api import remove_lines
from kith.energy.api import withdraw
from kith.people.api import Community, Person, note_deed, remove_members, undescribe


@transaction.atomic
def undo(*, community: Community, batch_id: int, by: Person | None, now: datetime) -> Undone:
    """Take an import back: its acts are withdrawn by new lines, its messages removed, and so are the places of people
    who appear in no other import, have no account and no tie; what it said of those who stay is as it was. Importing
    the file again brings all back.

    Raises:
        StaffOnly: somebody who does not run the community.
        NoSuchImport, UndoneAlready: there is nothing to take back.

    """
    check_staff(community, by)
    batch = Batch.objects.select_for_update().filter(community=community, pk=batch_id).first()
    if batch is None:
        raise NoSuchImport
    if batch.undone_at is not None:
        raise UndoneAlready
    acts = withdraw(community=community, at=now, source=batch.source)
    messages = remove_lines(community=community, origin=batch.source)
    batch.undone_at, batch.undone_by = now, by
    batch.save(update_fields=["undone_at", "undone_by"])
    people = remove_members(community=community, person_ids=leaving(batch))
    undescribe(community=community, changes=changes_of(batch), chapters=batch.chapters)
    note_deed(community=community, kind="bring.undone", by=by, now=now, subject=f"import:{batch.pk}")
    return Undone(batch.pk, acts, messages, people)
