"""Compare a provider's bill with our wires."""

from datetime import datetime, timedelta
from pathlib import Path

import click

from kith.cli.frame import found_problems, json_option, tell, with_database

WORDS = {
    "only_there": "was moved there; here it is unknown, or not done",
    "only_here": "is done here; the bill does not have it",
    "amount": "differs",
}


@click.command()
@click.argument("provider")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The first day of the bill, by the clock of the pages.",
)
@click.option("--days", type=click.IntRange(1, 366), default=1, show_default=True, help="How many days it covers.")
@click.option("--currency", default="CNY", show_default=True)
@json_option
@with_database
def command(*, provider: str, file: Path, day: datetime, days: int, currency: str, as_json: bool) -> None:
    """List where the bill of a payment service (CSV, as it gives it out) and the wires of its days differ; exit 1 when they do.

    After a restore it names what the backup did not know of. Nothing is changed.
    """
    # Django is set up only now.
    from django.utils import timezone  # noqa: PLC0415

    from kith.launch import api as launch  # noqa: PLC0415

    since = timezone.make_aware(day)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        found = list(launch.bill_lines(lines, currency=currency, scale=launch.scale_of(currency)))
    gaps = launch.compare_bill(provider=provider, lines=found, since=since, until=since + timedelta(days=days))
    facts = {
        "lines": len(found),
        "gaps": [{"what": g.what, "our_ref": g.our_ref, "theirs": g.theirs_minor, "ours": g.ours_minor} for g in gaps],
    }
    told = [f"{g.our_ref}  {WORDS[g.what]}: there {g.theirs_minor}, here {g.ours_minor}" for g in gaps]
    tell(facts, as_json=as_json, lines=[*told, f"{len(found)} lines of the bill, {len(gaps)} differ."])
    if gaps:
        found_problems()
