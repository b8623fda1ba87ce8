"""To whom the letter of a week went."""

from datetime import date, datetime

from kith.people.api import Community
from kith.see.models import Letter


def keep_letter(*, community: Community, person_id: int, week_on: date, now: datetime) -> bool:
    """Keep that the letter of a week goes to somebody; False when one went before.

    Call it in the transaction that sends: what cannot be sent is taken back with it. Of two that send the same letter at
    once the second waits for the first.
    """
    _, is_new = Letter.objects.get_or_create(
        community=community, person_id=person_id, week_on=week_on, defaults={"sent_at": now}
    )
    return is_new
