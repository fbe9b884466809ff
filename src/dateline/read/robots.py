"""robots.txt by RFC 9309: the longest matching rule wins, Allow wins a tie, * and $ are the only wildcards. Matching takes linear time."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

_LONGEST_LINE = 2000
_MOST_RULES = 5000
MAX_BYTES = 500 * 1024  # What RFC 9309 asks a reader to read at least.


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for one reader: (path pattern, allowed), and the pause in seconds that it asks for."""

    rules: tuple[tuple[bytes, bool], ...] = ()
    delay: float | None = None

    def allows(self, url: str) -> bool:
        """Return whether an address of the site may be fetched."""
        parts = urlsplit(url)
        path = unquote_to_bytes(parts.path or "/") + (b"?" + unquote_to_bytes(parts.query) if parts.query else b"")
        best: tuple[int, bool] = (-1, True)
        for pattern, allowed in self.rules:
            if _matches(pattern, path):
                best = max(best, (len(pattern), allowed))
        return best[1]


def parse_robots(text: str, user_agent: str) -> Robots:
    """Return the rules for `user_agent`: those of the group that names its product ("dateline"), else those for all (*)."""
    product = user_agent.split("/")[0].split()[0].lower() if user_agent.split() else ""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    fresh = False
    for line in text.splitlines():
        key, colon, value = line[:_LONGEST_LINE].split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if fresh else [value.lower()]
            fresh = True
            for agent in agents:
                groups.setdefault(agent, [])
        elif key in {"allow", "disallow", "crawl-delay"}:
            fresh = False
            for agent in agents:
                groups[agent].append((key, value))
    lines = groups.get(product, groups.get("*", []))[:_MOST_RULES]
    rules = tuple((unquote_to_bytes(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    return Robots(rules, _delay(lines))


def _delay(lines: list[tuple[str, str]]) -> float | None:
    for key, value in lines:
        if key == "crawl-delay":
            try:
                seconds = float(value)
            except ValueError:
                return None
            return seconds if 0 <= seconds < float("inf") else None
    return None


def _matches(pattern: bytes, path: bytes) -> bool:
    """Return whether a pattern matches the beginning of a path; each piece between stars is looked for once, leftmost first."""
    anchored = pattern.endswith(b"$")
    pieces = (pattern[:-1] if anchored else pattern).split(b"*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if len(pieces) == 1:
        return not anchored or at == len(path)
    if anchored:
        return len(path) - len(pieces[-1]) >= at and path.endswith(pieces[-1])
    return path.find(pieces[-1], at) >= 0
