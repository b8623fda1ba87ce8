"""Values of the community that texts lived."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.connect import api as connect
from kith.rest.answers import BODY, answers
from kith.rest.caller import ANYBODY, WRITER, Asked, person, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_inviting import Living, SpanDay
from kith.rest.routes_inviting import spanned
from kith.rest.routes_pulse import entered
from kith.rest.schemas import lived as schemas

router = Router(tags=["Talk"])
SPAN_DAYS = 90


@router.get(
    "/communities/{slug}/lived-values", auth=ANYBODY, response=answers(schemas.LivedValues, 400, 404, 422), summary="Which values were lived"
)  # fmt: skip
def lived_values(request: Asked, slug: Slug, since: SpanDay = "", until: SpanDay = "") -> dict[str, Any]:
    """Return how each value was lived between two days, both counted in; the last ninety days without."""
    community = seen(request, slug)
    first, after = spanned(since, until, SPAN_DAYS)
    found = connect.lived_values(community, since=first, until=after, reader=request.auth.person)
    return {"since": first, "until": after, "values": found}


@router.put(
    "/communities/{slug}/posts/{post_id}/lived-values", auth=WRITER, response=answers(schemas.LivedTags, *BODY, 404),
    summary="Say which value a text lived",
)  # fmt: skip
def say_lived(request: Asked, slug: Slug, post_id: Id, data: Living) -> dict[str, Any]:
    """Say that a text of yours, or one you thank for, lived a value, or take that back; returns all that is said of it."""
    community, _ = entered(request, slug)
    made = connect.say_lived(
        community=community, post_id=post_id, word=data.word, on=data.on, by=person(request), now=timezone.now()
    )
    return {"tags": made}
