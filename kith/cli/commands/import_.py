"""Bring in the history of a group that already exists, or take an import back."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.cli.frame import json_option, language_option, note, progress, tell, with_database

if TYPE_CHECKING:
    from kith.bring.api import Report, Row, Undone
    from kith.people.api import Community

SHOWN = 20


@click.command(no_args_is_help=True)
@click.argument("format_name", metavar="FORMAT", required=False)
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path), required=False)
@click.option("--community", "slug", metavar="SLUG", help="The community to import into.")
@click.option("--dry-run", is_flag=True, help="Tell exactly what would happen; change nothing.")
@click.option("--spoke-next", is_flag=True, help="Take it as a weak tie that somebody spoke right after another.")
@click.option("--origin", default="", help="Whose identifiers the file uses, when another file of the format differs.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="WHAT=COLUMN",
    help="For lists of people: which column is the id, name, joined, chapter …",
)
@click.option(
    "--channel", "channels", multiple=True, metavar="NAME", help="Take only this channel; may be given several times."
)
@click.option("--create", metavar="NAME", help="Make the community, unless there is one at SLUG.")
@click.option("--founder", metavar="EMAIL", help="With --create: the account that founds it.")
@click.option("--undo", "batch", type=int, metavar="BATCH", help="Take the import of this number back.")
@language_option
@json_option
@with_database
def command(*, as_json: bool, language: str, batch: int | None, **given: Any) -> None:
    r"""Import PATH, which is of FORMAT: acts, messages, mbox, slack, wechat, discourse, discord, telegram, zulip; or a
    list of people: roster, members.

    What was imported before is left alone, so a longer export of the same group can follow. A bad line is skipped
    and told; a bad file changes nothing. docs/importing.md describes the formats.

    \b
    kith import acts history.csv.gz --community tea --dry-run
    kith import roster group.csv --community tea --origin wechat --map id=wxid
    kith import slack export.zip --community tea --create "Tea friends" --founder ann@example.org
    kith import --undo 7
    """
    if batch is not None:
        _tell_undone(_undo(batch), as_json=as_json)
        return
    if not (given["format_name"] and given["path"] and given["slug"]):
        raise click.UsageError("FORMAT, PATH and --community are needed (or --undo BATCH).")
    begun = time.monotonic()
    report = _import(**given)
    _tell(report, round(time.monotonic() - begun, 2), language, as_json=as_json)


def _undo(batch: int) -> "Undone":
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only now

    from kith.bring import api as bring  # noqa: PLC0415

    return bring.undo(community=bring.community_of(batch), batch_id=batch, by=None, now=timezone.now())


def _import(**given: Any) -> "Report":
    # Django is set up only now.
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kith.bring import api as bring  # noqa: PLC0415

    work = bring.preview if given["dry_run"] else bring.run
    options = bring.Options(
        origin=given["origin"], spoke_next=given["spoke_next"], columns=_columns(given["columns"]), channels=frozenset(given["channels"]),
    )  # fmt: skip
    # One transaction with the founding: a file that is refused leaves no empty community, a dry run none at all.
    with progress(f"{given['format_name']} {given['path'].name}") as watch, transaction.atomic():
        report = work(
            community=_community(given["slug"], given["create"], given["founder"]),
            format_name=given["format_name"], path=given["path"], by=None, now=timezone.now(), options=options, watch=watch,
        )  # fmt: skip
        transaction.set_rollback(given["dry_run"])
    return report


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    parted = [pair.partition("=") for pair in pairs]
    if bad := next((what for what, sign, _ in parted if not sign), ""):
        raise click.UsageError(f"--map wants WHAT=COLUMN, such as --map name=姓名; not “{bad}”.")
    return {what.strip(): column for what, _, column in parted}


def _community(slug: str, create: str | None, founder: str | None) -> "Community":
    # Django is set up only now.
    from django.utils import timezone  # noqa: PLC0415

    from kith.lib.errors import NotFound  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    try:
        return people.community(slug)
    except NotFound:
        if not create:
            raise click.UsageError(f"There is no community at “{slug}”. --create NAME makes it.") from None
    person = people.Person.objects.filter(email=founder.lower()).first() if founder else None
    if founder and person is None:
        raise click.UsageError(f"There is no account with the address {founder}. Sign up first.")
    if person is None:
        note("Nobody with an account runs this community yet: --founder EMAIL would have named one.")
        person = people.make_person(name=f"{create} founder")
    return people.found(name=create, slug=slug, pursuit=create, by=person, now=timezone.now())


def _tell(report: "Report", seconds: float, language: str, *, as_json: bool) -> None:
    # Django is set up only now.
    from django.utils import translation  # noqa: PLC0415

    from kith.bring.api import report_facts  # noqa: PLC0415

    with translation.override(language):
        tell(report_facts(report) | {"seconds": seconds}, as_json=as_json, lines=_lines(report, seconds))


def _lines(report: "Report", seconds: float) -> list[str]:
    # Django is set up only now.
    from django.utils.translation import gettext  # noqa: PLC0415

    from kith.bring.api import NOTES, REASONS  # noqa: PLC0415

    span = (
        f"{report.first_at:%Y-%m-%d} to {report.last_at:%Y-%m-%d}" if report.first_at and report.last_at else "nothing"
    )
    head = "Would import" if report.dry_run else f"Import {report.batch_id}:"
    lines = [
        f"{head} {report.file_name} ({report.format}) into {report.community}, {span}, {seconds} s",
        f"people    {report.people_new} new, {report.people_known} known",
        f"messages  {report.messages_new} new, {report.messages_known} known",
        f"acts      {report.acts_new} new, {report.acts_known} known",
    ]
    lines += [f"          {count} {kind}" for kind, count in report.kinds.items()]
    lines += [f"          {count} “{word}” kept as other" for word, count in report.unknown_kinds.items()]
    if len(report.channels) > 1:
        lines += [f"channels  {count} in {name or '(no name)'}" for name, count in report.channels.items()]
    if report.described:
        lines += [f"described {report.described} people"]
    lines += [f"skipped   {count}: {gettext(REASONS[reason])}" for reason, count in report.bad_reasons.items()]
    for bad in report.bad[:SHOWN]:
        lines += [f"          line {bad.line}: {gettext(REASONS[bad.reason])} {bad.detail}".rstrip()]
    if report.bad_total > SHOWN:
        lines += [f"          … {report.bad_total - SHOWN} more"]
    lines += [_row(row) for row in report.rows if not row.reason]
    return lines + [f"note      {gettext(NOTES[told.code]) % dict(told.facts)}" for told in report.notes]


def _row(row: "Row") -> str:
    joined = f"{row.joined_at:%Y-%m-%d}" if row.joined_at else ""
    said = (row.name, f"@{row.handle}", row.chapter, row.headline, joined)
    return f"row       line {row.line}: {' · '.join(part for part in said if part)}"


def _tell_undone(undone: "Undone", *, as_json: bool) -> None:
    line = (
        f"Import {undone.batch_id} taken back: {undone.acts} acts, {undone.messages} messages, {undone.people} people"
    )
    tell(asdict(undone), as_json=as_json, lines=[line])
