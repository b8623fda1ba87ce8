"""Channels: links of those who bring a launch to others, whom to ask, whose sales they were."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.launch import api as launch
from kith.people import api as people
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_channels import Accepts, Code, Count, Judged, NewChannelRule, Whom
from kith.rest.fields_launch import LaunchSlug
from kith.rest.schemas import channels as schemas

router = Router(tags=["Channels"])
C = "/communities/{slug}"
K = C + "/links/{code}"
L = C + "/launches/{launch_slug}/channels"


@router.get(f"{C}/links", auth=READER, response=answers(schemas.Links, 404, 422), summary="List your links")
def my_links(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the launches you are asked to bring to others, or bring, with what came of it."""
    return {"links": launch.channels_of(seen(request, slug), person(request)), "disclosure": _disclosure()}


def _disclosure() -> dict[str, Any]:
    return {"version": launch.DISCLOSURE_VERSION, "short": launch.disclosure(), "text": launch.disclosure_whole()}


@router.get(K, auth=READER, response=answers(schemas.Result, 404, 422), summary="Show a link of yours")
def show_link(request: Asked, slug: Slug, code: Code) -> launch.ChannelResult:
    """Return one link of yours with what came by it."""
    return launch.channel_result(seen(request, slug), code, reader=person(request))


@router.post(
    f"{K}/acceptance", auth=WRITER, response=answers(schemas.Channel, *BODY, 404, 409), summary="Bring a launch"
)
def accept_link(request: Asked, slug: Slug, code: Code, data: Accepts) -> launch.ChannelValue:
    """Accept the disclosure and bring the launch to others; it costs nothing."""
    return launch.accept_channel(
        community=seen(request, slug), code=code, by=person(request), disclosure_version=data.disclosure_version, now=timezone.now()
    )  # fmt: skip


@router.post(f"{K}/refusal", auth=WRITER, response=answers(schemas.Channel, 404, 409, 422), summary="Say no")
def decline_link(request: Asked, slug: Slug, code: Code) -> launch.ChannelValue:
    """Say that you would rather not; you may still accept later."""
    return launch.decline_channel(community=seen(request, slug), code=code, by=person(request), now=timezone.now())


@router.post(f"{K}/end", auth=WRITER, response=answers(schemas.Channel, 404, 409, 422), summary="End a link")
def end_link(request: Asked, slug: Slug, code: Code) -> launch.ChannelValue:
    """Stop, by whose link it is or by an operator: new touches no longer count."""
    return launch.close_channel(community=seen(request, slug), code=code, by=person(request), now=timezone.now())


@router.post(f"{K}/touches", auth=WRITER, response=answers(schemas.Touched, 404, 422), summary="Come by a link")
def touch_link(request: Asked, slug: Slug, code: Code) -> dict[str, bool]:
    """Say that you came by a link, as opening it on the pages does; what you order then counts as come through its owner."""
    seen(request, slug)
    if launch.follow_link(code=code, reader=person(request)).community_slug != slug:
        raise launch.NoSuchChannel
    return {"counts": launch.touch(code=code, reader=person(request), visitor="", now=timezone.now())}


@router.get(f"{C}/bond", auth=READER, response=answers(schemas.MyBond, 404, 422), summary="Show to whom you are bound")
def my_bond(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return to whom what you buy counts as come through, null where to nobody."""
    return {"bond": launch.bond(seen(request, slug), person(request), now=timezone.now())}


@router.delete(f"{C}/bond", auth=WRITER, response=answers(schemas.MyBond, 404, 422), summary="End your bond")
def end_bond(request: Asked, slug: Slug) -> dict[str, Any]:
    """Let go of whom you are bound to; no reason is needed."""
    launch.end_bond(community=seen(request, slug), buyer=person(request), now=timezone.now())
    return {"bond": None}


@router.get(L, auth=ADMIN, response=answers(schemas.Plan, 404, 422), summary="Show the channels of a launch")
def channel_plan(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> launch.ChannelPlan:
    """Return who is proposed, asked and brings it, with what came beside what was expected; for operators."""
    return launch.channel_plan(run(request, slug), launch_slug)


@router.post(f"{L}/proposals", auth=ADMIN, response=answers(schemas.Channels, *BODY, 404, 409), summary="Propose whom to ask")  # fmt: skip
def propose_channels(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: Count) -> dict[str, Any]:
    """Propose those to whom most others can be expected to turn; nobody who hides from rankings or refuses measures."""
    made = launch.propose_channels(
        community=run(request, slug), slug=launch_slug, count=data.count, by=person(request), now=timezone.now()
    )
    return {"channels": made}


@router.post(L, auth=ADMIN, response=answers(schemas.Channel, *BODY, 404, 409, status=201), summary="Ask somebody")
def ask_channel(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: Whom) -> Status[launch.ChannelValue]:
    """Ask a member to bring a launch to others; for operators."""
    community = run(request, slug)
    who = people.member(community, data.handle).person_id
    made = launch.ask_channel(
        community=community, slug=launch_slug, person_id=who, by=person(request), now=timezone.now()
    )
    return Status(201, made)


@router.put(f"{L}/rule", auth=ADMIN, response=answers(schemas.ChannelRule, *BODY, 404), summary="Set the rule")
def set_channel_rule(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: NewChannelRule) -> launch.RuleValue:
    """Say how long a link counts and a buyer is bound; orders placed before go by the old version; for operators."""
    return launch.set_channel_rule(
        community=run(request, slug), slug=launch_slug, by=person(request), now=timezone.now(), **data.dict()
    )


@router.get(f"{L}/report", auth=ADMIN, response=answers(schemas.Attributions, 404, 422), summary="Report whose sales they were")  # fmt: skip
def attribution_report(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> launch.AttributionReport:
    """Return the sales of a launch divided by six models; the last touch is what pays; for operators."""
    return launch.attribution_report(run(request, slug), launch_slug)


@router.post(
    f"{C}/doubts/{{doubt_id}}", auth=ADMIN, response=answers(schemas.Doubt, *BODY, 404, 409), summary="Judge a doubt"
)
def judge_doubt(request: Asked, slug: Slug, doubt_id: Id, data: Judged) -> launch.DoubtValue:
    """Say whether a sale that looks like one to oneself was fine; neither buyer nor promoter may; for operators."""
    return launch.judge_doubt(
        community=run(request, slug), doubt_id=doubt_id, is_fine=data.is_fine, by=person(request), now=timezone.now()
    )
