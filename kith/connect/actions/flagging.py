"""Flags: a member names the rule a text breaks; somebody who runs the community decides; another one on the appeal."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.news import tell
from kith.connect.actions.saying import bump_root, checked_place, held, restore, take_away
from kith.connect.data import (
    APPEAL_LIMIT,
    NOTE_LIMIT,
    OUTCOMES,
    AlreadyFlagged,
    AnotherMustDecide,
    CaseDecided,
    CaseGone,
    CaseValue,
    EmptyAppeal,
    NotOwnCase,
    NotOwnFlag,
    RuleMissing,
    UnknownOutcome,
)
from kith.connect.models import Case, Flag, Post
from kith.connect.queries import as_case, case_rows, record_of
from kith.gather import api as gather
from kith.lib.text import clean_line, clean_text
from kith.people.api import Community, Person, may_run, note_deed, standing


@transaction.atomic
def flag(
    *, community: Community, post_id: int, by: Person, now: datetime, agreement_id: int | None = None, note: str = ""
) -> CaseValue:
    """Say that a text breaks an agreement; enough flags, or one of somebody trusted, blur it until somebody decides.

    Where the community has no agreements, its free rules are meant.

    Raises:
        MembersOnly, PostGone: as they say.
        RuleMissing: `agreement_id` is none of the agreements that hold.
        NotOwnFlag, AlreadyFlagged: it is theirs, or they did so before.

    """
    place, found = checked_place(community, by), held(community, post_id)
    if found.author_id == by.pk:
        raise NotOwnFlag
    rule = _rule(community, agreement_id)
    if Flag.objects.filter(community=community, case__post=found, by=by).exists():
        raise AlreadyFlagged
    case, _ = Case.objects.get_or_create(
        community=community, post=found, state="open", defaults={"author_id": found.author_id, "opened_at": now}
    )
    words = {"rule": rule, "note": clean_line(note)[:NOTE_LIMIT], "agreement_id": agreement_id if rule else None}
    Flag.objects.create(community=community, case=case, by=by, at=now, **words)
    upheld, dismissed = record_of(community, by.pk)
    trusted = rules.is_trusted(place.role, upheld=upheld, dismissed=dismissed)
    if rules.is_enough(case.flags.count(), trusted=trusted, needed=gather.limits(community).flags_to_blur):
        _blur(found, now)
    _note(case, "gather.flagged", None, case.author, now)
    return _value(case)


def _rule(community: Community, agreement_id: int | None) -> str:
    titles = {a.id: a.title for a in gather.agreements(community)}
    if titles and agreement_id not in titles:
        raise RuleMissing
    return titles.get(agreement_id or 0, "")


def _blur(post: Post, now: datetime) -> None:
    if Post.objects.filter(pk=post.pk, blurred_at=None).update(blurred_at=now, version=F("version") + 1):
        _shown_anew(post, now)


def _shown_anew(post: Post, now: datetime) -> None:
    bump_root(post)
    tell(community=post.community, kind="edit", root_id=post.root_id or post.pk, post_id=post.pk, now=now)


def _note(case: Case, kind: str, by: Person | None, person: Person, now: datetime) -> None:
    detail: dict[str, str | int | bool] = {"case": case.pk, "outcome": case.outcome}
    note_deed(community=case.community, kind=kind, by=by, now=now, person=person, subject=f"post:{case.post_id}", detail=detail)  # fmt: skip


def _value(case: Case) -> CaseValue:
    return as_case(case_rows(case.community).get(pk=case.pk))


def _case(community: Community, case_id: int) -> Case:
    rows = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("community", "post", "author")
    if (found := rows.filter(community=community, pk=case_id).first()) is None:
        raise CaseGone
    return found


def _check_judge(case: Case, by: Person) -> None:
    if not may_run(standing(case.community, by)):
        raise gather.OperatorsOnly
    if case.author_id == by.pk:
        raise NotOwnCase


@transaction.atomic
def decide_case(
    *, community: Community, case_id: int, outcome: str, by: Person, now: datetime, reason: str = "", days: int | None = None
) -> CaseValue:  # fmt: skip
    """Leave a flagged text, or take it away, and with it mute or ban its author for days or without an end. All sides are told.

    Raises:
        CaseGone, OperatorsOnly, NotOwnCase, CaseDecided, UnknownOutcome: as they say.
        NoReason: what is decided against somebody has a reason. And what `gather.sanction` refuses.

    """
    case = _case(community, case_id)
    _check_judge(case, by)
    why = clean_line(reason)[:NOTE_LIMIT].strip()
    if outcome not in OUTCOMES:
        raise UnknownOutcome(outcome=clean_line(outcome)[:20])
    if case.state != "open":
        raise CaseDecided
    if outcome != "left" and not why:
        raise gather.NoReason
    case.outcome, case.reason, case.decided_at, case.decided_by = outcome, why, now, by
    case.state = "dismissed" if outcome == "left" else "upheld"
    _carry_out(case, by, now, days)
    case.save()
    for row in case.flags.select_related("by"):
        _note(case, "gather.flag_dismissed" if outcome == "left" else "gather.flag_upheld", by, row.by, now)
    _note(case, "gather.left_standing" if outcome == "left" else "gather.removed", by, case.author, now)
    return _value(case)


def _carry_out(case: Case, by: Person, now: datetime, days: int | None) -> None:
    post = case.post
    Post.objects.filter(pk=post.pk).update(blurred_at=None, version=F("version") + 1)
    if case.outcome == "left":
        return _shown_anew(post, now)
    if post.deleted_at is None:
        case.text, case.html = post.text, post.html
        take_away(held(case.community, post.pk), now)
    if case.outcome in {"muted", "banned"}:
        kind = "mute" if case.outcome == "muted" else "ban"
        case.measure_id = gather.sanction(
            community=case.community, person_id=case.author_id, kind=kind, by=by, now=now, reason=case.reason, days=days
        ).id
    return None


@transaction.atomic
def appeal(*, community: Community, case_id: int, text: str, by: Person, now: datetime) -> CaseValue:
    """Ask, as the author, that somebody else looks at a decision; once, within 14 days. Also for who was banned by it.

    Raises:
        CaseGone: there is none about words of theirs.
        NothingToAppeal, AppealTooLate, EmptyAppeal: as they say.

    """
    case = _case(community, case_id)
    if case.author_id != by.pk:
        raise CaseGone
    rules.check_appeal(case.state, case.appeal_state, case.decided_at, now)
    if not (words := clean_text(text).strip()[:APPEAL_LIMIT]):
        raise EmptyAppeal
    case.appeal, case.appeal_state, case.appealed_at = words, "open", now
    case.save(update_fields=["appeal", "appeal_state", "appealed_at"])
    _note(case, "gather.appealed", by, by, now)
    return as_case(case_rows(community).get(pk=case.pk), with_flags=False)


@transaction.atomic
def decide_appeal(*, community: Community, case_id: int, grant: bool, by: Person, now: datetime, reason: str = "") -> CaseValue:  # fmt: skip
    """Decide on an appeal; granted, the text comes back and the measure ends. Thanks that were given for it do not come back.

    Raises:
        CaseGone, OperatorsOnly, NotOwnCase, CaseDecided: as they say.
        AnotherMustDecide: `by` decided the case.

    """
    case = _case(community, case_id)
    _check_judge(case, by)
    if case.appeal_state != "open":
        raise CaseDecided
    if case.decided_by_id == by.pk:
        raise AnotherMustDecide
    case.appeal_state, case.appeal_by = "granted" if grant else "refused", by
    case.appeal_reason = clean_line(reason)[:NOTE_LIMIT]
    case.save(update_fields=["appeal_state", "appeal_by", "appeal_reason"])
    if grant:
        _undo(case, by, now)
    _note(case, "gather.appeal_granted" if grant else "gather.appeal_refused", by, case.author, now)
    return _value(case)


def _undo(case: Case, by: Person, now: datetime) -> None:
    if case.text and case.post.deleted_at:
        restore(case.post, text=case.text, html=case.html, now=now)
    if case.measure_id:
        with suppress(gather.AlreadyLifted):
            gather.lift(community=case.community, sanction_id=case.measure_id, by=by, now=now)
