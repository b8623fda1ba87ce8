"""A child that outlives its parent ends itself: a supervisor killed with -9 leaves no process behind."""

import os
import signal
import threading
import time

LOOK_SECONDS = 0.5
GRACE_SECONDS = 2
PARENT = "KITH_PARENT"


def follow_parent() -> None:
    """End this process, first politely, once its parent is gone. Does nothing unless we were started as a child."""
    if PARENT in os.environ:
        follow(int(os.environ[PARENT]))


def follow(parent: int) -> None:
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="follow-parent").start()


def _watch(parent: int) -> None:
    # Comparing with the number the parent told us also catches one that died before we looked first.
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
