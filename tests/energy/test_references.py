"""What the book points at exists, and stays."""

import pytest
from django.db import IntegrityError, connection, transaction

from kith.energy.api import NewAct, record, totals
from tests.conftest import NOW, Cast


def append(community: int, actor: int, other: int | None, kind: str = "reply", reverses: int | None = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO energy_act (community_id, actor_id, other_id, kind_id, weight, at, source, key, take, reverses_id)"
            " VALUES (%s, %s, %s, %s, 1, now(), 't', 'k', 0, %s)",
            [community, actor, other, kind, reverses],
        )


@pytest.mark.parametrize("missing", ["community", "actor", "other", "kind", "reverses"])
def test_an_act_that_points_at_nothing_is_refused(cast: Cast, missing: str) -> None:
    nothing = 10**12
    with pytest.raises(IntegrityError, match="is not there"):
        append(
            nothing if missing == "community" else cast.home.pk,
            nothing if missing == "actor" else cast.member.pk,
            nothing if missing == "other" else cast.other.pk,
            "nosuch" if missing == "kind" else "reply",
            nothing if missing == "reverses" else None,
        )
    assert totals(cast.home)["acts"] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people_person WHERE id = %(actor)s", "DELETE FROM people_person WHERE id = %(other)s",
        "DELETE FROM people_community WHERE id = %(home)s", "DELETE FROM energy_kind WHERE code = 'reply'",
    ],
)  # fmt: skip
def test_what_an_act_points_at_cannot_be_removed(cast: Cast, statement: str) -> None:
    record(community=cast.home, acts=[NewAct(cast.member.pk, "reply", NOW, "1", "t", other_id=cast.stranger.pk)])
    values = {"actor": cast.member.pk, "other": cast.stranger.pk, "home": cast.home.pk}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert totals(cast.home)["acts"] == 1
