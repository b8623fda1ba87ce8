"""Sending to an address that somebody gave: by https, to numbers on the internet, asked once and not asked again in between."""

import ipaddress
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from kith.lib.errors import Refusal
from kith.lib.text import clean_line

ANSWER_BYTES = 300
Pool = urllib3.HTTPConnectionPool


class BadAddress(Refusal):
    sentence = "An address begins with https:// and names a server on the internet."


class InnerAddress(Refusal):
    sentence = "This address leads into an inner network; nothing is sent there."


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `status` None when nobody answered."""

    status: int | None
    text: str

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def checked_address(address: str, *, inner: bool, limit: int) -> str:
    """Return an address one may send to; `inner` also allows http and names of an inner network, for those who run both ends.

    Raises:
        BadAddress, InnerAddress: as they say.

    """
    found = clean_line(address).strip()
    try:
        parts = urlsplit(found)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadAddress from None
    schemes = {"https", "http"} if inner else {"https"}
    if parts.scheme not in schemes or not host or "@" in parts.netloc or len(found) > limit or not found.isascii():
        raise BadAddress
    if not inner and "." not in host and ":" not in host:
        raise InnerAddress
    return found


def checked_numbers(found: Iterable[str], *, inner: bool) -> list[str]:
    """Return the numbers a name stands for; all of them must lie on the internet, for the name may answer differently next time.

    Raises:
        InnerAddress: one of them is of an inner network, or there is none.

    """
    numbers = list(dict.fromkeys(found))
    if not numbers or (not inner and not all(_is_outer(n) for n in numbers)):
        raise InnerAddress
    return numbers


def _is_outer(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)


def post(address: str, *, body: bytes, headers: Mapping[str, str], inner: bool, limit: int, seconds: int) -> Answer:
    """Send to the number a name stands for now, and return what came back within so many seconds. Redirects lead nowhere."""
    try:
        checked_address(address, inner=inner, limit=limit)
        return _posted(address, body, headers, inner=inner, seconds=seconds)
    except (InnerAddress, BadAddress, OSError) as fault:
        return Answer(None, str(fault)[:ANSWER_BYTES])
    except urllib3.exceptions.HTTPError as fault:
        return Answer(None, type(fault).__name__)


def _posted(address: str, body: bytes, headers: Mapping[str, str], *, inner: bool, seconds: int) -> Answer:
    parts = urlsplit(address)
    port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    found = (str(i[4][0]) for i in socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM))
    number = checked_numbers(found, inner=inner)[0]
    host, _, path = address.split("://", 1)[1].partition("/")
    pool = _pool(parts.scheme, parts.hostname or "", number, port, seconds)
    with pool, _cut_after(pool, seconds):
        answer = pool.urlopen(
            "POST", f"/{path}", body=body, headers={"host": host, "user-agent": "Kith", **headers}, redirect=False, retries=False,
            preload_content=False,
        )  # fmt: skip
        text = answer.read(ANSWER_BYTES).decode(errors="replace").replace("\0", "")
        answer.close()
    return Answer(answer.status, text[:ANSWER_BYTES])


def _pool(scheme: str, host: str, number: str, port: int, seconds: int) -> Pool:
    timeout = urllib3.Timeout(seconds)
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(number, port, timeout=timeout, assert_hostname=host, server_hostname=host)
    return urllib3.HTTPConnectionPool(number, port, timeout=timeout)


@contextmanager
def _cut_after(pool: Pool, seconds: int) -> Iterator[None]:
    """Cut the line in the end: a time limit of a socket starts anew with every byte, and who answers may send one at a time."""
    open_lines: list[HTTPConnection] = []
    kept = HTTPSConnection if pool.scheme == "https" else HTTPConnection

    class Line(kept):  # type: ignore[misc, valid-type]  # one of two classes, both with `connect`
        def connect(self) -> None:
            super().connect()
            open_lines.append(self)

    def cut() -> None:
        for line in open_lines:
            with suppress(OSError, AttributeError):  # it has ended meanwhile
                line.sock.shutdown(socket.SHUT_RDWR)

    pool.ConnectionCls = Line
    timer = Timer(2 * seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
