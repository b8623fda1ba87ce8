"""The daily report."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from kith.connect import api as connect
from kith.rest.answers import answers
from kith.rest.caller import ANYBODY, Asked, seen
from kith.rest.fields import Slug
from kith.rest.schemas import day_report as schemas

router = Router(tags=["Talk"])
On = Annotated[
    date,
    Field(json_schema_extra={"description": "A day that has begun, by the clock of the server."}, examples=["2026-11-20"]),
]  # fmt: skip


@router.get(
    "/communities/{slug}/daily/{on}", auth=ANYBODY, response=answers(schemas.Daily, 404, 422), summary="Read the daily report"
)  # fmt: skip
def daily(request: Asked, slug: Slug, on: On) -> dict[str, Any]:
    """Return what a day came to: topics, people, asks still open, its tone against a usual day, and all of it as a text."""
    community = seen(request, slug)
    found = connect.daily_report(community=community, on=on, now=timezone.now())
    where = settings.ADDRESS + reverse("daily", kwargs={"slug": slug, "on": on})
    return {**asdict(found), "text": connect.daily_words(community, found, address=where).text}
