"""The network as far as foreign addresses may use it: no private hosts, no longer than the deadline.

Addresses come from feeds, redirects and articles, so anybody can write them; one that leads into the newsroom's own network (a router, a cloud's
metadata service) must not be asked (server-side request forgery). The check sits where the connection is made, on the resolved address that is then
connected to: a name that resolves differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from dateline.errors import ReadError
from dateline.read.settings import ReadSettings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressError(ReadError):
    """An address that must not be asked; trying again would not help."""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet, looking into the IPv4 address that an IPv6 one may carry."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:  # What is asked in the end is the IPv4 address inside.
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour is not None or address.teredo is not None:  # Tunnels of the past; no outlet lives behind one.
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def resolve(host: str, port: int, timeout: float) -> list[Address]:
    """Return the addresses of a host.

    Raises:
        httpcore.ConnectError: The name is unknown.
        httpcore.ConnectTimeout: Nobody answered in time; the system's resolver itself knows no timeout, so it is left behind in a thread.
    """
    answer: list[Address] = []
    failure: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.extend(ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found)
        except (OSError, UnicodeError) as problem:
            failure.append(problem)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
    if failure or not answer:
        raise httpcore.ConnectError(f"the name {host} is not known")
    return list(dict.fromkeys(answer))


class Deadline(threading.local):
    """When the current request of this thread must have ended (time.monotonic), and when all requests of its source must."""

    at = float("inf")
    source = float("inf")

    def left(self, timeout: float | None) -> float:
        """Return the seconds that one step may take: `timeout` or what is left, whichever is less."""
        return max(0.0, min(min(self.at, self.source) - time.monotonic(), timeout if timeout is not None else float("inf")))


class GuardedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, so that a trickle of single bytes cannot hold it open."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what arrives."""
        left = self._deadline.left(timeout)
        if not left:
            raise httpcore.ReadTimeout("the answer took too long")
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._deadline.left(timeout) or 0.001)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Return the encrypted stream, under the same deadline."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout) or 0.001)
        return GuardedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only (unless `allow_private`), and to the very address that was checked."""

    def __init__(self, *, allow_private: bool, deadline: Deadline) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private = allow_private
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to one of the host's addresses.

        Raises:
            AddressError: One of its addresses is not public.
        """
        addresses = resolve(host, port, self._deadline.left(timeout))
        if not self._allow_private and not all(map(is_public, addresses)):
            raise AddressError(
                f"{host} is an address of a private network or of this machine and was not asked.",
                remedy="Set read.allow_private if it is meant.",
            )
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:4]:
            try:
                stream = self._inner.connect_tcp(str(address), port, self._deadline.left(timeout) or 0.001, local_address, socket_options)
                return GuardedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
        raise problem

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """Refuse: no address of an article is a local socket."""
        raise AddressError("Local sockets are not read.")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over guarded connections; proxies of the environment are not used, since they would resolve names in our place."""

    def __init__(self, settings: ReadSettings, deadline: Deadline) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=10.0,
            network_backend=GuardedBackend(allow_private=settings.allow_private, deadline=deadline),
        )
