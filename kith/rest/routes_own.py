"""What is somebody's own: getting it, and going; for operators, getting all of their community."""

from typing import Any

from allauth.core import ratelimit
from django.http import FileResponse
from django.utils import timezone
from ninja import Router, Status

from kith.own import api as own
from kith.people.api import Person
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person, run
from kith.rest.data import TooManyTries, WrongPassword
from kith.rest.fields import Id, Slug
from kith.rest.fields_own import Leaving
from kith.rest.schemas import own as schemas

router = Router(tags=["Own data"])
MINE = "/me/exports"
ALL = "/communities/{slug}/exports"


@router.get(MINE, auth=ADMIN, response=answers(schemas.Exports), summary="List my exports")
def list_my_exports(request: Asked) -> dict[str, Any]:
    """Return what you asked for of your own data and can still get, newest first."""
    return {"exports": own.bundles_of(person=person(request), community=None, now=timezone.now())}


@router.post(MINE, auth=ADMIN, response=answers(schemas.Export, status=201), summary="Export my data")
def make_my_export(request: Asked) -> Status[own.BundleValue]:
    """Have all that is kept about you made into a ZIP of JSON and pictures. While one waits, asking again is that one."""
    return Status(201, own.ask_for_bundle(by=person(request), now=timezone.now())[0])


@router.get(
    f"{MINE}/{{export_id}}/file", auth=ADMIN, response=answers(None, 404, 409, 422), summary="Download my export"
)
def download_my_export(request: Asked, export_id: Id) -> FileResponse:
    """Return the ZIP."""
    return _file(own.bundle(person=person(request), community=None, bundle_id=export_id, now=timezone.now()))


def _file(found: own.BundleValue) -> FileResponse:
    name = f"{found.slug or 'kith'}-{found.asked_at:%Y-%m-%d}.zip"
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@router.get("/me/leaving", auth=ADMIN, response=answers(schemas.InTheWay), summary="See what keeps me from leaving")
def look_at_leaving(request: Asked) -> own.Obstacles:
    """Return what must be settled before your account can be deleted."""
    return own.obstacles(person(request))


@router.post(
    "/me/leaving", auth=ADMIN, response=answers(None, *BODY, 409, 429, status=204), summary="Delete my account"
)
def delete_my_account(request: Asked, data: Leaving) -> Status[None]:
    """Delete your account, at once and for good: see docs/own-data.md for what goes and what stays."""
    me = person(request)
    _check_password(request, me, data.password)
    own.leave(person=me, texts=data.texts, now=timezone.now())
    return Status(204, None)


def _check_password(request: Asked, me: Person, password: str) -> None:
    """Let pass who knows the password; a few tries a minute, as on the page."""
    if not ratelimit.consume(request, action="reauthenticate", user=me):
        raise TooManyTries
    if not me.check_password(password):
        raise WrongPassword


@router.get(ALL, auth=ADMIN, response=answers(schemas.Exports, 404, 422), summary="List exports of a community")
def list_exports(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the exports of the community that you asked for and can still get, newest first; for operators."""
    community = run(request, slug)
    return {"exports": own.bundles_of(person=person(request), community=community, now=timezone.now())}


@router.post(ALL, auth=ADMIN, response=answers(schemas.Export, 404, 422, status=201), summary="Export a community")
def make_export(request: Asked, slug: Slug) -> Status[own.BundleValue]:
    """Have all of the community made into a ZIP: JSON lines for each table, and the pictures; for operators."""
    community = run(request, slug)
    return Status(201, own.ask_for_bundle(by=person(request), community=community, now=timezone.now())[0])


@router.get(
    f"{ALL}/{{export_id}}/file",
    auth=ADMIN,
    response=answers(None, 404, 409, 422),
    summary="Download an export of a community",
)
def download_export(request: Asked, slug: Slug, export_id: Id) -> FileResponse:
    """Return the ZIP, to the operator who asked for it."""
    community = run(request, slug)
    return _file(own.bundle(person=person(request), community=community, bundle_id=export_id, now=timezone.now()))
