"""Canonical addresses: one article, one address, whatever was hung on it for counting clicks."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from dateline.resources import rows

_LONGEST = 2000
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Most addresses of articles: nothing to normalize but scheme and slashes at the end. Everything in it is left as it is by what follows.
_PLAIN = re.compile(r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)((?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?)", re.ASCII)
_NAME_AND_PASSWORD = re.compile(r"^([^:/?#]{1,20}://)[^/?#]*@")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_FRONT_PAGES = frozenset({"", "/", "/index.html", "/index.htm", "/index.php"})


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    names = [row["parameter"] for row in rows("tracking_parameters.csv")]
    return frozenset(name for name in names if not name.endswith("*")), tuple(name[:-1] for name in names if name.endswith("*"))


def split_web_url(url: str, *, base: str | None = None) -> SplitResult | None:
    """Return the parts of an absolute http or https address (relative ones are joined to `base`), or None for anything else."""
    url = url.strip()
    if not url or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
            return None
        _ = parts.port  # Raises where the port is no number.
    except ValueError:
        return None
    return None if _UNSAFE.search(parts.netloc) else parts


def web_url(url: str | None, *, base: str | None = None) -> str | None:
    """Return an absolute http(s) address without fragment and without spaces, or None."""
    if base is None and url and len(url) <= _LONGEST and _PLAIN.fullmatch(url):
        return url
    parts = split_web_url(url, base=base) if url else None
    if parts is None:
        return None
    return _UNSAFE.sub(
        lambda bad: "".join(f"%{byte:02X}" for byte in bad.group().encode("utf-8", "replace")), urlunsplit(parts._replace(fragment=""))
    )


def shown_url(name: str) -> str:
    """Return an address (or a path) as it may be written down: without a name and password inside."""
    return _NAME_AND_PASSWORD.sub(r"\1***@", name)


def is_front_page(url: str) -> bool:
    """Return whether an address is that of a whole site: it stands for no article."""
    parts = split_web_url(url)
    return parts is not None and not parts.query and parts.path.lower() in _FRONT_PAGES


def canonical_url(url: str) -> str:
    """Return the form of an address that ids are made from.

    Scheme and host in lower case, https for http, no default port, no tracking parameters, no fragment, no trailing slash, parameters in order.
    An address that is not on the web is returned as it is, so that it still gives an id.
    """
    if len(url) <= _LONGEST and (plain := _PLAIN.fullmatch(url)):
        return f"https://{plain[1]}{plain[2].rstrip('/') or '/'}"
    full = web_url(url)
    if full is None:
        return url.strip()
    parts = urlsplit(full)
    host = (parts.hostname or "").lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    netloc = host if parts.port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f"{host}:{parts.port}"
    exact, prefixes = _tracking()
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in exact]
    query = urlencode(sorted(pair for pair in pairs if not pair[0].lower().startswith(prefixes)))
    return urlunsplit(("https", netloc, parts.path.rstrip("/") or "/", query, ""))


def same_site(one: str | None, other: str | None) -> bool:
    """Return whether two addresses belong to one outlet: equal hosts but for www, m, amp, or one below the other."""
    hosts = []
    for url in (one, other):
        parts = split_web_url(url) if url else None
        if parts is None:
            return False
        labels = (parts.hostname or "").lower().split(".")
        while len(labels) > 2 and labels[0] in {"www", "m", "amp", "mobile", "feeds", "rss", "feed", "edition"}:
            labels = labels[1:]
        hosts.append(".".join(labels))
    return hosts[0] == hosts[1] or hosts[0].endswith("." + hosts[1]) or hosts[1].endswith("." + hosts[0])
