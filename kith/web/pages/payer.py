"""How somebody who pays looks at our pages: by which device, from where."""

import re
from ipaddress import ip_address

from django.http import HttpRequest

from kith.launch.api import Payer

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
    """Return the address the nearest proxy saw, which is what made it secure; what somebody writes who comes without one counts for nothing."""
    behind = request.headers.get("X-Forwarded-For", "") if request.is_secure() else ""
    seen = behind.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(seen))
    except ValueError:
        return "127.0.0.1"
