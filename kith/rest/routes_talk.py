"""What people say to one another."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.people.api import Community
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ANYBODY, WRITER, Asked, check_scope, person, seen
from kith.rest.fields import (
    Answer,
    Cursor,
    Edited,
    Id,
    Key,
    Limit,
    NewPost,
    NewReply,
    OfKind,
    Slug,
    SpaceName,
    Unanswered,
    Why,
)

router = Router(tags=["Talk"])
PAGE = 30
POST = "/communities/{slug}/posts/{post_id}"


@router.get(
    "/communities/{slug}/posts", auth=ANYBODY, response=answers(schemas.Feed, 404, 422), summary="Read the feed"
)
def feed(
    request: Asked, slug: Slug, kind: OfKind = "", space: SpaceName = "", unanswered: Unanswered = False,  # noqa: FBT002 -- a query parameter
    before: Cursor = "", limit: Limit = PAGE,
) -> connect.Feed:  # fmt: skip
    """Return posts, newest first, each with its two latest replies."""
    return connect.feed(
        seen(request, slug), reader=request.auth.person, kind=kind, space=space, unanswered=unanswered,
        before=before, limit=limit,
    )  # fmt: skip


@router.post(
    "/communities/{slug}/posts", auth=WRITER, response=answers(schemas.PostWithLatest, *BODY, 202, 404, 409, 429, status=201),
    summary="Post",
)  # fmt: skip
def post(request: Asked, slug: Slug, data: NewPost, key: Key = "") -> Status[connect.Said]:
    """Open a thread. `kind` “ask” asks for an answer, “viewpoint” states a thought."""
    said = connect.post(
        community=seen(request, slug), text=data.text, kind=data.kind, space=data.space, by=person(request),
        now=timezone.now(), key=key, is_free=data.is_free,
    )  # fmt: skip
    return Status(201, said)


@router.get(POST, auth=ANYBODY, response=answers(schemas.PostWithLatest, 404, 422), summary="Get a post or reply")
def one(request: Asked, slug: Slug, post_id: Id) -> connect.Said:
    """Return one post as in the feed, or one reply."""
    return connect.one(seen(request, slug), post_id, reader=request.auth.person)


@router.get(f"{POST}/thread", auth=ANYBODY, response=answers(schemas.Thread, 404, 422), summary="Read a thread")
def thread(request: Asked, slug: Slug, post_id: Id) -> connect.Thread:
    """Return a post with its replies, at most 500; a reply's id finds the thread it stands in."""
    return connect.thread(seen(request, slug), post_id, reader=request.auth.person)


@router.post(
    f"{POST}/replies",
    auth=WRITER,
    response=answers(schemas.Post, *BODY, 202, 404, 409, 429, status=201),
    summary="Reply",
)
def reply(request: Asked, slug: Slug, post_id: Id, data: NewReply, key: Key = "") -> Status[connect.Said]:
    """Answer a post, or a reply, which is then quoted."""
    said = connect.reply(
        community=seen(request, slug),
        to=post_id,
        text=data.text,
        by=person(request),
        now=timezone.now(),
        key=key,
    )
    return Status(201, said)


@router.patch(
    POST, auth=WRITER, response=answers(schemas.PostWithLatest, *BODY, 404, 409), summary="Edit a post or reply"
)
def edit(request: Asked, slug: Slug, post_id: Id, data: Edited) -> connect.Said:
    """Change your own words."""
    return connect.edit(
        community=seen(request, slug), post_id=post_id, text=data.text, by=person(request), now=timezone.now()
    )


def check_author(request: Asked, community: Community, post_id: int) -> None:
    """Let an author pass; who acts as an operator on somebody else's post needs the scope for that."""
    if not connect.one(community, post_id, reader=person(request)).mine:
        check_scope(request, "admin")


@router.delete(POST, auth=WRITER, response=answers(None, 404, 422, status=204), summary="Delete a post or reply")
def delete(request: Asked, slug: Slug, post_id: Id) -> Status[None]:
    """Take back your own words; operators (scope admin) may take back anybody's."""
    community = seen(request, slug)
    check_author(request, community, post_id)
    connect.delete(community=community, post_id=post_id, by=person(request), now=timezone.now())
    return Status(204, None)


@router.get(f"{POST}/thanks", auth=ANYBODY, response=answers(schemas.Thanks, 404, 422), summary="List thanks")
def thanks(request: Asked, slug: Slug, post_id: Id) -> dict[str, Any]:
    """Return who thanked for a post, and why; the 100 newest."""
    return {"thanks": connect.thanks(seen(request, slug), post_id, reader=request.auth.person)}


@router.put(f"{POST}/thanks", auth=WRITER, response=answers(schemas.PostWithLatest, *BODY, 404), summary="Thank")
def thank(request: Asked, slug: Slug, post_id: Id, data: Why) -> connect.Said:
    """Thank for a post; a second time only changes the words."""
    return connect.thank(
        community=seen(request, slug), post_id=post_id, why=data.why, by=person(request), now=timezone.now()
    )


@router.delete(
    f"{POST}/thanks", auth=WRITER, response=answers(schemas.PostWithLatest, 404, 422), summary="Take thanks back"
)
def unthank(request: Asked, slug: Slug, post_id: Id) -> connect.Said:
    """Take your thanks back; none given, none taken."""
    return connect.unthank(community=seen(request, slug), post_id=post_id, by=person(request), now=timezone.now())


@router.put(
    f"{POST}/answer", auth=WRITER, response=answers(schemas.PostWithLatest, *BODY, 404), summary="Accept an answer"
)
def accept(request: Asked, slug: Slug, post_id: Id, data: Answer) -> connect.Said:
    """Accept a reply as the answer to your ask; operators (scope admin) may for anybody's."""
    community = seen(request, slug)
    check_author(request, community, post_id)
    return connect.accept(
        community=community, post_id=post_id, answer_id=data.answer_id, by=person(request), now=timezone.now()
    )


@router.delete(
    f"{POST}/answer",
    auth=WRITER,
    response=answers(schemas.PostWithLatest, 400, 404, 422),
    summary="Take an acceptance back",
)
def unaccept(request: Asked, slug: Slug, post_id: Id) -> connect.Said:
    """Leave an ask open again."""
    community = seen(request, slug)
    check_author(request, community, post_id)
    return connect.accept(community=community, post_id=post_id, answer_id=None, by=person(request), now=timezone.now())
