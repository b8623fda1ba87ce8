"""A browser and its push service, on this machine: it takes messages, and reads them as a browser does."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kith.connect.api import NewDevice


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """`heard` are (headers, what was read); `status` is what its service answers."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.status = 201
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        browser = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                text = http_ece.decrypt(body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm")
                browser.heard.append(({k.lower(): v for k, v in self.headers.items()}, json.loads(text)))
                self.send_response(browser.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def device(self, path: str = "/one", label: str = "") -> NewDevice:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return NewDevice(self.origin + path, b64(point), b64(self.auth), label)


@contextmanager
def browser() -> Iterator[Browser]:
    made = Browser()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
