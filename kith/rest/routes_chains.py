"""Chains (接龙) and check-ins (打卡)."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.rest import schemas as talk
from kith.rest.answers import BODY, answers
from kith.rest.caller import ANYBODY, WRITER, Asked, person, seen
from kith.rest.fields import Id, Key, Slug
from kith.rest.fields_chains import (
    AmendedChain,
    ChainState,
    Featured,
    NewChain,
    NewChallenge,
    NewCheckin,
    NewLine,
    PastedText,
    RankingState,
)
from kith.rest.schemas import chains as schemas

router = Router(tags=["Chains and check-ins"])
C = "/communities/{slug}/chains"
ONE = f"{C}/{{chain_id}}"
LINE = f"{ONE}/lines/{{line_id}}"
K = "/communities/{slug}/challenges"
CHALLENGE = f"{K}/{{challenge_id}}"


def _chain(found: connect.ChainPage) -> dict[str, Any]:
    return {**asdict(found.value), **asdict(found)}


def _challenge(found: connect.ChallengePage) -> dict[str, Any]:
    return {**asdict(found.value), **asdict(found), "calendar": sorted(found.calendar)}


def _common(request: Asked, slug: str, post_id: int) -> dict[str, Any]:
    return {"community": seen(request, slug), "post_id": post_id, "by": person(request), "now": timezone.now()}


@router.post(
    C, auth=WRITER, response=answers(talk.PostWithLatest, *BODY, 404, 409, status=201), summary="Start a chain"
)
def start_chain(request: Asked, slug: Slug, data: NewChain, key: Key = "") -> Status[connect.Said]:
    """Start a chain: a post whose first line is its title, with a list that everybody writes their own line in."""
    made = connect.start_chain(
        community=seen(request, slug), by=person(request), now=timezone.now(), key=key, **data.dict()
    )
    return Status(201, made)


@router.get(ONE, auth=ANYBODY, response=answers(schemas.Chain, 400, 404, 422), summary="Show a chain")
def show_chain(request: Asked, slug: Slug, chain_id: Id) -> dict[str, Any]:
    """Return a chain with the lines you may see, and as a text."""
    return _chain(connect.chain(seen(request, slug), chain_id, reader=request.auth.person, now=timezone.now()))


@router.patch(ONE, auth=WRITER, response=answers(schemas.Chain, *BODY, 404, 409), summary="Change a chain")
def amend_chain(request: Asked, slug: Slug, chain_id: Id, data: AmendedChain) -> dict[str, Any]:
    """Say anew how much a chain takes and when it closes; for who started it, and operators."""
    return _chain(connect.amend_chain(**_common(request, slug, chain_id), cap=data.cap, closes_at=data.closes_at))


@router.put(f"{ONE}/state", auth=WRITER, response=answers(schemas.Chain, *BODY, 404), summary="Close or open a chain")
def close_chain(request: Asked, slug: Slug, chain_id: Id, data: ChainState) -> dict[str, Any]:
    """Close a chain, or open it again; for who started it, and operators."""
    return _chain(connect.close_chain(**_common(request, slug, chain_id), is_closed=data.is_closed))


@router.post(
    f"{ONE}/lines", auth=WRITER, response=answers(schemas.Chain, *BODY, 404, 409, status=201), summary="Write a line"
)
def add_line(request: Asked, slug: Slug, chain_id: Id, data: NewLine) -> Status[dict[str, Any]]:
    """Write a line of your own, its fields in the order of the pattern."""
    return Status(201, _chain(connect.add_line(**_common(request, slug, chain_id), values=data.values)))


@router.put(LINE, auth=WRITER, response=answers(schemas.Chain, *BODY, 404, 409), summary="Change a line")
def edit_line(request: Asked, slug: Slug, chain_id: Id, line_id: Id, data: NewLine) -> dict[str, Any]:
    """Change a line of your own, until the chain closes."""
    return _chain(connect.edit_line(**_common(request, slug, chain_id), line_id=line_id, values=data.values))


@router.delete(LINE, auth=WRITER, response=answers(schemas.Chain, 400, 404, 409, 422), summary="Take a line out")
def remove_line(request: Asked, slug: Slug, chain_id: Id, line_id: Id) -> dict[str, Any]:
    """Take a line of your own out, until the chain closes."""
    return _chain(connect.remove_line(**_common(request, slug, chain_id), line_id=line_id))


@router.post(f"{ONE}/pasted", auth=WRITER, response=answers(schemas.Pasted, *BODY, 404, 409), summary="Paste a chain")
def paste_chain(request: Asked, slug: Slug, chain_id: Id, data: PastedText) -> connect.Pasted:
    """Read the text of a chain that went around in a group; `take` adds its good lines; for who started it, and operators."""
    return connect.paste_chain(**_common(request, slug, chain_id), text=data.text, take=data.take)


@router.post(
    K, auth=WRITER, response=answers(talk.PostWithLatest, *BODY, 404, 409, status=201), summary="Start a challenge"
)
def start_challenge(request: Asked, slug: Slug, data: NewChallenge, key: Key = "") -> Status[connect.Said]:
    """Start a challenge: a post whose text says its rules, in which people check in a day at a time."""
    made = connect.start_challenge(
        community=seen(request, slug), by=person(request), now=timezone.now(), key=key, **data.dict()
    )
    return Status(201, made)


@router.get(CHALLENGE, auth=ANYBODY, response=answers(schemas.Challenge, 400, 404, 422), summary="Show a challenge")
def show_challenge(request: Asked, slug: Slug, challenge_id: Id) -> dict[str, Any]:
    """Return a challenge with your own days and the ranking."""
    found = connect.challenge(seen(request, slug), challenge_id, reader=request.auth.person, now=timezone.now())
    return _challenge(found)


@router.post(
    f"{CHALLENGE}/checkins",
    auth=WRITER,
    response=answers(schemas.Challenge, *BODY, 404, 409, status=201),
    summary="Check in",
)
def check_in(request: Asked, slug: Slug, challenge_id: Id, data: NewCheckin, key: Key = "") -> Status[dict[str, Any]]:
    """Check in for today, or make up a missed day; the text is a reply in the thread."""
    made = connect.check_in(**_common(request, slug, challenge_id), text=data.text, on=data.on, key=key)
    return Status(201, _challenge(made))


@router.put(
    f"{CHALLENGE}/checkins/{{reply_id}}",
    auth=WRITER,
    response=answers(schemas.Challenge, *BODY, 404),
    summary="Feature a check-in",
)
def feature_checkin(request: Asked, slug: Slug, challenge_id: Id, reply_id: Id, data: Featured) -> dict[str, Any]:
    """Put a check-in among the best, or take it out; for who started the challenge, and operators."""
    return _challenge(
        connect.feature_checkin(**_common(request, slug, challenge_id), reply_id=reply_id, is_featured=data.is_featured)
    )


@router.put(
    f"{CHALLENGE}/ranking", auth=WRITER, response=answers(schemas.Challenge, *BODY, 404), summary="Hide the ranking"
)
def hide_ranking(request: Asked, slug: Slug, challenge_id: Id, data: RankingState) -> dict[str, Any]:
    """Hide the ranking from everybody, or show it; for who started the challenge, and operators."""
    return _challenge(connect.hide_ranking(**_common(request, slug, challenge_id), is_hidden=data.is_hidden))


@router.get(
    f"{CHALLENGE}/prizes",
    auth=WRITER,
    response=answers(schemas.Winners, 400, 404, 422),
    summary="List who earned prizes",
)
def prize_list(request: Asked, slug: Slug, challenge_id: Id) -> dict[str, Any]:
    """Return who earned which prize and when; for who started the challenge, and operators."""
    return {"winners": connect.prize_list(community=seen(request, slug), post_id=challenge_id, by=person(request))}
