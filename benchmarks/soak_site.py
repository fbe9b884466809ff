"""A local news site for soak.py: feeds of articles with edits and copies, behind a server that answers 429, 500, slowly or not at all.

Texts are made from seeds/articles: sentences chosen, places and numbers changed, and twice as many sentences of made-up towns, so that no two
originals are alike. Copies are edited lightly. Every cycle stands for half a day of news; the feeds are spread over some addresses of this machine,
which are as many hosts to a reader.
"""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
HOSTS = 8
_DAY_PART = timedelta(hours=12)
_SYLLABLES = "ka lo ri mun tes var dol bri san eck ole nip gor tar vis hul".split()


@dataclass
class Piece:
    """An article of the site: where it stands, what it says now, and every text that a reader has been given."""

    path: str
    title: str
    text: str
    published: datetime
    group: int
    edited: bool = False
    served: set[str] = field(default_factory=set)


class Site:
    """The site: feeds of articles, some of them copies of others, behind a server with bad days."""

    def __init__(self, feeds: int, articles: int, cycles: int, seed: int, *, words: int) -> None:
        self.chance = random.Random(seed)
        self.words = words
        self.began = datetime.now(UTC).replace(microsecond=0) - (cycles + 1) * _DAY_PART
        self.wire: list[Piece] = []
        self.sentences = _sentences()
        self.feeds: list[list[Piece]] = [[] for _ in range(feeds)]
        self.pieces: dict[str, Piece] = {}
        self.bad = False
        self.guard = threading.Lock()
        self.each = -(-articles // cycles)
        self.left = articles
        self.errors = 0

    def publish(self, cycle: int) -> None:
        """Publish the articles of a cycle: nine in ten new ones, the others copies of an earlier one under another outlet's name; edit some."""
        with self.guard:
            unedited = [piece for piece in self.pieces.values() if not piece.edited]
            for piece in self.chance.sample(unedited, len(unedited) // 100):
                self._edit(piece)
            for number in range(min(self.each, self.left)):
                feed = self.chance.randrange(len(self.feeds))
                path = f"/{feed}/{cycle}-{number}"
                if self.wire and self.chance.random() < 0.1:
                    first = self.chance.choice(self.wire)
                    text, group, title = self._as_printed(first.text), first.group, first.title
                else:
                    text, group, title = self._told(), len(self.pieces), f"Report {cycle}-{number} from {self._town()}"
                when = self.began + cycle * _DAY_PART + timedelta(seconds=number)
                piece = Piece(path, title, text, when, group)
                if group == len(self.pieces):
                    self.wire.append(replace(piece))  # As it was first sent out; what becomes of it on its own page is another matter.
                self.pieces[path] = piece
                self.feeds[feed].append(piece)
                self.left -= 1

    def _edit(self, piece: Piece) -> None:
        piece.edited = True
        if self.chance.random() < 0.5:
            piece.text += f" Later that day officials counted {self.chance.randrange(3, 999)} more cases in {self._town()}."
        else:  # A number is corrected; the last one there is, since every text ends with one.
            piece.text = re.sub(r"\d+(?=\D*$)", lambda found: str(int(found[0]) + self.chance.randrange(1, 50)), piece.text)

    def _town(self) -> str:
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(3)).capitalize()

    def _told(self) -> str:
        sentences = iter(self.chance.sample(self.sentences, len(self.sentences)))
        out: list[str] = []
        while sum(len(sentence.split()) for sentence in out) < self.words:
            if len(out) % 3 == 0 and (sentence := next(sentences, None)) is not None:
                out.append(re.sub(r"\d+", lambda _: str(self.chance.randrange(2, 900)), sentence))
            else:
                count, speaker = self.chance.randrange(2, 90), f"{self._town()} {self._town()}"
                out.append(f"In {self._town()} {count} people were moved to {self._town()}, said {speaker}, who speaks for {self._town()}.")
        return " ".join([*out, f"Power failed in {self._town()} on {self.chance.randrange(2, 30)} streets."])

    def _as_printed(self, text: str) -> str:
        """Return a text as another outlet prints it: the last sentence gone, the agency thanked."""
        sentences = re.split(r"(?<=\.) ", text)
        return " ".join([*sentences[:-1], f"The agency sent {self.chance.randrange(2, 9)} reporters."])

    def feed(self, number: int, base: str) -> bytes:
        """Return a feed: its last forty articles."""
        items = "".join(
            f"<item><title>{escape(p.title)}</title><link>{base}{p.path}</link><guid>{p.path}</guid><pubDate>{format_datetime(p.published)}</pubDate></item>"
            for p in self.feeds[number][-40:]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}</title>{items}</channel></rss>'.encode()

    def page(self, piece: Piece) -> bytes:
        """Return the page of an article."""
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"(?<=\.) ", piece.text))
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(piece.title)}</title>'
            f'<meta property="article:published_time" content="{piece.published.isoformat()}"></head>'
            f"<body><nav>Home</nav><article><h1>{escape(piece.title)}</h1>{paragraphs}</article></body></html>"
        ).encode()


def _sentences() -> list[str]:
    found = []
    for path in sorted((ROOT / "seeds" / "articles").glob("2*.md")):
        # Without the dateline, which a reader cuts off.
        body = re.sub(r"^[A-Z][^()\n]{2,40} \([^()]+\) [-–—] ", "", path.read_text(encoding="utf-8").split("---", 2)[-1].strip())
        found += [s.strip() for s in re.split(r"(?<=[.])\s+", " ".join(body.split())) if 60 < len(s) < 250 and '"' not in s]
    return found


def serve(site: Site) -> list[str]:
    """Start the site's servers, which end with this process; return the addresses of the feeds."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def reply(self, status: int, body: bytes, kind: str, tag: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.reply(404, b"", "text/plain")
                return
            if site.bad and (luck := random.random()) < 0.1:
                site.errors += 1
                if luck < 0.002:
                    time.sleep(5.0)  # Longer than the reader waits.
                    self.close_connection = True
                else:
                    self.reply(429 if luck < 0.05 else 500, b"no", "text/plain")
                return
            with site.guard:
                piece = site.pieces.get(self.path)
                number = int(self.path[5:]) if self.path.startswith("/feed") else None
                base = "http://{}:{}".format(*self.server.server_address)
                body = site.page(piece) if piece else site.feed(number, base) if number is not None else b""
            if not body:
                self.reply(404, b"", "text/plain")
                return
            tag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
            if self.headers.get("If-None-Match") == tag:
                self.reply(304, b"", "text/html", tag)
                return
            self.reply(200, body, "text/html; charset=utf-8" if piece else "application/rss+xml", tag)
            if piece:
                piece.served.add(body.decode())

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of readers that hang up: killed ones do."""

    servers = [Server((f"127.0.0.{n + 1}", 0), Handler) for n in range(min(HOSTS, len(site.feeds)))]
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    hosts = ["http://{}:{}".format(*server.server_address) for server in servers]
    return [f"{hosts[number % len(hosts)]}/feed{number}" for number in range(len(site.feeds))]
