"""The one port: free before we start, answering when we say so."""

import errno
import http.client
import socket
import time
from contextlib import closing

from kith.run.data import PortBusy, PortRefused

# The children of a killed supervisor need a moment to notice and to let the port go.
FREE_SECONDS = 5
STEP_SECONDS = 0.1
ANSWER_SECONDS = 30


def require_free(host: str, port: int) -> None:
    """Refuse a port another program listens on. Granian itself would share it with another Granian."""
    limit = time.monotonic() + FREE_SECONDS
    while (fault := _try(host, port)) is not None:
        if fault.errno != errno.EADDRINUSE:
            raise PortRefused(host=host, port=port, reason=fault.strerror or fault) from fault
        if time.monotonic() > limit:
            raise PortBusy(host=host, port=port, other=port + 1) from fault
        time.sleep(STEP_SECONDS)


def answers(host: str, port: int) -> bool:
    """Say whether a page comes back, whatever it says; the first one also warms the server."""
    with closing(http.client.HTTPConnection(reachable(host), port, timeout=ANSWER_SECONDS)) as line:
        try:
            line.request("GET", "/", headers={"Host": "localhost"})
            line.getresponse()
        except (OSError, http.client.HTTPException):
            return False
    return True


def reachable(host: str) -> str:
    """Return the name under which this machine reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 -- compared, not bound


def shown(host: str, port: int) -> str:
    name = "localhost" if reachable(host) in {"127.0.0.1", "::1"} else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _try(host: str, port: int) -> OSError | None:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        return fault
    return None
