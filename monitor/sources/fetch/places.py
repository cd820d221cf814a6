"""Where a request may go: to public addresses of the host that was named, and never into the local network."""

import ipaddress
import socket
from collections.abc import Callable, Iterable

import httpx

from monitor.model.errors import RefusedError

Resolve = Callable[[str], Iterable[str]]


def parsed(url: str) -> httpx.URL:
    """Parse an address. Raises RefusedError unless it is http(s); some come from the answers of a source."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"{url[:200]!r} is no address: {error}") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise RefusedError(f"{url[:200]!r} is no address: only http and https are asked")
    return found


def without_secrets(url: httpx.URL) -> str:
    """An address without user and password, as it may be shown."""
    return str(url.copy_with(userinfo=b""))


def resolve_by_system(host: str) -> list[str]:
    """All addresses of a host; none when the name is not known, which the connection then reports."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        return []


def check_public(url: httpx.URL, resolve: Resolve) -> None:
    """Raise RefusedError when a host is, or resolves to, an address that is not of the public network."""
    for address in literal(url.host) or resolve(url.host):
        check_address(url.host, address)


def check_address(host: str, address: str) -> None:
    """Raise RefusedError for private, loopback, link-local, multicast and reserved addresses."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    found = mapped or found
    if not found.is_global or found.is_multicast:
        raise RefusedError(
            f"{host} is at {address}, which is not of the public network; "
            "it is asked only where the configuration allows private addresses"
        )


def literal(host: str) -> list[str]:
    """The address that is given in place of a name."""
    try:
        return [str(ipaddress.ip_address(host.strip("[]")))]
    except ValueError:
        return []


def is_loopback(url: str) -> bool:
    """Whether an address names this machine, as those of test servers do."""
    host = parsed(url).host
    return host == "localhost" or any(ipaddress.ip_address(address).is_loopback for address in literal(host))
