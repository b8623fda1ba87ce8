"""From where somebody comes."""

from ipaddress import IPv6Address, ip_address, ip_network


def client_address(*, seen: str, forwarded: str, is_secure: bool) -> str:
    """Return the address the nearest proxy saw, which is what made the way secure; what somebody writes who comes without one counts for nothing."""
    behind = forwarded.rpartition(",")[2].strip() if is_secure else ""
    try:
        return str(ip_address(behind or seen))
    except ValueError:
        return "127.0.0.1"


def neighbourhood(address: str) -> str:
    """Return what stands for one household or machine: an IPv4 address, of IPv6 the /64, of which anybody has all."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False).network_address)
    return str(found)
