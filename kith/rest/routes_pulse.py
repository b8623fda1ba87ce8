"""What there is to do, whom to introduce, and how one wishes to be seen."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.connect.api import MembersOnly
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run
from kith.rest.fields import Id, NewWishes, Note, Slug, Yes
from kith.see import api as see

router = Router(tags=["Pulse"])
HERE = "/communities/{slug}"
ERRAND = f"{HERE}/errands/{{errand_id}}"
INTRODUCTION = f"{HERE}/introductions/{{introduction_id}}"


def entered(request: Asked, slug: str) -> tuple[Community, Standing]:
    """Return a community and the caller's place in it.

    Raises:
        NotFound: it does not show itself to them.
        MembersOnly: it does, but they have no place in it.

    """
    community = people.community(slug)
    place = people.checked_sight(community, person(request))
    if place is None:
        raise MembersOnly
    return community, place


@router.get(f"{HERE}/pulse", auth=ADMIN, response=answers(schemas.Pulse, 404, 422), summary="Get the pulse")
def pulse(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the headline and the errands of the day; for who runs the community. The numbers are those of the report."""
    community, now = run(request, slug), timezone.now()
    report = see.report(community, now=now)
    return {"at": report.at, "headline": see.headline(report), "errands": see.errands(community, now=now)}


@router.post(f"{ERRAND}/take", auth=ADMIN, response=answers(schemas.Errand, 404, 409, 422), summary="Take an errand")
def take_errand(request: Asked, slug: Slug, errand_id: Id) -> see.Errand:
    """Take an errand in hand; a second time changes nothing."""
    return see.take(community=run(request, slug), errand_id=errand_id, by=person(request), now=timezone.now())


@router.post(
    f"{ERRAND}/finish", auth=ADMIN, response=answers(schemas.Errand, *BODY, 404, 409), summary="Finish an errand"
)
def finish_errand(request: Asked, slug: Slug, errand_id: Id, data: Note) -> see.Errand:
    """Say that an errand is done."""
    return see.finish(
        community=run(request, slug), errand_id=errand_id, by=person(request), now=timezone.now(), note=data.note
    )


@router.post(f"{ERRAND}/drop", auth=ADMIN, response=answers(schemas.Errand, *BODY, 404, 409), summary="Drop an errand")
def drop_errand(request: Asked, slug: Slug, errand_id: Id, data: Note) -> see.Errand:
    """Leave an errand undone; it is not proposed again for a month."""
    return see.drop(
        community=run(request, slug), errand_id=errand_id, by=person(request), now=timezone.now(), note=data.note
    )


@router.get(
    f"{HERE}/introductions",
    auth=READER,
    response=answers(schemas.Introductions, 404, 422),
    summary="List introductions",
)
def introductions(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return whom the caller may introduce: operators all, super nodes those they know both of, others nobody."""
    community, me = entered(request, slug)
    now = timezone.now()
    if me.is_staff:
        return {"introductions": see.introductions(community, now=now)}
    mine = me.person_id in see.supers_among(community, [me.person_id])
    return {"introductions": see.introductions_of(community, me.person_id, now=now) if mine else ()}


@router.post(
    f"{INTRODUCTION}/ask", auth=WRITER, response=answers(schemas.Introduction, 400, 404, 409, 422), summary="Ask both"
)
def ask_both(request: Asked, slug: Slug, introduction_id: Id) -> see.Introduction:
    """Ask both of the two whether they would like to meet."""
    community, _ = entered(request, slug)
    return see.ask(community=community, introduction_id=introduction_id, by=person(request), now=timezone.now())


@router.get(
    f"{HERE}/questions", auth=READER, response=answers(schemas.Questions, 404, 422), summary="List what one is asked"
)
def questions(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return whom the caller is asked to meet, and whom they were introduced to."""
    community, me = entered(request, slug)
    return {"questions": see.questions(community, me.person_id, now=timezone.now(), answered=True)}


@router.put(
    f"{INTRODUCTION}/answer",
    auth=WRITER,
    response=answers(schemas.Question, *BODY, 404, 409),
    summary="Answer a question",
)
def answer_question(request: Asked, slug: Slug, introduction_id: Id, data: Yes) -> see.Question:
    """Say whether one would like to meet the other; nobody learns of a no."""
    community, _ = entered(request, slug)
    return see.answer(
        community=community, introduction_id=introduction_id, by=person(request), yes=data.yes, now=timezone.now()
    )


@router.get(f"{HERE}/wishes", auth=READER, response=answers(schemas.Wishes, 404, 422), summary="Get one's own wishes")
def wishes(request: Asked, slug: Slug) -> Standing:
    """Return how the caller wishes to be seen here."""
    return entered(request, slug)[1]


@router.put(f"{HERE}/wishes", auth=WRITER, response=answers(schemas.Wishes, *BODY, 404), summary="Set one's own wishes")
def set_wishes(request: Asked, slug: Slug, data: NewWishes) -> Standing:
    """Say how one wishes to be seen: out of rankings, not measured at all, without introductions, without letters."""
    community, me = entered(request, slug)
    see.choose_sight(
        community=community, person_id=me.person_id, hides_rank=data.hides_rank,
        refuses_measures=data.refuses_measures, now=timezone.now(),
    )  # fmt: skip
    if data.declines_introductions:
        see.forget_introductions(community=community, person_id=me.person_id)
    return people.decline(
        community=community,
        person_id=me.person_id,
        introductions=data.declines_introductions,
        letters=data.declines_letters,
    )
