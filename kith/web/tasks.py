"""Background work of the pages: the weekly letter, each a job of its own, so that one that fails stops no other."""

from datetime import UTC, date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.see import api as see
from kith.web import letters


@app.periodic(cron="7 * * * *")
@app.task(name="web.letters", queueing_lock="web.letters")
def send_letters(timestamp: int) -> int:
    """Queue the letters of the week that have not gone yet, as of the time of the schedule; returns how many.

    Every hour, because Monday morning is by the server's clock and schedules are by UTC.
    """
    now, count = datetime.fromtimestamp(timestamp, UTC), 0
    week_on = see.letter_week(timezone.localtime(now))
    for community, reader in letters.waiting(now=now):
        lock = f"web.letter:{community.pk}:{reader.pk}"
        try:
            send_letter.configure(lock=lock, queueing_lock=lock).defer(
                slug=community.slug, person_id=reader.pk, week_on=str(week_on)
            )
            count += 1
        except AlreadyEnqueued:
            continue
    return count


@app.task(name="web.letter")
def send_letter(slug: str, person_id: int, week_on: str) -> bool:
    """Send one letter. What fails stays in the queue as failed, where the doctor finds it; the next hour tries again."""
    try:
        community = people.community(slug)
    except NotFound:
        return False  # it has gone since it was queued
    reader = next((p for p in see.letter_readers(community) if p.pk == person_id), None)
    return reader is not None and letters.deliver(
        community=community, reader=reader, week_on=date.fromisoformat(week_on), now=timezone.now()
    )
