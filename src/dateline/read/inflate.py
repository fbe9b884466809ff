"""Compressed bytes, opened with a limit: a bomb is noticed while it swells, not when memory is gone."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from dateline.errors import ReadError

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_FREE = 1 << 20  # Bytes that may come out whatever the ratio: small texts of one repeated word compress well and are no attack.


def inflate(chunks: Iterable[bytes], *, limit: int, encoding: str = "gzip", where: str = "") -> bytes:
    """Return the decompressed body of at most `limit` bytes.

    Args:
        chunks: Compressed pieces, as they arrive.
        limit: Most bytes of the result.
        encoding: "gzip", "deflate" or "identity", as HTTP names them.
        where: For the error.

    Raises:
        ReadError: More than `limit` comes out, or the data is damaged or cut.
    """
    body = bytearray()
    for piece in _inflated(chunks, encoding, where):
        body += piece
        if len(body) > limit:
            raise ReadError(f"The body is larger than {limit:,} bytes.", where=where, remedy="Raise read.max_page_bytes if it is a real article.")
    return bytes(body)


def unpacked(body: bytes, *, limit: int, where: str) -> bytes:
    """Return what a gzip file holds (sitemaps are often packed), an archive of pages as it is: that is a file's work, not a page's.

    Raises:
        ReadError: More than `limit` comes out, or the data is damaged or cut.
    """
    try:
        head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, 5)
    except zlib.error as problem:
        raise ReadError(f"The compressed data is damaged ({problem}).", where=where, remedy="Fetch it again.") from problem
    return body if head.startswith(b"WARC/") else inflate([body], limit=limit, where=where)


def _inflated(chunks: Iterable[bytes], encoding: str, where: str) -> Iterator[bytes]:
    if encoding == "identity":
        yield from chunks
        return
    opener: Any = None
    data, members = b"", 0
    for chunk in chunks:
        data += chunk
        while data:
            if opener is None:
                if len(data) < 2:
                    break  # Too little to see what begins here.
                if members and not data.startswith(_GZIP):
                    return  # Padding behind the last member.
                opener = _opener(encoding, data)
            try:
                piece = opener.decompress(data, _CHUNK)
            except zlib.error as problem:
                raise ReadError(f"The compressed data is damaged ({problem}).", where=where, remedy="Fetch it again.") from problem
            if piece:
                yield piece
            data = opener.unconsumed_tail
            if opener.eof:  # gzip files may hold several members.
                data, opener, members = opener.unused_data, None, members + 1
                if encoding != "gzip":
                    return
    if opener is not None or not members:
        raise ReadError("The compressed data ends too early.", where=where, remedy="Fetch it again.")


def _opener(encoding: str, data: bytes) -> Any:
    if encoding == "gzip":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    # Some servers send raw deflate data where HTTP wants a zlib header (RFC 9110 8.4.1.2); 0x78 begins nearly every zlib stream.
    return zlib.decompressobj(zlib.MAX_WBITS if data.startswith(b"\x78") else -zlib.MAX_WBITS)


class Inflated(io.RawIOBase):
    """A gzip file as a stream of its content that stops with ReadError where it swells more than `ratio` times."""

    def __init__(self, stream: BinaryIO, *, ratio: int, where: str) -> None:
        self._taken = 0
        self._given = 0
        self._ratio = ratio
        self._where = where
        self._stream = stream
        self._pieces = _inflated(self._compressed(), "gzip", where)
        self._rest = b""

    def _compressed(self) -> Iterator[bytes]:
        while chunk := self._stream.read(_CHUNK):
            self._taken += len(chunk)
            yield chunk

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` and return how many bytes were written, 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
            self._given += len(piece)
            if self._given > _FREE + self._ratio * self._taken:
                remedy = "It looks like a decompression bomb. Raise read.max_compression if it is not."
                raise ReadError(f"The data swells more than {self._ratio} times when it is decompressed.", where=self._where, remedy=remedy)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def open_gzip(stream: BinaryIO, *, ratio: int, where: str) -> BinaryIO:
    """Return the content of a gzip stream as a buffered stream."""
    return io.BufferedReader(Inflated(stream, ratio=ratio, where=where), _CHUNK)  # type: ignore[return-value,unused-ignore]  # BufferedReader is a BinaryIO in all but name.
