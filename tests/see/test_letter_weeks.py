"""The letter of a week goes out from Monday morning on, by the server's clock, until Tuesday ends."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError

from kith.see import api as see
from kith.see.models import Letter
from tests.conftest import NOW, Cast

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("local", "week"),
    [
        ("2026-11-22T23:59", None), ("2026-11-23T06:59", None), ("2026-11-23T07:00", MONDAY), ("2026-11-23T23:59", MONDAY),
        ("2026-11-24T00:10", MONDAY), ("2026-11-24T23:59", MONDAY), ("2026-11-25T00:00", None),
    ],
)  # fmt: skip
def test_a_week_has_its_hours(local: str, week: date | None) -> None:
    assert see.letter_week(datetime.fromisoformat(local)) == week


def test_the_database_keeps_one_letter_a_person_and_week(cast: Cast) -> None:
    who: dict[str, Any] = {"community": cast.home, "person_id": cast.founder.pk, "now": NOW}
    assert [see.keep_letter(**who, week_on=MONDAY), see.keep_letter(**who, week_on=MONDAY)] == [True, False]
    assert see.keep_letter(**who, week_on=date(2026, 11, 30))
    assert see.letters_of(cast.home, week_on=MONDAY) == {cast.founder.pk}
    with pytest.raises(IntegrityError, match="see_letter_once_a_person_and_week"):
        Letter.objects.create(community=cast.home, person=cast.founder, week_on=MONDAY, sent_at=NOW)
