"""Several threads at once, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

Outcome = object | Exception


def at_once(*calls: Callable[[], object]) -> list[Outcome]:
    """Run the calls at the same moment; return what each returned or raised, in their order."""
    start = threading.Barrier(len(calls))
    outcomes: list[Outcome] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            outcomes[place] = call()
        except Exception as fault:  # noqa: BLE001 -- the test decides which faults are right
            outcomes[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def faults(outcomes: list[Outcome]) -> list[type]:
    return [type(o) for o in outcomes if isinstance(o, Exception)]
