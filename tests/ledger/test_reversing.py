"""A correction is a new entry that moves back exactly what was moved, once."""

from datetime import timedelta

import pytest

from kith.ledger import api as ledger
from kith.ledger.api import AlreadyReversed, KeyReused, NewMove, NoSuchEntry, NotReversible, Overdraft
from tests.conftest import NOW, Cast
from tests.ledger.book import (
    GATEWAY,
    SALES,
    assert_every_promise_kept,
    do,
    escrow,
    held,
    hold,
    pay,
    shelf,
    stock,
)

LATER = NOW + timedelta(days=1)


def undo(cast: Cast, key: str, entry_id: int) -> ledger.Posted:
    return ledger.reverse(community=cast.home, key=key, entry_id=entry_id, by=cast.operator, now=LATER, note="打错了")


def test_a_reversal_moves_everything_back_and_says_what_it_undoes(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    entry = do(cast.home, "final", (escrow(1), SALES, 300), (escrow(1), GATEWAY, 200))
    done = undo(cast, "undo", entry.entry_id)
    assert ledger.balance(cast.home, escrow(1)) == 500
    assert ledger.balance(cast.home, SALES) == 0
    first, second = ledger.entry(cast.home, key="final"), ledger.entry(cast.home, key="undo")
    assert first is not None
    assert second is not None
    assert (first.reversed_by, first.reverses) == (done.entry_id, None)
    assert (second.reverses, second.kind, second.cause, second.by_id, second.at, second.note) == (
        entry.entry_id, "reverse", first.cause, cast.operator.pk, LATER, "打错了",
    )  # fmt: skip
    assert second.moves == (NewMove(SALES, escrow(1), 300), NewMove(GATEWAY, escrow(1), 200))
    assert_every_promise_kept()


def test_an_entry_is_reversed_once_whoever_asks_again(cast: Cast) -> None:
    entry = pay(cast.home, 1, 500)
    first = undo(cast, "undo", entry.entry_id)
    assert undo(cast, "undo", entry.entry_id) == ledger.Posted(first.entry_id, is_new=False)
    with pytest.raises(AlreadyReversed):
        undo(cast, "undo again", entry.entry_id)
    with pytest.raises(KeyReused):
        undo(cast, "undo", pay(cast.home, 2, 500).entry_id)
    assert ledger.balance(cast.home, escrow(1)) == 0


def test_two_reversals_of_one_entry_in_one_call_are_one(cast: Cast) -> None:
    entry = pay(cast.home, 1, 500)
    back = [
        ledger.Posting(key, "reverse", [NewMove(escrow(1), GATEWAY, 500)], LATER, ("test", 1), reverses=entry.entry_id)
        for key in ("one", "other")
    ]
    first, second = ledger.post_many(community=cast.home, postings=back)
    assert isinstance(first, ledger.Posted)
    assert isinstance(second, AlreadyReversed)


def test_what_was_used_meanwhile_does_not_go_back(cast: Cast) -> None:
    received = stock(cast.home, 3)
    hold(cast.home, 1, 2)
    with pytest.raises(Overdraft) as refused:
        undo(cast, "undo", received.entry_id)
    assert (refused.value.account, refused.value.missing) == (shelf(), 2)
    assert ledger.balance(cast.home, held(1)) == 2


def test_a_reversal_is_not_reversed_and_not_of_other_moves(cast: Cast) -> None:
    entry = pay(cast.home, 1, 500)
    for moves in ([NewMove(escrow(1), GATEWAY, 499)], [NewMove(GATEWAY, escrow(1), 500)]):
        with pytest.raises(NotReversible):
            ledger.post(
                community=cast.home, key="x", kind="reverse", moves=moves, by=None, cause=("test", 1), at=LATER, reverses=entry.entry_id
            )  # fmt: skip
    undone = undo(cast, "undo", entry.entry_id)
    with pytest.raises(NotReversible):
        undo(cast, "redo", undone.entry_id)
    assert ledger.balance(cast.home, escrow(1)) == 0


def test_entries_of_another_community_are_not_there(cast: Cast) -> None:
    entry = do(cast.rival, "pay", (GATEWAY, escrow(1), 500))
    for entry_id in (entry.entry_id, 0, 10**12):
        with pytest.raises(NoSuchEntry) as refused:
            undo(cast, "undo", entry_id)
        assert refused.value.status == 404
    assert ledger.balance(cast.rival, escrow(1)) == 500
