"""Importing. Everything in one transaction: a bad file changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from kith.bring import formats, rules
from kith.bring.actions.newcomers import appear, bring_in, describe_them
from kith.bring.actions.showing import first_rows, other_handles
from kith.bring.actions.spoken import stage_spoken_next
from kith.bring.data import ORIGIN_LIMIT, BadOrigin, Item, Options, Report, StaffOnly
from kith.bring.formats.source.fingerprint import fingerprint
from kith.bring.models import Batch
from kith.bring.queries import report_facts
from kith.connect.api import Brought, Line, bring_lines
from kith.energy.api import KINDS, NewAct, append_staged, first_seen, stage, staging
from kith.lib.text import clean_line
from kith.people.api import Community, Person, antedate, may_run, note_deed, standing

STEP = 1000
LOCK = 1651666791  # "brng" as a number: the imports among the advisory locks
Watch = Callable[[int], None]


@dataclass(frozen=True)
class _Job:
    """One import while it runs."""

    community: Community
    batch: Batch
    path: Path
    options: Options
    now: datetime
    watch: Watch

    def items(self) -> Iterator[Item]:
        """Go through the file once more, counting on for who watches."""
        items = formats.read(self.batch.format, self.path, now=self.now, options=self.options)
        for number, item in enumerate(items, 1):
            if number % STEP == 0:
                self.watch(STEP)
            yield item

    def wanted(self) -> Iterator[Item]:
        return (item for item in self.items() if rules.is_wanted(item, self.options.channels))


def run(
    *,
    community: Community,
    format_name: str,
    path: Path,
    by: Person | None,
    now: datetime,
    options: Options = Options(),  # noqa: B008 -- frozen
    watch: Watch = lambda _: None,
) -> Report:
    """Import a file. What is there already, by the identifiers of its origin, is left alone.

    `by` None is who runs the server; `watch` is told every thousand entries read (the file is read two to four times).

    Raises:
        StaffOnly: somebody who does not run the community.
        Refusal: what kith.bring.data names, for a file that cannot be read; nothing has changed then.

    """
    check_staff(community, by)
    with transaction.atomic():
        report = replace(_import(community, format_name, path, by, now, options, watch), rows=())
        note_deed(community=community, kind="bring.imported", by=by, now=now, subject=f"import:{report.batch_id or 0}")
        return report


def preview(
    *,
    community: Community,
    format_name: str,
    path: Path,
    by: Person | None,
    now: datetime,
    options: Options = Options(),  # noqa: B008 -- frozen
    watch: Watch = lambda _: None,
) -> Report:
    """Tell exactly what `run` would do, by doing it in a transaction that is given up; raises what `run` raises."""
    check_staff(community, by)
    with transaction.atomic():
        report = _import(community, format_name, path, by, now, options, watch)
        transaction.set_rollback(True)
    return replace(report, batch_id=None, dry_run=True)


def check_staff(community: Community, by: Person | None) -> None:
    if by is not None and not may_run(standing(community, by)):
        raise StaffOnly


def _import(
    community: Community, format_name: str, path: Path, by: Person | None, now: datetime, options: Options, watch: Watch
) -> Report:
    origin = clean_line(options.origin) or format_name
    if len(origin) > ORIGIN_LIMIT:
        raise BadOrigin(limit=ORIGIN_LIMIT)
    batch = Batch(
        community=community, format=format_name, origin=origin, file_name=clean_line(path.name)[:200], by=by, started_at=now
    )  # fmt: skip
    job = _Job(community, batch, path, options, now, watch)
    seen = rules.Survey(KINDS, options.channels).see(job.items())
    _one_at_a_time(community)
    batch.sha256 = fingerprint(path)
    batch.save()
    newcomers = bring_in(batch=batch, people=seen.people, now=now)
    with staging():
        brought = _stage(job, seen, newcomers.ids)
        appended = append_staged(community=community)
    described = describe_them(batch=batch, people=seen.people, ids=newcomers.ids)
    antedate(community=community, moments=first_seen(community, source=batch.source))
    report = Report(
        batch_id=batch.pk,
        community=community.slug,
        format=format_name,
        origin=origin,
        file_name=batch.file_name,
        dry_run=False,
        people_new=newcomers.new,
        people_known=len(seen.people) - newcomers.new,
        acts_new=appended.new,
        acts_known=appended.known,
        messages_new=brought.new,
        messages_known=brought.known,
        kinds=dict(seen.kinds.most_common()),
        unknown_kinds=dict(seen.unknown_kinds.most_common()),
        bad_total=seen.bad_reasons.total(),
        bad_reasons=dict(seen.bad_reasons.most_common()),
        bad=tuple(seen.bad),
        notes=(*seen.notes, *other_handles(community, seen.people, newcomers.ids)),
        first_at=seen.first_at,
        last_at=seen.last_at,
        described=len(described.changes),
        channels=dict(seen.channels),
    )
    if newcomers.new or appended.new or brought.new or described.changes:
        appear(batch=batch, people=seen.people, ids=newcomers.ids, described=described)
    batch.report, batch.chapters = report_facts(report), list(described.chapters)
    batch.save(update_fields=["report", "chapters"])
    rows = first_rows(community, seen.first, newcomers.ids) if format_name in formats.TABLES else ()
    return replace(report, rows=rows)


def _one_at_a_time(community: Community) -> None:
    """Wait for another import into the community, until the transaction ends: both would make the same people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, community.pk])


def _stage(job: _Job, seen: rules.Survey, ids: dict[str, int]) -> Brought:
    brought = Brought(new=0, known=0)
    if seen.acts:
        stage(_acts(job, ids))
    if seen.messages:
        brought = bring_lines(community=job.community, lines=_lines(job, seen, ids), origin=job.batch.source)
    if seen.quotes:
        stage(_quotes(job, ids))
    if seen.messages and job.options.spoke_next:
        stage_spoken_next(rules.of_messages(job.wanted()), ids=ids, origin=job.batch.origin, source=job.batch.source)
    return brought


def _acts(job: _Job, ids: dict[str, int]) -> Iterator[NewAct]:
    origin, source = job.batch.origin, job.batch.source
    for line in rules.of_acts(job.wanted()):
        yield NewAct(
            actor_id=ids[line.actor],
            other_id=ids[line.other],
            kind=rules.kind_of(line.kind, KINDS),
            weight=line.weight,
            at=line.at,
            key=rules.act_key(origin, line.key),
            source=source,
        )


def _lines(job: _Job, seen: rules.Survey, ids: dict[str, int]) -> Iterator[Line]:
    origin = job.batch.origin
    called = rules.callable_names(seen.people, ids)
    for line in rules.of_messages(job.wanted()):
        mentions = (called.get(name.casefold()) for name in line.mentions)
        yield Line(
            key=rules.message_key(origin, line.key),
            author_id=ids[line.author],
            text=line.text,
            at=line.at,
            space=line.channel,
            to_key=rules.message_key(origin, line.reply_to),
            mentions=tuple(dict.fromkeys(m for m in mentions if m is not None)),
            thread_key=rules.message_key(origin, line.thread),
            is_markdown=line.is_markdown,
        )


def _quotes(job: _Job, ids: dict[str, int]) -> Iterator[NewAct]:
    origin, source = job.batch.origin, job.batch.source
    for line in rules.of_messages(job.wanted()):
        if line.quotes and ids[line.quotes] != ids[line.author]:
            key = f"quote:{rules.message_key(origin, line.key)}"
            yield NewAct(ids[line.author], "quote", line.at, key, source, other_id=ids[line.quotes])
