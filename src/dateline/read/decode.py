"""Bytes to text: which encoding, whether it is text at all, and the one normal form in which text is kept.

Trap: a page may declare one encoding and be written in another; UTF-8 is therefore tried first (other encodings almost never decode as UTF-8 by
chance), then what the page declares, then detection.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from dateline.errors import ReadError

_MAGIC = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or office document", b"\x89PNG": "a PNG image", b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data", b"BZh": "bzip2 data", b"7z\xbc\xaf": "a 7-Zip file",
    b"Rar!": "a RAR archive", b"\x7fELF": "a program", b"MZ\x90": "a program", b"\xd0\xcf\x11\xe0": "an old office document",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a SQLite database", b"OggS": "sound or video", b"ID3": "sound", b"RIFF": "sound or video", b"\x00\x00\x01\x00": "an icon",
    b"\xfd7zXZ": "xz data", b"wOFF": "a font", b"wOF2": "a font", b"{\\rtf": "an RTF document",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
# What the web calls Latin-1 and ASCII is read as Windows-1252 (WHATWG Encoding Standard).
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso8859-1": "cp1252"}
_PAGE_ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-32",
    "iso8859",
    "cp125",
    "cp866",
    "cp874",
    "cp932",
    "cp949",
    "koi8",
    "mac",
    "gb",
    "big5",
    "euc",
    "shift_jis",
    "iso2022",
)

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_SPACES = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_INVISIBLE = dict.fromkeys(
    (
        *range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),  # Control characters.
        0xAD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,  # Zero width, bidirectional.
        *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0080),  # Annotation marks, non-characters, tags.
    ),
    None,
)  # fmt: skip
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_NORMAL: dict[int, str | None] = {**_LINE_ENDS, **_SPACES, **_INVISIBLE, **_SURROGATES}


def binary_kind(data: bytes) -> str | None:
    """Return what kind of non-text `data` begins like ("a PDF"), or None where it may be text."""
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            return name
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return None
    head = data[:4096]
    nul = head.count(0)
    if nul > max(2, len(head) // 100) and not _utf16_like(head):
        return "binary data"
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return "binary data" if control > len(head) * 0.1 and not _utf16_like(head) else None


def _utf16_like(head: bytes) -> bool:
    # Western text in UTF-16 without a mark has a zero in nearly every second byte, and in no other.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) * 0.35 and min(even, odd) < len(head) * 0.02


def decode(data: bytes, *, declared: str | None = None, where: str = "") -> str:
    """Return the text of `data`.

    Args:
        data: The bytes of a file or an answer.
        declared: Encoding named by the HTTP header; one named inside the data (HTML meta, XML declaration) is found here.
        where: File or URL for the error.

    Raises:
        ReadError: It is not text, or no encoding reads it.
    """
    if kind := binary_kind(data):
        raise ReadError(f"This is {kind}, not text.", where=where, remedy="Name files of text, HTML, JSON lines, RSS/Atom or WARC.")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, name) or data.decode(name, "replace")
    if _utf16_like(data[:4096]):
        return data.decode("utf-16-le" if data[1::2][:2048].count(0) >= data[0::2][:2048].count(0) else "utf-16-be", "replace")
    names: list[str | None] = ["utf-8", declared, *_declared_names(data)]
    for candidate in names:
        if candidate and (text := _decode_as(data, candidate)) is not None:
            return text
    if (text := _nearly_utf8(data)) is not None:
        return text
    # A western text with a few curly quotes is too little for detection, and nearly always Windows-1252.
    if sum(byte > 127 for byte in data[:20_000]) < len(data[:20_000]) * 0.05 and (text := _decode_as(data, "cp1252")) is not None:
        return text
    best = from_bytes(data[:200_000]).best()
    if best is not None and (text := _decode_as(data, best.encoding)) is not None:
        return text
    raise ReadError("The encoding of the text was not recognized.", where=where, remedy="Save it as UTF-8.")


def _declared_names(data: bytes) -> list[str]:
    return [match.group(1).decode("ascii") for match in _DECLARED.finditer(data[:2048])]


def _decode_as(data: bytes, name: str) -> str | None:
    name = _WEB_NAMES.get(name.lower(), name)
    try:
        # A page may name any codec that Python knows; some ("punycode") take quadratic time, others ("unicode_escape") are no encodings of pages.
        return data.decode(name) if codecs.lookup(name).name.startswith(_PAGE_ENCODINGS) else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _nearly_utf8(data: bytes) -> str | None:
    """Return UTF-8 text in which a few bytes are broken (a cut page, one bad advertisement), else None."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(data) - len(text)  # Continuation bytes: what makes it UTF-8 rather than a one-byte encoding.
    return text if broken <= 1 + good // 20 and good > 4 * broken else None


def normalise(text: str) -> str:
    """Return `text` as it is kept: NFC, line ends as newlines, one kind of space, nothing invisible, no spaces at line ends.

    Offsets of facts refer to the result. Done once, at reading, and only where the text is ours to clean (never to JSONL text).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NORMAL)
    text = unicodedata.normalize("NFC", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))
