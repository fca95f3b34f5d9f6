"""The address a request comes from, for the slowing down of sign-in attempts."""

from ipaddress import ip_address, ip_network

from django.conf import settings


def client_address(request):
    """The client's address as text, None when there is none.

    X-Forwarded-For is read only when the peer is one of settings.TRUSTED_PROXIES (addresses or networks),
    from the right, past our own proxies: whatever a client writes into it stays left of that.
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while peer and _is_our_proxy(peer) and hops:
        hop = _parsed(hops.pop())
        if hop is None:
            break
        peer = hop
    return str(peer) if peer else None


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_our_proxy(address):
    return any(address in ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES)
