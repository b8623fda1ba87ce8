"""Background work of the pages: letters and mails, each a job of its own, so that one that fails stops no other."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from kith.connect import api as connect
from kith.lib.errors import NotFound
from kith.lib.queueing import queued
from kith.people import api as people
from kith.see import api as see
from kith.web import code_warnings, letters, notice_mail, notice_push


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
        count += _queued(send_letter, lock, slug=community.slug, person_id=reader.pk, week_on=str(week_on))
    return count


def _queued(task: Any, lock: str, **facts: Any) -> bool:
    """Queue a task that waits and runs once at a time under a lock."""
    return queued(task.configure(lock=lock, queueing_lock=lock), **facts)


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


@app.periodic(cron="* * * * *")
@app.task(name="web.notices", queueing_lock="web.notices")
def send_notices(timestamp: int) -> int:
    """Queue a mail for everybody for whom notices wait, and the digests that are due; returns how many."""
    now = datetime.fromtimestamp(timestamp, UTC)
    if letters.leads_nowhere():
        return 0
    slugs = {c.pk: c.slug for c in people.every_community() if not c.is_demo}
    mails = [(slugs[c], p, False) for c, p in connect.mails_due(now=now) if c in slugs]
    digests = [(slugs[c], p, True) for c, p in connect.digests_due(now=now, home=settings.TIME_ZONE) if c in slugs]
    return sum(
        _queued(send_notice, f"web.notice:{slug}:{person_id}:{is_digest}", slug=slug, person_id=person_id, is_digest=is_digest)
        for slug, person_id, is_digest in mails + digests
    )  # fmt: skip


@app.task(name="web.notice")
def send_notice(slug: str, person_id: int, is_digest: bool) -> bool:  # noqa: FBT001 -- as it is queued
    """Send one mail. What fails was not sent: the next minute tries again."""
    send = notice_mail.send_digest if is_digest else notice_mail.send
    return send(slug=slug, person_id=person_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="web.pushes", queueing_lock="web.pushes")
def send_pushes(timestamp: int) -> int:
    """Queue a message for the devices of everybody for whom notices wait; returns how many people."""
    if not connect.push_key():
        return 0
    due = connect.pushes_due(now=datetime.fromtimestamp(timestamp, UTC))
    slugs = {c.pk: c.slug for c in people.every_community()} if due else {}
    return sum(_queued(send_push, f"web.push:{c}:{p}", slug=slugs[c], person_id=p) for c, p in due)


@app.task(name="web.push")
def send_push(slug: str, person_id: int) -> int:
    """Send to the devices of one person. What fails is not sent again: it stands behind the bell."""
    return notice_push.send(slug=slug, person_id=person_id, now=timezone.now())


@app.periodic(cron="26 * * * *")
@app.task(name="web.group_codes", queueing_lock="web.group_codes", lock="web.group_codes")
def warn_of_group_codes(timestamp: int) -> int:
    """Warn by mail of codes of chat groups that run out; what fails is tried again in an hour."""
    return code_warnings.warn(now=timezone.now())
