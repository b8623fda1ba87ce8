"""The threads pages are made in: the warm one first, all of them when needed, none lost."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest

from kith.front.bridge import Threads


def name() -> str:
    return threading.current_thread().name


def held(gate: threading.Event) -> Callable[[], str]:
    def work() -> str:
        gate.wait(10)
        return name()

    return work


async def one_after_another(threads: Threads) -> list[str]:
    return [await threads.run(name) for _ in range(5)]


async def at_once(threads: Threads) -> tuple[set[str], str]:
    """Return who worked at one time, and who took the work that had to wait."""
    gate = threading.Event()
    busy = [asyncio.create_task(threads.run(held(gate))) for _ in range(3)]
    await asyncio.sleep(0.05)
    waiting = asyncio.create_task(threads.run(name))
    gate.set()
    return set(await asyncio.gather(*busy)), await waiting


async def left_behind(threads: Threads) -> list[str]:
    """Leave three calls before their work is done, then do three more at once."""
    gate = threading.Event()
    calls = [asyncio.create_task(threads.run(held(gate))) for _ in range(3)]
    await asyncio.sleep(0.05)
    for call in calls:
        call.cancel()
    later = [asyncio.create_task(threads.run(name)) for _ in range(3)]
    await asyncio.sleep(0.05)
    assert not any(task.done() for task in later)  # the threads are still at the work nobody waits for
    gate.set()
    return await asyncio.gather(*later)


async def broken(threads: Threads) -> str:
    def fail() -> str:
        raise ValueError

    for _ in range(4):
        with pytest.raises(ValueError, match=r"^$"):
            await threads.run(fail)
    return await threads.run(name)


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads(3)
    yield made
    made.close()


def test_the_thread_that_worked_last_works_next(threads: Threads) -> None:
    assert len(set(asyncio.run(one_after_another(threads)))) == 1


def test_all_of_them_work_at_once_and_what_is_more_waits(threads: Threads) -> None:
    together, after = asyncio.run(at_once(threads))
    assert len(together) == 3
    assert after in together


def test_a_thread_whose_visitor_left_gets_no_work_before_it_is_done(threads: Threads) -> None:
    assert len(asyncio.run(left_behind(threads))) == 3


def test_a_fault_costs_no_thread(threads: Threads) -> None:
    assert asyncio.run(broken(threads)).startswith("page-")
