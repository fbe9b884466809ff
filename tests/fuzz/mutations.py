"""Inputs for fuzzing: sample articles in every format that is read, and edits of the kinds that broken transfers and attackers make."""

from __future__ import annotations

import gzip
import html
import json
import random
from pathlib import Path

MARK = "fuzz7"  # In every payload below, so that it can be looked for in pages.
_PAYLOADS = (
    f"<script>{MARK}()</script>",
    f'"><img src={MARK} onerror={MARK}()>',
    f"' onmouseover='{MARK}()",
    f"javascript:{MARK}()",
    f"</style><svg onload={MARK}()>",
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"</textarea></title><script>{MARK}()</script>",
    "'; DROP TABLE documents; --",
    "{{7*7}}${7*7}",
)
_WORDS = (
    "9" * 5000,
    "1,234,567.89" * 200,
    "1,2,3 " * 800,
    "10-" * 500,
    "twenty-" * 400,
    "one hundred and " * 300,
    "million " * 500,
    "1e999 ",
    "0x7f ",
    "%" * 300,
    "$" * 300,
    "Kyiv, " * 600,
    "January " * 300,
    "12/12/12/" * 200,
    "Monday last week " * 200,
    "2024-" * 400,
    "said " * 400,
    "he said that she said that " * 150,
    "“" * 400,
    "‘“" * 200,
    '"' * 400,
    "(" * 500,
    "[" * 500,
    "“He said: ‘she said: “" * 80,
    "of the " * 400,
    "more than about almost " * 150,
    "Mr. " * 300,
    "U.S." * 300,
    "O'" * 300,
    "A" * 20000,
    "a " * 3000,
    "- " * 1500,
    "…" * 500,
    "\u202e" * 50,
    "\u200b" * 200,
    "\u0301" * 500,
    "🚀" * 200,
    "٣" * 100,
    "½" * 200,
    "Ⅻ " * 100,
    "ﬁ" * 100,
    "\u2028" * 50,
    "\x0b\x0c" * 30,
    "Lt. Gen. " * 200,
    "near the border with the region of " * 100,
    "-5 to -10 " * 200,
    "between 5 and between 6 and " * 150,
    "per day per cent per 100,000 " * 100,
    "from 1 to 2 to 3 to " * 200,
)
NOISE = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xe2\x80\x8b",
    b"</script>",
    b"A" * 5000,
    b"9" * 5000,
    b"' OR 1=1 --",
    b"1e999",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<!DOCTYPE",
    b"<!ENTITY a 'b'>",
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>&b;',
    b"<p>" * 500,
    b"<div>" * 400,
    b"<table><tr><td>" * 100,
    b"<ul><li>" * 400,
    b"{" * 400,
    b"[" * 400,
    b"\\u0000",
    b"\\ud800",
    b"\r",
    b"\n" * 200,
    b"---\n",
    b": ",
    b" " * 5000,
    b"2999-99-99",
    b"Content-Length: 99999999999999\r\n",
    b"Content-Encoding: gzip\r\n",
    b"WARC/1.0\r\n",
    b"\x1f\x8b",
    b"http://127.0.0.1/",
    b"file:///etc/passwd",
    b"../../..",
    b"<base href=//x>",
    b"<meta charset=utf-7>",
    b"+ADw-script+AD4-",
)
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1251", "shift_jis", "utf-7", "cp037")
_LENGTH = 60  # Words of an article: what is odd about an input is short, and many are wanted.

_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\nWARC-Date: 2024-08-12T10:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {size}\r\n\r\n{body}\r\n\r\n"
)


def samples(folder: Path) -> list[tuple[str, str]]:
    """Return titles and the beginnings of the sample articles."""
    found = []
    for path in sorted(folder.glob("2*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---", 2)
        title = next((line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("title:")), path.stem)
        found.append((title, " ".join(body.strip().split(" ")[:_LENGTH]) + "."))
    return found


def written(kind: str, title: str, text: str, number: int) -> bytes:
    """Return an article in a format, named by the ending of its file."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta property="article:published_time" content="2024-08-12T10:00:00+03:00"><link rel="canonical" href="https://example.org/{number}"></head>'
        f"<body><nav>Home</nav><article><h1>{html.escape(title)}</h1>{paragraphs}</article></body></html>"
    )
    record = json.dumps(
        {"id": f"a{number}", "title": title, "text": text, "published": "2024-08-12T10:00:00Z", "url": f"https://example.org/{number}"}
    )
    entry = (
        f"<title>{html.escape(title)}</title><link>https://example.org/{number}</link><guid>{number}</guid>"
        f"<pubDate>Mon, 12 Aug 2024 10:00:00 GMT</pubDate><description><![CDATA[{paragraphs}]]></description>"
    )
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page.encode())}\r\n\r\n{page}"
    archive = _WARC.format(n=number, size=len(http.encode()), body=http)
    made = {
        "html": page,
        "rss": f'<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><item>{entry}</item></channel></rss>',
        "txt": text,
        "md": f"---\ntitle: {title}\npublished: 2024-08-12\nurl: https://example.org/{number}\n---\n\n{text}\n",
        "jsonl": record + "\n",
        "json": f"[{record}]",
        "xml": f'<?xml version="1.0"?><urlset><url><loc>https://example.org/{number}</loc></url></urlset>',
        "warc": archive,
        "warc.gz": archive,
        "jsonl.gz": record + "\n",
        "html.gz": page,
    }[kind].encode("utf-8", "surrogatepass")
    return gzip.compress(made, 1, mtime=0) if kind.endswith(".gz") else made


KINDS = ("html", "rss", "txt", "md", "jsonl", "json", "xml", "warc", "warc.gz", "jsonl.gz", "html.gz")


def mutated_text(text: str, rng: random.Random) -> str:
    """Return a text after a few edits of words: payloads, absurd numbers, lists, quotes, marks of direction."""
    for _ in range(rng.randint(0, 2)):
        at = rng.randrange(len(text) + 1)
        choice = rng.random()
        if choice < 0.35:
            text = f"{text[:at]} {rng.choice(_PAYLOADS)} {text[at:]}"
        elif choice < 0.8:
            word = rng.choice(_WORDS)
            text = text[:at] + word[: rng.choice((20, 20, 60, 60, 60, 200, 200, len(word)))] + text[at:]
        elif choice < 0.9:
            text = text[:at] + text[at : at + rng.randint(1, 60)] * rng.randint(2, 30) + text[at:]
        else:
            text = text[:at] + "".join(chr(rng.randrange(0x20, 0x3000)) for _ in range(rng.randint(1, 40))) + text[at:]
    return text


def mutated_bytes(data: bytes, rng: random.Random) -> bytes:
    """Return a file after a few edits of bytes: cut, doubled, overwritten, in another encoding, with pieces of other formats."""
    out = bytearray(data)
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(7)
        if kind == 0:
            out[at:at] = rng.choice(NOISE)
        elif kind == 1:
            del out[at : at + rng.randint(1, 200)]
        elif kind == 2:
            del out[at:]
        elif kind == 3 and out:
            out[at % len(out)] = rng.randrange(256)
        elif kind == 4:
            out[at:at] = bytes(out[at : at + rng.randint(1, 100)]) * rng.randint(1, 50)
        elif kind == 5:
            out[at:at] = rng.randbytes(rng.randint(1, 40))
        else:
            out = bytearray(bytes(out).decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace"))
    return bytes(out)


def inputs(count: int, seed: int) -> list[tuple[str, int]]:
    """Return name and seed of every input; make_input gives its bytes."""
    rng = random.Random(seed)
    return [(f"{number}.{rng.choice((*KINDS, 'html', 'jsonl', 'txt'))}", rng.randrange(2**40)) for number in range(count)]


def make_input(articles: list[tuple[str, str]], name: str, seed: int) -> bytes:
    """Return the bytes of an input; one in twenty is noise."""
    rng = random.Random(seed)
    if rng.random() < 0.05:
        return rng.randbytes(rng.randint(0, 3000)) if rng.random() < 0.5 else b"".join(rng.choices(NOISE, k=20))
    number, _, kind = name.partition(".")
    title, text = rng.choice(articles)
    if rng.random() < 0.3:
        title = mutated_text(title, rng)
    return mutated_bytes(written(kind, title, mutated_text(text, rng), int(number)), rng)
