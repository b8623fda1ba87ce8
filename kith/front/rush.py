"""The order lane of a process: while one commit runs, the next batch gathers.

Orders of a launch wait in the order of arrival and are written up to 500 at a time, by one thread with one connection; each caller
is answered when its order is on disk. When more wait than can be served soon, who comes later gets a number in the line of
the launch (`launch.line_up`) and asks again; nobody overtakes it, in whichever process they ask.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, close_old_connections

from kith.front.rush_data import LaneAway, Limits, Where
from kith.launch import api as launch
from kith.launch.api import LineUp, MustWait, Placed, Turn, Wish
from kith.lib.errors import Refusal

log = logging.getLogger(__name__)
ADMIT_SECONDS = 1.0
GATHER_SECONDS = 0.01
MANY = 16  # orders of a batch that make a rush
NOBODY = LineUp(0, 0)

Answer = Placed | Turn | Refusal
R = TypeVar("R")


@dataclass(slots=True)
class Caller:
    """Somebody who waits for an answer."""

    wish: Wish
    answer: "asyncio.Future[Answer]"

    def tell(self, answer: Answer) -> None:
        if not self.answer.done():  # who hung up hears nothing
            self.answer.set_result(answer)


@dataclass(slots=True)
class Queue:
    """The orders of a launch: those to be written next, and those that came when there was no room."""

    orders: deque[Caller] = field(default_factory=deque)
    beyond: list[Caller] = field(default_factory=list)
    line: LineUp = NOBODY
    admits_at: float = 0
    written: int = 0  # how many the last batch held


class Lane:
    """To be made within the running loop."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.queues: dict[Where, Queue] = {}
        self.thread = ThreadPoolExecutor(1, "order-lane")
        self.looking = ThreadPoolExecutor(1, "order-lane-look")
        self.wake = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    async def place(self, where: Where, wish: Wish) -> Answer:
        """Return the order, a refusal, or a place in the line."""
        queue = self.queues.setdefault(where, Queue())
        caller = Caller(wish, asyncio.get_running_loop().create_future())
        full = queue.line.waiting > 0 or len(queue.orders) >= self.limits.waiting
        (queue.beyond if full else queue.orders).append(caller)
        self.wake.set()
        return await caller.answer

    async def close(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        for queue in self.queues.values():
            for caller in [*queue.orders, *queue.beyond]:
                caller.tell(LaneAway())
        self.thread.shutdown(wait=False)
        self.looking.shutdown(wait=False)

    async def _run(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            while busy := [w for w, q in self.queues.items() if q.orders or q.beyond]:
                for where in busy:
                    await self._serve(where, self.queues[where])
            self.queues = {w: q for w, q in self.queues.items() if q.orders or q.beyond or q.line.waiting}

    async def _serve(self, where: Where, queue: Queue) -> None:
        """Let in who is next, give numbers, write one batch."""
        if queue.line.waiting and asyncio.get_running_loop().time() >= queue.admits_at:
            await self._admit(where, queue)
        if queue.beyond:
            beyond, queue.beyond = queue.beyond, []
            await self._line_up(where, queue, beyond)
        if queue.orders:
            await self._gather(queue)
            batch = [queue.orders.popleft() for _ in range(min(len(queue.orders), launch.BATCH_LIMIT))]
            await self._write(where, queue, batch)

    async def _gather(self, queue: Queue) -> None:
        """In a rush, wait a moment for those who were answered just now: a handful costs a commit as hundreds do."""
        if queue.written >= MANY and len(queue.orders) < launch.BATCH_LIMIT:
            await asyncio.sleep(GATHER_SECONDS)

    async def _admit(self, where: Where, queue: Queue) -> None:
        room = self.limits.waiting - len(queue.orders)
        if room <= 0:
            return
        queue.admits_at = asyncio.get_running_loop().time() + ADMIT_SECONDS
        found = await self._ask(launch.admit, **where.names, room=room)
        if isinstance(found, LineUp):
            queue.line = found

    async def _line_up(self, where: Where, queue: Queue, callers: Sequence[Caller]) -> None:
        """Give everybody their number; whose turn has come goes to the orders while there is room."""
        ids = [c.wish.buyer_id for c in callers]
        found = await self._ask(launch.line_up, **where.names, person_ids=ids, now=datetime.now(UTC))
        if isinstance(found, Refusal):
            for caller in callers:
                caller.tell(found)
            return
        queue.line = found.line
        for caller in callers:
            turn = found.turns[caller.wish.buyer_id]
            if turn.must_wait or len(queue.orders) >= self.limits.waiting:
                caller.tell(turn)
            else:
                queue.orders.append(caller)

    async def _write(self, where: Where, queue: Queue, batch: Sequence[Caller]) -> None:
        queue.written = len(batch)
        wishes = [c.wish for c in batch]
        answers = await self._ask(launch.place_many, **where.names, wishes=wishes, now=datetime.now(UTC))
        if isinstance(answers, Refusal):
            answers = [answers] * len(batch)
        late = []
        for caller, answer in zip(batch, answers, strict=True):
            if isinstance(answer, MustWait):
                late.append(caller)
            else:
                caller.tell(answer)
        if late:
            await self._line_up(where, queue, late)

    async def _ask(self, action: Callable[..., R], **facts: object) -> R | Refusal:
        """Do something in the thread that writes; a refusal is an answer, and so is a database that is away."""
        work = partial(_connected, action, **facts)
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, work)
        except Refusal as refused:
            return refused
        except DatabaseError as fault:
            log.warning("order lane: the database is away: %s", str(fault).partition("\n")[0])
        except Exception:
            log.exception("order lane: an unforeseen fault")
        return LaneAway()


def _connected(action: Callable[..., R], **facts: object) -> R:
    close_old_connections()
    try:
        return action(**facts)
    finally:
        close_old_connections()
