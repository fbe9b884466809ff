"""A real web site on this machine that behaves well or badly, for the readers' tests. Each path is one behaviour."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = (
    "KYIV, Aug 12 (Sample Desk) - Troops took 12 villages near the border on Monday, the regional governor said.",
    "Officials counted about 300 families who had left by the evening, and more were on the roads.",
    "The commander said that almost 70 attempts to cross the river had failed since the weekend.",
)


def page(title: str = "Villages change hands", *, published: str | None = "2024-08-12T19:40:00+03:00", head: str = "", extra: str = "") -> str:
    """Return an article page."""
    date = f'<meta property="article:published_time" content="{published}">' if published else ""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in BODY)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="Sample Desk">{date}{head}</head>'
        f"<body><nav>Home &gt; World</nav><article><h1>{title}</h1>{paragraphs}{extra}</article></body></html>"
    )


def rss(base: str, links: list[str], *, doctype: str = "") -> str:
    """Return an RSS feed of links."""
    items = "".join(
        f"<item><title>Villages change hands</title><link>{base}{link}</link><guid>{link}</guid><pubDate>Mon, 12 Aug 2024 16:40:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{BODY[1]}&lt;/p&gt;</description></item>"
        for link in links
    )
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>Sample Desk</title><link>{base}/</link>{items}</channel></rss>'


class Site:
    """What the server has seen (`asked`: path -> count; `headers` of the last request for a path), and its address."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.times: list[float] = []
        self.url = ""
        self.stop = threading.Event()
        self.robots = ""
        self.extra: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}


@contextmanager
def serve(port: int = 0) -> Iterator[Site]:
    """Run the site on a port of this machine, a free one for 0."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the tests' output is theirs."""

        def reply(self, body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
            data = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in headers:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            path = self.path
            site.asked[path] = site.asked.get(path, 0) + 1
            site.headers[path] = dict(self.headers.items())
            site.times.append(time.monotonic())
            try:
                answer(self, site, path)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # The reader hung up, which is what many of these tests want to see.

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        server.server_close()


def answer(handler: BaseHTTPRequestHandler, site: Site, path: str) -> None:
    """Answer one request by its path."""
    reply = handler.reply  # type: ignore[attr-defined]  # Defined on the Handler above.
    if path in site.extra:
        site.extra[path](handler)
    elif path == "/robots.txt":
        reply(site.robots, "text/plain") if site.robots else reply("", "text/plain", 404)
    elif path.startswith("/article"):
        reply(page(f"Report {path[8:]}" if path[8:] else "Villages change hands"))
    elif path == "/plain":
        reply("\n\n".join(BODY), "text/plain; charset=utf-8")
    elif path == "/latin":
        reply(
            page(extra="<p>The café in Orléans stayed open, its owner said on Monday.</p>").replace("utf-8", "x").encode("latin-1"),
            "text/html; charset=iso-8859-1",
        )
    elif path == "/feed":
        reply(rss(site.url, ["/article1", "/article2", "/gone"]), "application/rss+xml")
    elif path == "/feed-as-html":
        reply(rss(site.url, ["/article1"]), "text/html")
    elif path == "/sitemap.xml":
        urls = "".join(f"<url><loc>{site.url}/article{n}</loc><lastmod>2024-08-1{n}</lastmod></url>" for n in (1, 2))
        reply(f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', "application/xml")
    elif path == "/sitemap-index.xml":
        reply(f"<sitemapindex><sitemap><loc>{site.url}/sitemap.xml</loc></sitemap></sitemapindex>", "application/xml")
    elif path == "/conditional":
        if handler.headers.get("If-None-Match") == '"v1"':
            handler.send_response(304)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            reply(page(), ETag='"v1"', Last_Modified="Mon, 12 Aug 2024 16:40:00 GMT")
    elif path == "/redirect":
        reply("", status=302, Location="/article")
    elif path == "/loop":
        reply("", status=302, Location="/loop")
    elif path == "/redirect-file":
        reply("", status=302, Location="file:///etc/passwd")
    elif path == "/flaky":
        reply(page()) if site.asked[path] > 2 else reply("busy", status=503)
    elif path == "/busy":
        reply("busy", status=429, Retry_After="0")
    elif path == "/error":
        reply("broken", status=500)
    elif path == "/gzip":
        reply(gzip.compress(page().encode()), Content_Encoding="gzip")
    elif path == "/deflate":
        reply(zlib.compress(page().encode()), Content_Encoding="deflate")
    elif path == "/bomb":
        reply(gzip.compress(b"<p>" + b"\0" * 10_000_000, 1) * 20, Content_Encoding="gzip")
    elif path == "/double-bomb":
        reply(gzip.compress(gzip.compress(b"\0" * 10_000_000)), Content_Encoding="gzip, gzip")
    elif path == "/huge":
        endless(handler, b"<p>words and words</p>" * 4000, announced=None)
    elif path == "/announced":
        endless(handler, b"x", announced=50_000_000)
    elif path == "/short":
        reply(page(), Content_Length="1000000")
        handler.close_connection = True
    elif path == "/trickle":
        trickle(handler, site, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    elif path == "/trickle-headers":
        trickle(handler, site, b"HTTP/1.1 200 OK\r\nX-A: ")
    elif path == "/hang":
        site.stop.wait(20)
    elif path == "/pdf":
        reply(b"%PDF-1.7\n" + bytes(range(256)) * 20, "text/html")
    elif path == "/image":
        reply(b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png")
    elif path == "/empty":
        reply("")
    elif path == "/entities":
        doctype = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        reply(rss(site.url, ["/article1"], doctype=doctype), "application/rss+xml")
    elif path == "/cookies":
        handler.send_response(200)
        handler.send_header("Set-Cookie", "tracker=1")
        data = page().encode()
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
    else:
        reply("not found", status=404)


def endless(handler: BaseHTTPRequestHandler, block: bytes, *, announced: int | None) -> None:
    """Send more than any limit allows."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    if announced is not None:
        handler.send_header("Content-Length", str(announced))
    handler.end_headers()
    handler.close_connection = True
    for _ in range(1 if announced else 5000):
        handler.wfile.write(block)


def trickle(handler: BaseHTTPRequestHandler, site: Site, start: bytes) -> None:
    """Send a byte every 50 ms, without end."""
    handler.close_connection = True
    handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    handler.wfile.write(start)
    while not site.stop.wait(0.05):
        handler.wfile.write(b"a")
        handler.wfile.flush()
