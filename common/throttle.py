"""Counting what strangers do: an hour at a time, shared by all processes through the cache."""

import ipaddress

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from common import tokens


def address_of(request: HttpRequest) -> str:
    """The sender's IP address, past the proxies we trust (TRUSTED_PROXIES)."""
    return ratelimit.get_ip(request) or ""


def prefix_of(address: str) -> str:
    """The network an address is in, /24 or /48: where somebody was, not who; "" for none.

    >>> prefix_of("203.0.113.77"), prefix_of("2001:db8:1:2::3"), prefix_of("somewhere")
    ('203.0.113.0/24', '2001:db8:1::/48', '')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    bits = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network(f"{ip}/{bits}", strict=False))


def is_over(key: str, most: int, seconds: int, *, count: bool = True) -> bool:
    """Whether `key` has been counted more than `most` times in its window of so many seconds.

    `count=False` only looks. The key is hashed: caches hold no addresses.
    """
    name = f"throttle:{tokens.digest(key)[:32]}"
    if not count:
        return (cache.get(name) or 0) >= most
    if cache.add(name, 1, seconds):
        return most < 1
    try:
        return cache.incr(name) > most
    except ValueError:  # it ran out between the two
        cache.set(name, 1, seconds)
        return most < 1
