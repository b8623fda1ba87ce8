"""Background work of launch; every job is a conditional transition and harmless when run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.launch import actions


@app.periodic(cron="* * * * *")
@app.task(name="launch.tick", queueing_lock="launch.tick", lock="launch.tick")
def tick(timestamp: int) -> None:
    """Open and close launches, let go of what was not paid, ask providers who are silent, let groups fail, finish what is over."""
    now = timezone.now()
    actions.tick(now=now)
    actions.poll(now=now)
    actions.expire_due(now=now)
    actions.fail_groups(now=now)
    actions.count_days(now=now)
    actions.ask_balances(now=now)
    actions.miss_balances(now=now)
    actions.expire_gifts(now=now)
    actions.remind_terms(now=now)
    actions.renew_due(now=now)
    actions.send_notices(now=now)
    actions.finish_due(now=now)


@app.periodic(cron="17 * * * *")
@app.task(name="launch.earn_due", queueing_lock="launch.earn_due", lock="launch.earn_due")
def earn_due(timestamp: int) -> None:
    """Earn what of memberships was used until today began; every hour, so that a day that was missed is made up for."""
    actions.earn_due(now=timezone.now())


@app.periodic(cron="53 18 * * *")
@app.task(name="launch.erase_contacts", queueing_lock="launch.erase_contacts", lock="launch.erase_contacts")
def erase_contacts(timestamp: int) -> None:
    """Forget addresses that are no longer needed, by night."""
    actions.erase_contacts(now=timezone.now())


@app.periodic(cron="23 19 * * *")
@app.task(name="launch.forget_touches", queueing_lock="launch.forget_touches", lock="launch.forget_touches")
def forget_touches(timestamp: int) -> None:
    """Forget who opened which link once it can decide nothing any more, by night."""
    actions.forget_touches(now=timezone.now())


@app.periodic(cron="56 18 * * *")
@app.task(name="launch.tell_promises", queueing_lock="launch.tell_promises", lock="launch.tell_promises")
def tell_promises(timestamp: int) -> int:
    """Count who accepted a launch and sold, by night before the reports are made (see.report_all)."""
    return actions.tell_every_promise(now=timezone.now())


@app.task(name="launch.tell_sandbox")
def tell_sandbox(ref: str) -> None:
    """Send the message the sandbox kept back."""
    actions.sandbox_tell(ref=ref, now=timezone.now())
