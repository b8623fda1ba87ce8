"""How somebody who pays looks at our pages: by which device, from where."""

import re

from django.http import HttpRequest

from kith.launch.api import Payer
from kith.lib.addresses import client_address

PHONE = re.compile(r"Mobi|Android|iPhone", re.IGNORECASE)
OPENID = "wechat_openid"  # in the session: asked of WeChat when somebody first pays inside it, kept nowhere else


def via(request: HttpRequest) -> str:
    """Return wechat, phone or desktop."""
    agent = request.headers.get("User-Agent", "")
    if "MicroMessenger" in agent:
        return "wechat"
    return "phone" if PHONE.search(agent) else "desktop"


def payer(request: HttpRequest) -> Payer:
    return Payer(via(request), address_of(request), str(request.session.get(OPENID, "")))


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from."""
    forwarded, seen = request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", "")
    return client_address(seen=seen, forwarded=forwarded, is_secure=request.is_secure())
