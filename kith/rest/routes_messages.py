"""Direct messages, bookmarks, and who waits to be heard."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.gather.api import OperatorsOnly
from kith.people import api as people
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run
from kith.rest.fields import Handle, Id, Key, Limit, Slug
from kith.rest.fields_daily import Before, NewMessage, NoteText, Settled
from kith.rest.routes_notices import inside
from kith.see import api as see

router = Router(tags=["Messages"])
C = "/communities/{slug}"
M = f"{C}/messages/{{int:message_id}}"
WITH = f"{C}/members/{{handle}}/messages"
PAGE = 50


@router.get(f"{C}/messages", auth=READER, response=answers(schemas.Correspondents, 404, 422), summary="List whom you write with")  # fmt: skip
def correspondents(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return whom you write with, those with the latest message first; at most 200."""
    return {"correspondents": connect.correspondents(inside(request, slug), person(request))}


@router.get(WITH, auth=READER, response=answers(schemas.Letters, 404, 422), summary="Read messages")
def messages(request: Asked, slug: Slug, handle: Handle, before: Before = 0, limit: Limit = PAGE) -> connect.Letters:
    """Return what you and somebody wrote, the latest `limit`, oldest first. Reading does not mark them as seen."""
    community = inside(request, slug)
    return connect.letters(
        community, person(request), people.member(community, handle), before=before or None, limit=limit
    )


@router.post(WITH, auth=WRITER, response=answers(schemas.Message, *BODY, 404, 409, 429, status=201), summary="Write to somebody")  # fmt: skip
def send_message(
    request: Asked, slug: Slug, handle: Handle, data: NewMessage, key: Key = ""
) -> Status[connect.MessageValue]:
    """Write to one member alone."""
    community = inside(request, slug)
    made = connect.send_message(
        community=community, to=people.member(community, handle), text=data.text, by=person(request), now=timezone.now(), key=key
    )  # fmt: skip
    return Status(201, made)


@router.put(f"{WITH}/seen", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Mark messages as seen")
def see_messages(request: Asked, slug: Slug, handle: Handle) -> Status[None]:
    """Note that you have seen all that somebody wrote."""
    community = inside(request, slug)
    other = people.member(community, handle)
    connect.see_messages(community=community, by=person(request), other_id=other.person_id, now=timezone.now())
    return Status(204, None)


@router.delete(M, auth=WRITER, response=answers(None, 404, 422, status=204), summary="Take a message back")
def delete_message(request: Asked, slug: Slug, message_id: Id) -> Status[None]:
    """Take back your own message: its words are gone for both."""
    connect.delete_message(
        community=inside(request, slug), message_id=message_id, by=person(request), now=timezone.now()
    )
    return Status(204, None)


@router.post(f"{M}/report", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Report a message")
def report_message(request: Asked, slug: Slug, message_id: Id) -> Status[None]:
    """Show a message, and no other, to those who run the community."""
    connect.report_message(
        community=inside(request, slug), message_id=message_id, by=person(request), now=timezone.now()
    )
    return Status(204, None)


@router.get(f"{C}/messages/reported", auth=ADMIN, response=answers(schemas.ReportedMessages, 404, 422), summary="List reported messages")  # fmt: skip
def reported_messages(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the messages that were reported and are not settled; for operators."""
    return {"messages": connect.reported(run(request, slug))}


@router.post(f"{M}/settlement", auth=ADMIN, response=answers(None, *BODY, 404, status=204), summary="Settle a report")
def settle_report(request: Asked, slug: Slug, message_id: Id, data: Settled) -> Status[None]:
    """Close a report; `remove` takes the words of the message away."""
    connect.settle_report(
        community=run(request, slug), message_id=message_id, by=person(request), now=timezone.now(), remove=data.remove
    )
    return Status(204, None)


@router.put(f"{C}/members/{{handle}}/block", auth=WRITER, response=answers(None, 400, 404, 422, status=204), summary="Block somebody")  # fmt: skip
def block(request: Asked, slug: Slug, handle: Handle) -> Status[None]:
    """Take no messages from somebody."""
    community = inside(request, slug)
    connect.block(community=community, who=people.member(community, handle), by=person(request), on=True)
    return Status(204, None)


@router.delete(f"{C}/members/{{handle}}/block", auth=WRITER, response=answers(None, 400, 404, 422, status=204), summary="Unblock somebody")  # fmt: skip
def unblock(request: Asked, slug: Slug, handle: Handle) -> Status[None]:
    """Take messages from somebody again."""
    community = inside(request, slug)
    connect.block(community=community, who=people.member(community, handle), by=person(request), on=False)
    return Status(204, None)


@router.get(f"{C}/bookmarks", auth=READER, response=answers(schemas.Bookmarks, 404, 422), summary="List bookmarks")
def bookmarks(request: Asked, slug: Slug, before: Before = 0, limit: Limit = 30) -> connect.Keeping:
    """Return the posts you keep, newest first, with your notes."""
    return connect.kept(inside(request, slug), person(request), before=before or None, limit=limit)


@router.put(f"{C}/posts/{{post_id}}/bookmark", auth=WRITER, response=answers(None, *BODY, 404, status=204), summary="Keep a post")  # fmt: skip
def bookmark(request: Asked, slug: Slug, post_id: Id, data: NoteText) -> Status[None]:
    """Keep a post or reply; a second time changes the note."""
    connect.keep(
        community=inside(request, slug), post_id=post_id, by=person(request), now=timezone.now(), note=data.note
    )
    return Status(204, None)


@router.delete(f"{C}/posts/{{post_id}}/bookmark", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Keep a post no longer")  # fmt: skip
def unbookmark(request: Asked, slug: Slug, post_id: Id) -> Status[None]:
    """Keep it no longer."""
    connect.let_go(community=inside(request, slug), post_id=post_id, by=person(request))
    return Status(204, None)


@router.get(f"{C}/unheard", auth=READER, response=answers(schemas.UnheardList, 404, 422), summary="List who waits to be heard")  # fmt: skip
def unheard(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return whom nobody turned to for twelve hours, newcomers first; for operators and members who answer newcomers."""
    community, me = inside(request, slug), person(request)
    if not (people.may_run(people.standing(community, me)) or connect.ears(community, me).answers_newcomers):
        raise OperatorsOnly
    found = see.unheard(community, at=timezone.now())
    return {
        "unheard": [
            {"who": u.who, "since_at": u.since_at, "source": u.source, "is_newcomer": u.is_newcomer} for u in found
        ]
    }
