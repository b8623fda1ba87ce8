"""Reading the first texts of newcomers: approving, declining."""

from datetime import datetime

from django.db import transaction

from kith.connect.actions.saying import say_held
from kith.connect.data import AlreadyRead, AuthorGone, HeldGone, HeldText, MembersOnly
from kith.connect.models import Held
from kith.connect.queries import as_held
from kith.gather.api import OperatorsOnly
from kith.lib.text import clean_line
from kith.people.api import Community, Person, may_run, note_deed, standing


def _waiting(community: Community, held_id: int, by: Person) -> Held:
    if not may_run(standing(community, by)):
        raise OperatorsOnly
    rows = Held.objects.select_for_update(no_key=True, of=("self",)).select_related("author", "root", "quoted", "space")
    row = rows.filter(community=community, pk=held_id).first()
    if row is None:
        raise HeldGone
    if row.state != "waiting":
        raise AlreadyRead
    return row


@transaction.atomic
def approve_held(*, community: Community, held_id: int, by: Person, now: datetime) -> HeldText:
    """Let a text appear, now, as its author sent it.

    Raises:
        OperatorsOnly, HeldGone, AlreadyRead: as they say.
        AuthorGone: its author left meanwhile.

    """
    row = _waiting(community, held_id, by)
    try:
        post = say_held(row, now)
    except MembersOnly:
        raise AuthorGone from None
    Held.objects.filter(pk=row.pk).update(state="approved", decided_at=now, decided_by=by, post=post)
    note_deed(community=community, kind="gather.held_approved", by=by, now=now, person=row.author, subject=f"post:{post.pk}")  # fmt: skip
    return as_held(Held.objects.select_related("author", "space", "decided_by").get(pk=row.pk))


@transaction.atomic
def decline_held(*, community: Community, held_id: int, by: Person, now: datetime, reason: str = "") -> HeldText:
    """Keep a text from appearing; its author reads why.

    Raises:
        OperatorsOnly, HeldGone, AlreadyRead: as they say.

    """
    row = _waiting(community, held_id, by)
    Held.objects.filter(pk=row.pk).update(state="declined", decided_at=now, decided_by=by, reason=clean_line(reason)[:300])  # fmt: skip
    note_deed(community=community, kind="gather.held_declined", by=by, now=now, person=row.author, subject=f"held:{row.pk}")  # fmt: skip
    return as_held(Held.objects.select_related("author", "space", "decided_by").get(pk=row.pk))
