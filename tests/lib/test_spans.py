"""Spans of days as somebody writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kith.lib.spans import BadDay, BadSpan, span

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def spanned(since: str = "", until: str = "") -> list[str]:
    return [m.isoformat()[:16] for m in span(since, until, now=NOW, zone=SHANGHAI, back_days=30)]


def test_both_days_count_in_by_the_clock_of_the_place() -> None:
    assert spanned("2026-11-01", " 2026-11-03 ") == ["2026-11-01T00:00", "2026-11-04T00:00"]
    assert spanned() == ["2026-10-23T00:00", "2026-11-22T00:00"]
    assert spanned(until="2026-01-30") == ["2026-01-01T00:00", "2026-01-31T00:00"]


@pytest.mark.parametrize("raw", ["x", "2026-13-01", "20261101x", "1900-01-01", "9999-12-31", "\x00"])
def test_what_is_no_day_is_said_so(raw: str) -> None:
    with pytest.raises(BadDay):
        spanned(raw)


def test_a_span_runs_forward_and_not_for_ever() -> None:
    for days in (("2026-11-02", "2026-11-01"), ("1990-01-01", "2026-11-01")):
        with pytest.raises(BadSpan):
            spanned(*days)
