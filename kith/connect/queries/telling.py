"""Reads of notifications: the bell, the list, the wishes, and what is to be mailed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.connect import rules
from kith.connect.data import DEFAULT_WAYS, Bundle, Ears, Loud, Notices
from kith.connect.models import Hearing, Mute, Notice, Post, Wish
from kith.connect.queries.authors import author_of
from kith.connect.queries.talk import Reader, _rows
from kith.connect.queries.titles import covered
from kith.people.api import Community, Person, Question, standings

PAGE = 60
SHOWN = 99
FACES = 3
BELL = f"""
    FROM (SELECT FROM connect_notice n JOIN people_community c ON c.id = n.community_id
    WHERE c.slug = %(slug)s AND n.person_id = %(visitor)s AND n.read_at IS NULL LIMIT {SHOWN + 1}) unread
"""


def bell(slug: str, person_id: int | None) -> Question:
    """Return what asks how many notices somebody has not read, at most a hundred; to be asked together with something else."""
    return Question(["count(*)"], BELL, {"slug": slug, "visitor": person_id})


def notices(community: Community, person: Person, *, before: int | None = None, limit: int = PAGE) -> Notices:
    """Return what somebody was told, newest first, of one kind on one thing as one. Seven queries at most."""
    rows = Notice.objects.filter(community=community, person=person).select_related("by")
    page = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: limit + 1])
    return Notices(bundled(community, page[:limit], person), page[limit - 1].pk if len(page) > limit else None)


def bundled(community: Community, rows: Sequence[Notice], person: Person) -> list[Bundle]:
    """Return notices as they are shown to their person, with excerpts of what they may read."""
    groups = rules.bundled(rows, lambda n: (n.kind, _thing(n), n.read_at is None))
    places = standings(community, {n.by_id for n in rows if n.by_id})
    said = _excerpts(community, [p for g in groups if (p := _post(g[0]))], person)
    return [
        Bundle(
            g[0].pk, tuple(n.pk for n in g), g[0].kind, g[0].subject, g[0].at, g[0].read_at is not None,
            len({n.by_id for n in g if n.by_id}), tuple({n.by.pk: author_of(places, n.by) for n in g if n.by}.values())[:FACES],
            said.get(_post(g[0]) or 0, ""), g[0].detail,
        )
        for g in groups
    ]  # fmt: skip


def _thing(n: Notice) -> str:
    """Return what notices of a kind have in common: replies a thread, thanks a post; all else stands alone."""
    return f"root:{n.root_id}" if n.kind == "reply" else n.subject if n.kind in {"thank", "letter"} else n.cause


def _post(n: Notice) -> int | None:
    noun, _, number = n.subject.partition(":")
    return int(number) if noun == "post" and number.isdecimal() else None


def _excerpts(community: Community, post_ids: Sequence[int], person: Person) -> dict[int, str]:
    rows = list(_rows(community).filter(pk__in=post_ids, deleted_at=None)) if post_ids else []
    shown = Reader(community, rows, person.pk)
    return {
        r.pk: covered() if (s := shown.said(r)).is_blurred and not s.mine else rules.excerpt(s.text, 90) for r in rows
    }


def wishes(community: Community, person: Person) -> dict[tuple[str, str], str]:
    """Return by (kind, space or "") how somebody wants to hear of it; without a space all kinds, the usual where nothing was said."""
    said = Wish.objects.filter(community=community, person=person).values_list("kind", "space__name", "way")
    usual = {(kind, ""): way for kind, way in DEFAULT_WAYS.items()}
    return usual | {(kind, space or ""): way for kind, space, way in said}


def ears(community: Community, person: Person) -> Ears:
    """Return when mail may reach somebody."""
    found = Hearing.objects.filter(community=community, person=person).first()
    return as_ears(found) if found else Ears()


def as_ears(h: Hearing) -> Ears:
    return Ears(h.takes_mail, h.digest, h.quiet_from_minute, h.quiet_until_minute, h.zone, h.answers_newcomers)


def answerers(community: Community) -> set[int]:
    """Return who is willing to answer newcomers."""
    return set(Hearing.objects.filter(community=community, answers_newcomers=True).values_list("person_id", flat=True))


def is_muted(person: Person, root_id: int) -> bool:
    return Mute.objects.filter(person=person, root_id=root_id).exists()


def loud(community: Community, person: Person, *, now: datetime) -> list[Loud]:
    """Return the kinds somebody might want to hear less of. One query."""
    since = now - timedelta(days=rules.WEEK_DAYS)
    rows = Notice.objects.filter(community=community, person=person, at__gte=since).values_list("kind", flat=True)
    return rules.loud(list(Counter(rows[:10_000]).items()))


def best_since(community: Community, person: Person, since: datetime, *, limit: int = 5) -> list[Post]:
    """Return the threads opened since then that most turned to, as far as somebody may read them whole."""
    rows = list(_rows(community).filter(root=None, deleted_at=None, blurred_at=None, at__gte=since).exclude(author=person).order_by("-replies", "-thanks", "-pk")[: 4 * limit])  # fmt: skip
    shown = Reader(community, rows, person.pk)
    return [r for r in rows if shown.said(r).text == r.text][:limit]
