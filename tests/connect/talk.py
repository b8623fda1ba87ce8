"""Short ways to speak in tests, and to read what a text left in the book."""

import uuid
from datetime import datetime
from typing import Any

from kith.connect import api as connect
from kith.connect.api import Said
from kith.connect.models import Post
from kith.energy.api import acts_of, pair
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast


def say(cast: Cast, by: Person, text: str = "今天新米到了。", **more: Any) -> Said:
    return connect.post(**{"community": cast.home, "by": by, "text": text, "now": NOW, **more})


def answer(cast: Cast, by: Person, to: int, text: str = "真好。", **more: Any) -> Said:
    return connect.reply(**{"community": cast.home, "by": by, "to": to, "text": text, "now": NOW, **more})


def given(cast: Cast, person: Person) -> list[tuple[str, int | None]]:
    """Return (kind, to whom) of the standing acts somebody gave, sorted."""
    found = [(a.kind, a.other_id) for a in acts_of(cast.home, person.pk) if a.actor_id == person.pk]
    return sorted(found, key=str)


def warmth(cast: Cast, a: Person, b: Person) -> float:
    there, _ = pair(cast.home, a.pk, b.pk, at=NOW)
    return round(there.live, 9) if there else 0.0


def key() -> str:
    return str(uuid.uuid4())


def everything(cast: Cast) -> tuple[object, ...]:
    """Return all that a refused act must leave as it was."""
    posts = list(Post.objects.order_by("pk").values_list())
    return posts, [acts_of(cast.home, p.pk) for p in (cast.founder, cast.core, cast.member, cast.other)]


def opening(cast: Cast, reader: Person | None, now: datetime = NOW, **choice: Any) -> connect.Opening:
    """Ask what a feed opens with, as its page does."""
    who = reader.pk if reader else None
    [answer] = people.ask(connect.opening(cast.home.pk, who, now=now, **choice))
    assert answer
    return connect.Opening(answer, who, **{name: choice[name] for name in choice if name == "limit"})
