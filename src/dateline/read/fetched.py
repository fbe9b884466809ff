"""An answer from the network, as the readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dateline.errors import ReadError


class Unavailable(ReadError):  # noqa: N818 - named as people say it, like WarehouseBusy.
    """A server that did not answer, or asked to come back later: the same request may do another time. `wait` is how many seconds it asked for."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back for an address.

    Attributes:
        url: Where it came from in the end, after redirects.
        asked: The address that was asked for.
        status: HTTP status.
        body: Decompressed content, b"" where nothing changed.
        content_type: Media type as the server names it, without parameters.
        charset: Encoding that the server names.
        etag, last_modified: To be sent with the next request of this address.
        not_modified: The server said that nothing has changed since (304).
        source: The input that led to it, as the one who asked said.
        first: The address was never asked before, as far as whoever keeps that book knows.
    """

    url: str
    asked: str
    status: int
    body: bytes
    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    not_modified: bool = False
    source: str | None = None
    first: bool = False
