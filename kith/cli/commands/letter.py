"""Show or send the weekly letter about a community."""

from typing import TYPE_CHECKING

import click

from kith.cli.frame import found_problems, json_option, note, tell, with_database

if TYPE_CHECKING:
    from kith.people.api import Community, Person


@click.command()
@click.argument("slug")
@click.option(
    "--to", "address", help="Only to this address, of somebody who runs the community; also when theirs went already."
)
@click.option("--dry-run", is_flag=True, help="Send nothing: print the letter.")
@json_option
@with_database
def command(*, slug: str, address: str | None, dry_run: bool, as_json: bool) -> None:
    """Send this week's letter to founders and operators who have not got it, as happens on Monday; or show it.

    Exit 1 when a letter could not be sent.
    """
    # Django is set up only now.
    from kith.people import api as people  # noqa: PLC0415

    community = people.community(slug)
    if dry_run:
        _show(community, _reader(community, address), as_json=as_json)
    elif address:
        _send_to(community, _reader(community, address), as_json=as_json)
    else:
        _send(community, as_json=as_json)


def _reader(community: "Community", address: str | None) -> "Person":
    """Return whom an address names, else the first reader; for looking, a founder without an address will do."""
    from kith.people import api as people  # noqa: PLC0415 -- Django is set up only now
    from kith.see import api as see  # noqa: PLC0415
    from kith.web.letters import NoReader  # noqa: PLC0415

    readers = see.letter_readers(community)
    if address:
        readers = [r for r in readers if r.email == address.strip().lower()]
        if not readers:
            raise NoReader(address=address)
    founder = people.members(community, role="founder", limit=1)[0]
    return readers[0] if readers else people.person(founder.person_id)  # type: ignore[return-value]  # a founder is a person


def _show(community: "Community", reader: "Person", *, as_json: bool) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only now

    from kith.web import letters  # noqa: PLC0415

    found = letters.written(community=community, reader=reader, now=timezone.now())
    facts = {"to": found.to, "subject": found.subject, "text": found.text, "html": found.html}
    tell(facts, as_json=as_json, lines=[f"Subject: {found.subject}", "", found.text])


def _send_to(community: "Community", reader: "Person", *, as_json: bool) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only now

    from kith.web import letters  # noqa: PLC0415

    letters.post(letters.written(community=community, reader=reader, now=timezone.now()))
    tell({"sent": [reader.email], "failed": {}}, as_json=as_json, lines=[f"sent to {reader.email}"])


def _send(community: "Community", *, as_json: bool) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only now

    from kith.see import api as see  # noqa: PLC0415
    from kith.web import letters  # noqa: PLC0415

    now = timezone.now()
    week_on = see.week_of(timezone.localtime(now))
    sent, failed = [], {}
    for reader in see.letter_readers(community):
        try:
            if letters.deliver(community=community, reader=reader, week_on=week_on, now=now):
                sent.append(reader.email)
        except OSError as fault:  # what smtplib and sockets raise: the next address may be better
            failed[reader.email] = str(fault)
    lines = [f"sent to {one}" for one in sent] + [f"FAILED {one}: {why}" for one, why in failed.items()]
    tell({"sent": sent, "failed": failed}, as_json=as_json, lines=lines)
    if not (sent or failed):
        note("Nobody is left to whom this week's letter could go.")
    if failed:
        found_problems()
