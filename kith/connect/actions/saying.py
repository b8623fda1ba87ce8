"""Saying something: posts, replies, edits, deletions. Each act lands in the energy book in the same transaction."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from kith.connect import rules
from kith.connect.actions.allowed import check_link, check_saying
from kith.connect.actions.allowing import NewText, check_change, hold, must_be_read
from kith.connect.actions.bulk import withdraw_line
from kith.connect.actions.news import tell
from kith.connect.actions.rooms import check_room
from kith.connect.actions.telling import tell_of_acts, tell_watchers, untell
from kith.connect.data import (
    AuthorsOnly,
    HeldForReading,
    KindNotHere,
    Locked,
    MembersOnly,
    NoSuchSpace,
    NotYours,
    PlainFirst,
    Said,
    SentAlready,
    SpaceArchived,
)
from kith.connect.models import Draft as DraftRow
from kith.connect.models import Held, Image, ImageUse, Post, Space, Thank
from kith.connect.queries import check_open, gates, may_write, one, row
from kith.connect.queries.spaces import as_space
from kith.energy.api import NewAct, acts_of, record, withdraw
from kith.lib.text import clean_line
from kith.people.api import Community, Person, Standing, by_handles, note_deed, standing

LOOKED_BACK = 10_000  # acts between two people


def checked_place(community: Community, person: Person) -> Standing:
    if (found := standing(community, person)) is None:
        raise MembersOnly
    return found


def media_address(community: Community) -> str:
    """Return what the address of every picture of a community begins with."""
    return reverse("picture", kwargs={"slug": community.slug, "name": "x"}).removesuffix("x")


def _called(community: Community, text: str) -> dict[str, Standing]:
    return by_handles(community, rules.possible_handles(text))


def _html(community: Community, text: str, people: dict[str, Standing]) -> str:
    links = {k: reverse("member", kwargs={"slug": community.slug, "handle": p.handle}) for k, p in people.items()}
    return rules.rendered(text, people=links, media=media_address(community))


def _mentions(post: Post, people: dict[str, Standing], now: datetime) -> list[NewAct]:
    """Return the acts of calling people by name; each person once a post, oneself never."""
    ids = dict.fromkeys(people[h].person_id for h in rules.called(post.text, people))
    return [
        NewAct(post.author_id, "mention", now, f"mention:{post.pk}:{i}", f"post:{post.pk}", other_id=i)
        for i in ids
        if i != post.author_id
    ]


def _new_calls(post: Post, calls: list[NewAct]) -> list[NewAct]:
    """Leave out who was called under another key: by the import, or before they claimed the name that was called."""
    claimed = set(
        Person.objects.filter(merged_into__in=[c.other_id for c in calls]).values_list("merged_into_id", flat=True)
    )
    return [c for c in calls if not ((post.origin or c.other_id in claimed) and _was_called(post, c))]


def _was_called(post: Post, call: NewAct) -> bool:
    acts = acts_of(post.community, post.author_id, other_id=call.other_id, limit=LOOKED_BACK)
    given = [a for a in acts if a.kind == "mention" and a.actor_id == post.author_id]
    return any(a.source == f"post:{post.pk}" or (a.source, a.at) == (post.origin, post.at) for a in given)


def held(community: Community, post_id: int) -> Post:
    """Return a standing post and hold it and its thread until the transaction ends: who would change it meanwhile waits.

    Raises:
        PostGone: it is not here.

    """
    found = row(community, post_id)
    ids = {found.pk, found.root_id or found.pk}
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    return row(community, post_id)


def _sent(community: Community, by: Person, key: str, text: str, root: Post | None) -> Post | None:
    """Return what a draft has become, when the same text is sent again to the same place.

    Raises:
        SentAlready: something else was sent from this draft.

    """
    found = Post.objects.filter(author=by, key=key).first()
    if found and (found.community_id, found.root_id, found.text) != (community.pk, root.pk if root else None, text):
        raise SentAlready
    return found


def checked_key(raw: str) -> str:
    try:
        return str(uuid.UUID(raw))
    except ValueError:
        return str(uuid.uuid4())


@transaction.atomic
def _say(  # noqa: PLR0913 -- the columns of a post
    community: Community, by: Person, text: str, now: datetime, key: str, *, kind: str = "talk",
    space: str = "", root: Post | None = None, quoted: Post | None = None, is_free: bool = False,
    is_read: bool = False, is_checkin: bool = False,
) -> tuple[Post | Held, bool]:  # fmt: skip
    """Return what was said and whether it is new, or what is held until somebody has read it; `is_read`: somebody has."""
    place = checked_place(community, by)
    text, key = rules.checked_text(text), checked_key(key)
    if done := _sent(community, by, key, text, root):
        return done, False
    people, there = _called(community, text), _space(community, space, kind, by)
    check_room(root.space_id if root else there.pk if there else None, place)
    if not is_read:
        check_saying(community, place, text, now)
        if must_be_read(community, place, text, root.space if root else there, now):
            words = NewText(text, key, kind, there, root, quoted)
            return hold(community=community, by=by, words=words, now=now), True
    try:
        with transaction.atomic():
            post = Post.objects.create(
                community=community, author=by, text=text, html=_html(community, text, people), kind=kind, at=now, key=key,
                root=root, quoted=quoted, space=there, is_free=is_free,
            )  # fmt: skip
    except IntegrityError:  # the other tab was faster by a moment
        if done := _sent(community, by, key, text, root):
            return done, False
        raise
    DraftRow.objects.filter(community=community, person=by, key=key).delete()
    bump_root(post, replies=1)
    _note_pictures(post, post.html)
    acts = [
        *(_checkin_acts(post, root) if is_checkin and root else [_act_of(post, root, quoted)]),
        *_mentions(post, people, now),
    ]
    tell_of_acts(community=community, post=post, acts=acts, now=now)
    if root is None:
        tell_watchers(community=community, post=post, now=now)
    record(community=community, acts=acts)
    return post, True


def _space(community: Community, name: str, kind: str, by: Person) -> Space | None:
    """Return the space of that name, none for an empty one.

    Raises:
        NoSuchSpace, SpaceArchived, KindNotHere: nobody made it, or it takes no post of this kind.
        AuthorsOnly, Locked: `by` may not write, or not even read there.

    """
    if not name.strip():
        return None
    found = Space.objects.filter(community=community, name=clean_line(name)).first()
    if found is None:
        raise NoSuchSpace
    if not as_space(found).takes(kind):
        raise (SpaceArchived if found.archived_at else KindNotHere)(space=found.name)
    _check_writes(community, found, by)
    return found


def _check_writes(community: Community, found: Space, by: Person) -> None:
    if not found.is_column and found.reads == "all":
        return
    met = gates(community, by.pk)
    if not may_write(met.gates[found.pk], met):
        raise AuthorsOnly if found.is_column else Locked(called=found.called or found.name)


def _note_pictures(post: Post, html: str) -> None:
    """Write down where pictures stand: who may not read it may not see them."""
    images = Image.objects.filter(community=post.community, digest__in=rules.pictures(html))
    ImageUse.objects.bulk_create((ImageUse(image=i, post=post) for i in images), ignore_conflicts=True)


def _act_of(post: Post, root: Post | None, quoted: Post | None) -> NewAct:
    """Return the act a text is: a reply to whom it answers, or energy given to nobody in particular."""
    source = f"post:{post.pk}"
    answered = quoted or root
    if answered is None or answered.author_id == post.author_id:
        return NewAct(post.author_id, "post", post.at, f"post:{post.pk}", source)
    return NewAct(post.author_id, "reply", post.at, f"reply:{post.pk}", source, other_id=answered.author_id)


def _checkin_acts(post: Post, root: Post) -> list[NewAct]:
    """Return the acts of a check-in: something said to nobody in particular, and once a challenge taking part in what another started."""
    said = NewAct(post.author_id, "post", post.at, f"post:{post.pk}", f"post:{post.pk}")
    if root.author_id == post.author_id:
        return [said]
    key = f"checkin:{root.pk}:{post.author_id}"
    return [said, NewAct(post.author_id, "attend", post.at, key, f"post:{root.pk}", other_id=root.author_id)]


def say_checkin(*, community: Community, to: int, text: str, by: Person, now: datetime, key: str) -> Post:
    """Say what somebody did of a challenge, as a reply in its thread, in the transaction of the check-in.

    Raises:
        PlainFirst, and what `reply` raises: as they say.

    """
    root = row(community, to)
    check_open(community, root, by)
    made, is_new = _say(community, by, text, now, key, root=root, is_checkin=True)
    if isinstance(made, Held):
        raise PlainFirst
    if is_new:
        _told(made, now)
    return made


def say(*, community: Community, by: Person, text: str, now: datetime, key: str, kind: str, space: str, is_free: bool = False) -> tuple[Post, bool]:  # fmt: skip
    """Open a thread of any kind and tell open pages; returns the post and whether it is new.

    For the actions of a kind that is more than a text: call it in their transaction, and write what else there is only if it is new.

    Raises:
        PlainFirst: somebody must read the author's first texts, and only plain ones can wait for that.

    """
    made, is_new = _say(community, by, text, now, key, kind=rules.checked_kind(kind), space=space, is_free=is_free)
    if isinstance(made, Held):
        raise PlainFirst
    if is_new:
        _told(made, now)
    return made, is_new


def say_held(row: Held, now: datetime) -> Post:
    """Say what was held, now, as its author sent it."""
    made, _ = _say(
        row.community, row.author, row.text, now, str(row.key), kind=row.kind, space=row.space.name if row.space else "",
        root=row.root, quoted=row.quoted, is_read=True,
    )  # fmt: skip
    assert isinstance(made, Post)
    _told(made, now)
    return made


def _told(made: Post, now: datetime) -> None:
    kind = "reply" if made.root_id else "post"
    tell(community=made.community, kind=kind, root_id=made.root_id or made.pk, post_id=made.pk, now=now)


def _said(made: Post | Held, is_new: bool, by: Person, now: datetime) -> Said:  # noqa: FBT001 -- what `_say` gives
    if isinstance(made, Held):
        raise HeldForReading
    if is_new:
        _told(made, now)
    return one(made.community, made.pk, reader=by)


def post(
    *,
    community: Community,
    text: str,
    by: Person,
    now: datetime,
    kind: str = "talk",
    space: str = "",
    key: str = "",
    is_free: bool = False,
) -> Said:
    """Open a thread; `is_free` opens it to those who may not read its space. `key` is the draft's: the same key and text again is the same post.

    Raises:
        MembersOnly, EmptyText, TextTooLong, UnknownKindOfPost, NoSuchSpace, SpaceArchived, KindNotHere, AuthorsOnly, Locked: as they say.
        NeedsItsForm: the kind is more than a text.
        SentAlready: another text was sent under this key.
        TierTooLow, DayLimitReached: the author's tier does not allow it.
        HeldForReading: it is kept, and appears when somebody has read it; and all that `gather.checked_to_write` refuses.

    """
    made, is_new = _say(community, by, text, now, key, kind=rules.checked_plain(kind), space=space, is_free=is_free)
    return _said(made, is_new, by, now)


def reply(*, community: Community, to: int, text: str, by: Person, now: datetime, key: str = "") -> Said:
    """Answer a post or a reply; the answer stands in the thread and, to a reply, quotes it.

    Raises:
        MembersOnly, EmptyText, TextTooLong, SentAlready: as they say.
        PostGone: what it answers is not here.
        TierTooLow, DayLimitReached: the author's tier does not allow it.
        Locked: they may not read it.
        HeldForReading, and all that `gather.checked_to_write` refuses: as for `post`.

    """
    answered = row(community, to)
    check_open(community, answered, by)
    root = row(community, answered.root_id) if answered.root_id else answered
    made, is_new = _say(community, by, text, now, key, root=root, quoted=answered if answered.pk != root.pk else None)
    return _said(made, is_new, by, now)


def edit(*, community: Community, post_id: int, text: str, by: Person, now: datetime) -> Said:
    """Change one's own words. Who is newly called by name is called; what was given stays given.

    Raises:
        PostGone, NotYours, MembersOnly, EmptyText, TextTooLong, NotWhileNew, TierTooLow: as they say.
        And all that `gather.checked_to_write` refuses, but for the pace.

    """
    with transaction.atomic():
        found = held(community, post_id)
        _check_author(found, by)
        place = checked_place(community, by)
        found.text = rules.checked_text(text)
        check_link(community, place, found.text)
        check_change(community, place, found.text, now)
        people = _called(community, found.text)
        html = _html(community, found.text, people)
        Post.objects.filter(pk=found.pk).update(text=found.text, html=html, edited_at=now, version=F("version") + 1)
        _note_pictures(found, html)
        bump_root(found)
        acts = _new_calls(found, _mentions(found, people, now))
        tell_of_acts(community=community, post=found, acts=acts, now=now)
        record(community=community, acts=acts)
        tell(community=community, kind="edit", root_id=found.root_id or found.pk, post_id=found.pk, now=now)
    return one(community, post_id, reader=by)


def _check_author(found: Post, by: Person) -> None:
    if found.author_id != by.pk:
        raise NotYours


def bump_root(found: Post, replies: int = 0) -> None:
    if found.root_id:
        Post.objects.filter(pk=found.root_id).update(replies=F("replies") + replies, version=F("version") + 1)


@transaction.atomic
def delete(*, community: Community, post_id: int, by: Person, now: datetime) -> None:
    """Take back one's own words; operators may take back anybody's. Its acts, and thanks for it, are withdrawn.

    Raises:
        PostGone, MembersOnly, NotYours: as they say.

    """
    found = held(community, post_id)
    if not checked_place(community, by).is_staff:
        _check_author(found, by)
    if found.author_id != by.pk:
        note_deed(community=community, kind="connect.removed_by_staff", by=by, now=now, person=found.author, subject=f"post:{found.pk}")  # fmt: skip
    take_away(found, now)


def take_away(found: Post, now: datetime) -> None:
    """Empty a text that is held, withdraw its acts and the thanks for it, and tell open pages."""
    community = found.community
    Post.objects.filter(pk=found.pk).update(
        deleted_at=now, text="", html="", thanks=0, version=F("version") + 1, answer=None
    )
    Post.objects.filter(answer_id=found.pk).update(answer=None, version=F("version") + 1)
    Thank.objects.filter(post=found).delete()
    bump_root(found, replies=-1)
    untell(community=community, subject=f"post:{found.pk}")
    withdraw(community=community, at=now, source=f"post:{found.pk}")
    if found.foreign_key:
        withdraw_line(community=community, foreign_key=found.foreign_key, now=now)
    tell(community=community, kind="delete", root_id=found.root_id or found.pk, post_id=found.pk, now=now)


def restore(found: Post, *, text: str, html: str, now: datetime) -> None:
    """Bring back what was taken away, with its acts at their own time."""
    Post.objects.filter(pk=found.pk).update(deleted_at=None, text=text, html=html, version=F("version") + 1)
    bump_root(found, replies=1)
    back = Post.objects.select_related("community", "root", "quoted").get(pk=found.pk)
    calls = _mentions(back, _called(back.community, text), back.at)
    record(community=back.community, acts=[_act_of(back, back.root, back.quoted), *calls])
    _told(back, now)
