"""An answer from the network, as the readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.errors import ReadError


class Unavailable(ReadError):  # noqa: N818 - named as people say it, like WarehouseBusy.
    """A server that did not answer, or asked to come back later: the same request may do another time. `wait` is how many seconds it asked for."""

    wait: float = 0.0

    @classmethod
    def left_alone(cls, message: str, url: str, wait: float) -> Unavailable:
        """Return the error of a server that asked to be left alone for so many seconds."""
        problem = cls(message, where=url, remedy="It is asked again after that time.")
        problem.wait = wait
        return problem


class OutOfTime(Unavailable):
    """The time of its source was over before it came (read.source_timeout): neither the server nor the address is to blame."""


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
        moved: Where the server, or the one that it named, says that the address has gone for good (301, 308); None where it has not, or where the
            way there leads out of encryption.
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
    moved: str | None = None
    source: str | None = None
    first: bool = False

    @classmethod
    def unchanged(cls, url: str, source: str | None) -> Fetched:
        """Return the answer for an address that is not asked because it cannot have changed."""
        return cls(
            url=url,
            asked=url,
            status=304,
            body=b"",
            content_type=None,
            charset=None,
            etag=None,
            last_modified=None,
            fetched_at=datetime.now(UTC).replace(microsecond=0),
            not_modified=True,
            source=source,
        )


def remedy_of(status: int) -> str:
    """Return what to do about an HTTP status that is no success."""
    if status in {404, 410}:
        return "Check the address; the page may be gone."
    return "It may need a subscription or forbid programs." if status in {401, 402, 403, 451} else "Try again later."
