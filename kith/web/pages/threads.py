"""The page of a thread, for those who show it: reading it, and acts of a kind of post that are refused or looked at first."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from kith.connect import api as connect
from kith.connect.api import Thread
from kith.web.pages.guard import Here, render


def thread_page(
    request: HttpRequest, here: Here, found: Thread, *, live: str, facts: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a thread; `live` was taken before it was read, so that nothing falls between the two."""
    post_id = found.post.id
    draft = connect.draft(here.community, here.person, f"reply-{post_id}") if here.person and here.is_member else None
    thanks = [] if found.post.is_deleted or found.post.lock else connect.thanks_in_thread(here.community, post_id)
    muted = here.person is not None and here.is_member and connect.is_muted(here.person, post_id)
    return render(
        request, "thread.html", here, nav="feed", thread=found, thanks=thanks, supers=here.supers, draft=draft, live=live, facts=facts,
        muted=muted, note=connect.note_of(here.person, post_id) if here.person else None, picture="" if found.post.is_blurred else _picture(found.post.html), status=status,
    )  # fmt: skip


def _picture(html: str) -> str:
    """Return the address of the first picture of a text, for where it is shared."""
    found = re.search(r'<img src="([^"]+)"', html)
    return found[1] if found else ""
