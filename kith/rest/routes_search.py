"""Searching."""

from ninja import Router

from kith.connect import api as connect
from kith.rest import schemas
from kith.rest.answers import answers
from kith.rest.caller import ANYBODY, Asked, seen
from kith.rest.fields import Limit, Slug, SpaceName
from kith.rest.fields_daily import FIRST, LAST, ByHandle, FoundCursor, Moment, OnlySpace, SaidKind, Wanted

router = Router(tags=["Talk"])
PAGE = 20


@router.get(
    "/communities/{slug}/search", auth=ANYBODY, response=answers(schemas.Found, 400, 404, 422), summary="Search"
)
def search(  # noqa: PLR0913, PLR0917 -- query parameters
    request: Asked, slug: Slug, q: Wanted, author: ByHandle = "", space: SpaceName = "",
    only_space: OnlySpace = False, kind: SaidKind = "", since: Moment = FIRST, until: Moment = LAST,  # noqa: FBT002 -- a query parameter
    before: FoundCursor = "", limit: Limit = PAGE,
) -> connect.Found:  # fmt: skip
    """Return posts and replies that hold every word, those in `space` first, then the newest; and people so called."""
    wanted = connect.Search(q, author, space, only_space=only_space, kind=kind, since=since, until=until)
    return connect.search(seen(request, slug), wanted, reader=request.auth.person, before=before, limit=limit)
