"""A child process that is kept alive."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence

from kith.run.orphan import PARENT

# A child that dies at once is started again, but not in a busy loop.
PAUSES_SECONDS = (0.2, 1, 2, 5, 10, 30)
HEALTHY_SECONDS = 30
RENEW_SECONDS = 8


class Child:
    """One child with all its descendants: they share a process group, so none of them outlives it."""

    def __init__(self, name: str, order: Sequence[str]) -> None:
        self.name = name
        self.order = order
        self.deaths = 0
        self.last_code: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._born_at = 0.0
        self._start_after = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def tend(self) -> str | None:
        """Start it, or start it again once its pause is over; return a line when it was found dead."""
        if self._process is None:
            if time.monotonic() >= self._start_after:
                self._start()
            return None
        if (code := self._process.poll()) is None:
            return None
        self._sweep()
        self._process = None
        self.last_code = code
        self.deaths = 1 if time.monotonic() - self._born_at > HEALTHY_SECONDS else self.deaths + 1
        pause = PAUSES_SECONDS[min(self.deaths, len(PAUSES_SECONDS)) - 1]
        self._start_after = time.monotonic() + pause
        return f"the {self.name} process ended ({_reason(code)}); starting it again in {pause:g} s"

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def renew(self) -> None:
        """End it, so that the next look starts it again at once."""
        self.ask_to_stop()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(RENEW_SECONDS)
        self.end()
        self._process = None

    def stopped(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def end(self) -> None:
        """Kill what is left of it."""
        if self._process is not None:
            self._sweep()
            self._process.wait()

    def _start(self) -> None:
        self._born_at = time.monotonic()
        # A session of its own: Ctrl-C reaches the supervisor only, which stops its children in order.
        self._process = subprocess.Popen(  # noqa: S603 -- our own programs
            self.order, start_new_session=True, env=os.environ | {PARENT: str(os.getpid())}
        )

    def _sweep(self) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
