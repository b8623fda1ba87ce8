"""Reactions of an export: ties of their own kind, told once, taken back with the rest."""

from pathlib import Path

from kith.bring.api import undo
from kith.energy import api as energy
from tests.bring.files import zipped
from tests.bring.test_discord_format import channel, reaction, said, user
from tests.bring.test_importing import bring, names, state, ties
from tests.conftest import NOW, Cast


def export(tmp_path: Path) -> Path:
    answer = said("I have", "502", "12", type="Reply", reference={"messageId": "501"}, reactions=[reaction("11", "14")])
    return zipped(tmp_path, {"tea.json": channel(said("@silent seeds?", mentions=[user("14")]), answer)})


def test_replies_calls_and_reactions_tie_and_the_silent_are_there(cast: Cast, tmp_path: Path) -> None:
    report = bring(cast, export(tmp_path), "discord")
    assert (report.people_new, report.messages_new, report.kinds) == (3, 2, {"react": 2})
    assert ties(cast) == {("Bo Li", "Ann"): 1, ("Ann", "silent"): 1, ("Ann", "Bo Li"): 1, ("silent", "Bo Li"): 1}
    assert energy.compare(cast.home).is_equal


def test_twice_adds_nothing_and_undo_takes_reactions_back(cast: Cast, tmp_path: Path) -> None:
    before = state(cast.home)
    done = bring(cast, export(tmp_path), "discord")
    after = state(cast.home)
    again = bring(cast, export(tmp_path), "discord")
    assert (again.people_new, again.messages_new, again.acts_new, state(cast.home)) == (0, 0, 0, after)
    assert done.batch_id is not None
    undo(community=cast.home, batch_id=done.batch_id, by=cast.founder, now=NOW)
    assert state(cast.home) == before
    assert not {"Ann", "silent"} & names(cast.home)
    assert energy.compare(cast.home).is_equal
