"""The one LISTEN connection of a process, and the few queries a stream needs."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from kith.connect.api import CHANNEL, Happening, news_since
from kith.front.live_data import StreamsAway, parsed
from kith.lib.passes import Pass

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.1, 5.0
PROBE_SECONDS = 30
ANSWER_SECONDS = 5

# Who may see a community (people.rules.may_see), and the newest thing told there, in one cheap query: a big room asks it
# thousands of times a second, and Django's ORM would take a thread and three queries for it.
SIGHT = """
SELECT coalesce((SELECT max(n.id) FROM connect_news n WHERE n.community_id = c.id), 0)
FROM people_community c
WHERE c.slug = %s AND c.id = %s AND (c.visible_to = 'public' OR EXISTS (
    SELECT FROM people_membership m JOIN people_person p ON p.id = m.person_id
    WHERE m.community_id = c.id AND m.person_id = %s AND p.is_active))
"""


def conninfo() -> str:
    """Return Django's database as libpq names it."""
    own = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {theirs: own[ours] for ours, theirs in names.items() if own[ours]}
    return make_conninfo(**own["OPTIONS"] | given)


class Wire:
    """Hears what connect announces and hands it on, for as long as `hear` runs; a lost database is looked for again."""

    def __init__(
        self,
        address: str,
        announce: Callable[[int, Happening], Awaitable[None]],
        catch_up: Callable[[], Awaitable[None]],
    ) -> None:
        self.address, self.announce, self.catch_up = address, announce, catch_up
        self.up = asyncio.Event()

    async def hear(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await self._hear_once()
            except (psycopg.Error, StreamsAway, OSError) as fault:
                log.warning("live news: the database is away: %s", str(fault).strip())
            except Exception:
                log.exception("live news: an unforeseen fault")
            wait = FIRST_WAIT_SECONDS if self.up.is_set() else min(wait * 2, LONGEST_WAIT_SECONDS)
            self.up.clear()
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311 -- spreads the load

    async def _hear_once(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self.address, autocommit=True, connect_timeout=ANSWER_SECONDS
        ) as line:
            await line.execute(f"LISTEN {CHANNEL}")
            await self.catch_up()
            self.up.set()
            while True:
                async for notice in line.notifies(timeout=PROBE_SECONDS):
                    await self._take(notice.payload)
                # A line that died without a word is found out only by asking.
                await asyncio.wait_for(line.execute("SELECT 1"), ANSWER_SECONDS)

    async def _take(self, payload: str) -> None:
        try:
            community_id, news = parsed(payload)
        except ValueError:
            log.exception("live news: cannot read the announcement %r", payload)
            return
        await self.announce(community_id, news)


class Asking:
    """The few questions a stream has for the database."""

    def __init__(self, address: str) -> None:
        self.pool = AsyncConnectionPool(
            address, min_size=0, max_size=3, open=False, timeout=ANSWER_SECONDS, kwargs={"autocommit": True},
            check=AsyncConnectionPool.check_connection,
        )  # fmt: skip
        self.threads = ThreadPoolExecutor(2, "live-replay")

    async def open(self) -> None:
        await self.pool.open()

    async def close(self) -> None:
        self.threads.shutdown(wait=False)
        await self.pool.close()

    async def newest(self, slug: str, given: Pass) -> int | None:
        """Return the id of the newest thing told in the community, or None when it is not the pass holder's to see.

        Raises:
            StreamsAway: the database does not answer.

        """
        try:
            async with self.pool.connection() as line:
                cursor = await line.execute(SIGHT, [slug, given.community_id, given.person_id])
                row = await cursor.fetchone()
        except (psycopg.OperationalError, PoolTimeout) as fault:
            raise StreamsAway from fault
        return None if row is None else int(row[0])

    async def since(self, community_id: int, news_id: int, limit: int) -> list[Happening]:
        """Return what was told after an id.

        Raises:
            StreamsAway: the database does not answer.

        """
        ask = partial(_since, community_id, news_id, limit)
        return await asyncio.get_running_loop().run_in_executor(self.threads, ask)


def _since(community_id: int, news_id: int, limit: int) -> list[Happening]:
    close_old_connections()
    try:
        return news_since(community_id, news_id, limit=limit)
    except (OperationalError, InterfaceError) as fault:
        raise StreamsAway from fault
    finally:
        close_old_connections()
