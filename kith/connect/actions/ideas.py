"""Ideas: propose, support, decide, ship, credit. Each decision is a deed; support and credit are acts between two people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.news import tell
from kith.connect.actions.saying import checked_place, held, say
from kith.connect.actions.spaces import checked_staff
from kith.connect.data import CREDITS_LIMIT, Board, NotCredited, Owner, OwnersOnly, OwnIdea, Said
from kith.connect.models import Credited, Idea, Post, ProductOwner, Support
from kith.connect.queries import board_counts, board_ids, check_open, idea_row, one, owns, product_owners, some
from kith.energy.api import NewAct, record, withdraw
from kith.people.api import Community, NotAMember, Person, by_handles, note_deed, standings


def propose(
    *, community: Community, text: str, by: Person, now: datetime, product: str = "", space: str = "", key: str = ""
) -> Said:
    """Propose an idea, about a product or about nothing in particular.

    Raises:
        MembersOnly, EmptyText, TextTooLong, SentAlready, NoSuchSpace, SpaceArchived, KindNotHere: as they say.

    """
    with transaction.atomic():
        made, is_new = say(community=community, by=by, text=text, now=now, key=key, kind="idea", space=space)
        if is_new:
            Idea.objects.create(community=community, post=made, product=rules.checked_product(product))
    return one(community, made.pk, reader=by)


def _held(community: Community, post_id: int, by: Person) -> Idea:
    """Return a standing idea and hold its post until the transaction ends: counts, decisions and credits agree.

    Raises:
        NotAnIdea, Locked: it is none, or is closed to them.

    """
    idea_row(community, post_id)
    check_open(community, held(community, post_id), by)
    return idea_row(community, post_id)


def _changed(community: Community, idea: Idea, by: Person, now: datetime) -> Said:
    Post.objects.filter(pk=idea.pk).update(version=F("version") + 1)
    tell(community=community, kind="edit", root_id=idea.pk, post_id=idea.pk, now=now)
    return one(community, idea.pk, reader=by)


@transaction.atomic
def support(*, community: Community, post_id: int, by: Person, now: datetime) -> Said:
    """Support an idea; a second time changes nothing.

    Raises:
        MembersOnly, NotAnIdea, OwnIdea: as they say.

    """
    checked_place(community, by)
    idea = _held(community, post_id, by)
    if idea.post.author_id == by.pk:
        raise OwnIdea
    _, is_new = Support.objects.get_or_create(idea=idea, by=by, defaults={"at": now})
    if not is_new:
        return one(community, post_id, reader=by)
    Idea.objects.filter(pk=idea.pk).update(supports=F("supports") + 1)
    act = NewAct(by.pk, "support", now, f"support:{idea.pk}:{by.pk}", f"post:{idea.pk}", other_id=idea.post.author_id)
    found = _changed(community, idea, by, now)
    record(community=community, acts=[act])
    return found


@transaction.atomic
def unsupport(*, community: Community, post_id: int, by: Person, now: datetime) -> Said:
    """Take one's support back; none given, none taken.

    Raises:
        MembersOnly, NotAnIdea: as they say.

    """
    checked_place(community, by)
    idea = _held(community, post_id, by)
    if not Support.objects.filter(idea=idea, by=by).delete()[0]:
        return one(community, post_id, reader=by)
    Idea.objects.filter(pk=idea.pk).update(supports=F("supports") - 1)
    found = _changed(community, idea, by, now)
    withdraw(community=community, at=now, keys=[f"support:{idea.pk}:{by.pk}"])
    return found


def may_decide(*, community: Community, by: Person | None, product: str) -> bool:
    """Tell whether somebody decides on ideas about a product: they run the community, or were named its owner."""
    place = standings(community, [by.pk]).get(by.pk) if by else None
    return place is not None and (place.is_staff or owns(community, place.person_id, product))


def _checked_decider(community: Community, idea: Idea, by: Person) -> None:
    checked_place(community, by)
    if not may_decide(community=community, by=by, product=idea.product):
        raise OwnersOnly


@transaction.atomic
def decide_idea(*, community: Community, post_id: int, is_adopted: bool, by: Person, now: datetime, reason: str = "") -> Said:  # fmt: skip
    """Adopt or decline an idea, with a reason; changed as often as needed until it ships.

    Raises:
        MembersOnly, NotAnIdea, OwnersOnly, IdeaNeedsReason, IdeaShipped: as they say.

    """
    idea = _held(community, post_id, by)
    _checked_decider(community, idea, by)
    state, words = rules.checked_decision(state=idea.state, is_adopted=is_adopted, reason=reason)
    Idea.objects.filter(pk=idea.pk).update(state=state, reason=words, decided_at=now, decided_by=by)
    _deed(idea, f"connect.idea_{state}", by, now)
    return _changed(community, idea, by, now)


def _deed(idea: Idea, kind: str, by: Person, now: datetime, person: Person | None = None) -> None:
    note_deed(community=idea.community, kind=kind, by=by, now=now, person=person or idea.post.author, subject=f"post:{idea.pk}")  # fmt: skip


@transaction.atomic
def ship_idea(
    *, community: Community, post_id: int, shipped: str, by: Person, now: datetime, replies: Sequence[int] = (),
    handles: Sequence[str] = (),
) -> Said:  # fmt: skip
    """Say that an adopted idea has shipped, and credit by name: who proposed it always, and whose replies and words were used.

    Raises:
        MembersOnly, NotAnIdea, OwnersOnly, NotAdopted, IdeaShipped, NothingShipped, NotCredited: as they say.

    """
    idea = _held(community, post_id, by)
    _checked_decider(community, idea, by)
    words = rules.checked_shipment(state=idea.state, shipped=shipped)
    Idea.objects.filter(pk=idea.pk).update(state="shipped", shipped=words, shipped_at=now, shipped_by=by)
    _deed(idea, "connect.idea_shipped", by, now)
    used = {idea.post.author_id: None} | _used(community, idea, replies, handles)
    acts = _credit(idea, used, by, now)
    found = _changed(community, idea, by, now)
    record(community=community, acts=acts)
    return found


@transaction.atomic
def credit_idea(
    *, community: Community, post_id: int, by: Person, now: datetime, replies: Sequence[int] = (), handles: Sequence[str] = ()
) -> Said:  # fmt: skip
    """Credit more people for an idea that was adopted; who is credited already stays so.

    Raises:
        MembersOnly, NotAnIdea, OwnersOnly, NotAdopted, NotCredited: as they say.

    """
    idea = _held(community, post_id, by)
    _checked_decider(community, idea, by)
    rules.checked_to_credit(idea.state)
    acts = _credit(idea, _used(community, idea, replies, handles), by, now)
    found = _changed(community, idea, by, now)
    record(community=community, acts=acts)
    return found


def _used(community: Community, idea: Idea, replies: Sequence[int], handles: Sequence[str]) -> dict[int, int | None]:
    """Return whom to credit, each with the reply that was used.

    Raises:
        NotCredited: a reply is not one to this idea, or a handle nobody's.

    """
    rows = dict(Post.objects.filter(root=idea.pk, pk__in=replies, deleted_at=None).values_list("pk", "author_id"))
    wanted = [h.strip().removeprefix("@") for h in handles[:CREDITS_LIMIT] if h.strip()]
    named = by_handles(community, wanted)
    missing = [str(r) for r in replies if r not in rows] + [h for h in wanted if h.casefold() not in named]
    if missing:
        raise NotCredited(name=missing[0][:40])
    used: dict[int, int | None] = {}
    for reply, author in sorted(rows.items()):
        used.setdefault(author, reply)
    return used | {n.person_id: None for n in named.values() if n.person_id not in used}


def _credit(idea: Idea, used: dict[int, int | None], by: Person, now: datetime) -> list[NewAct]:
    """Name people, and return the acts of it; oneself one may name, but turns to nobody by it."""
    known = set(Credited.objects.filter(idea=idea, person__in=used).values_list("person_id", flat=True))
    new = {person: reply for person, reply in used.items() if person not in known}
    Credited.objects.bulk_create(Credited(idea=idea, person_id=p, reply_id=r, by=by, at=now) for p, r in new.items())
    for person in Person.objects.filter(pk__in=new).order_by("pk"):
        _deed(idea, "connect.idea_credited", by, now, person)
    return [
        NewAct(by.pk, "credit", now, f"credit:{idea.pk}:{p}", f"post:{idea.pk}", other_id=p) for p in new if p != by.pk
    ]


def board(
    *, community: Community, reader: Person | None, state: str = "", product: str = "", sort: str = "support", page: int = 1
) -> Board:  # fmt: skip
    """Return a page of ideas in a state (all where it is empty) and about a product, by support or the newest first."""
    ids, at, pages = board_ids(community, state=state, product=product, sort=sort, page=page)
    counts, products = board_counts(community)
    return Board(some(community, ids, reader=reader), at, pages, counts, products)


@transaction.atomic
def name_owner(*, community: Community, handle: str, product: str, by: Person, now: datetime) -> list[Owner]:
    """Let somebody decide on ideas about a product, or with an empty one on all.

    Raises:
        MembersOnly, SpaceStaffOnly, NotAMember: as they say.

    """
    checked_staff(community, by)
    found = by_handles(community, [handle.strip().removeprefix("@")])
    if not found:
        raise NotAMember
    [who] = found.values()
    _, is_new = ProductOwner.objects.get_or_create(
        community=community, person_id=who.person_id, product=rules.checked_product(product)
    )
    if is_new:
        person = Person.objects.get(pk=who.person_id)
        note_deed(community=community, kind="connect.owner_named", by=by, now=now, person=person)
    return product_owners(community)


@transaction.atomic
def drop_owner(*, community: Community, owner_id: int, by: Person, now: datetime) -> list[Owner]:
    """Take that right back.

    Raises:
        MembersOnly, SpaceStaffOnly: as they say.
        NotAMember: nobody has it by that id.

    """
    checked_staff(community, by)
    row = ProductOwner.objects.filter(community=community, pk=owner_id).select_related("person").first()
    if row is None:
        raise NotAMember
    note_deed(community=community, kind="connect.owner_dropped", by=by, now=now, person=row.person)
    row.delete()
    return product_owners(community)
