"""What packages that others use for a part of the work take for the same texts: the dependency group "peers"."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def _quantulum3() -> Callable[[str], object]:
    from quantulum3 import parser

    return lambda text: parser.parse(text)


def _dateparser() -> Callable[[str], object]:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def _timexy() -> Callable[[str], object]:
    import spacy
    import timexy  # noqa: F401 - The import registers its spaCy component.

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    return lambda text: nlp(text)


def _geotext() -> Callable[[str], object]:
    from geotext import GeoText

    return lambda text: GeoText(text).cities


PEERS: dict[str, tuple[str, Callable[[], Callable[[str], object]]]] = {
    "quantulum3": ("figures", _quantulum3),
    "dateparser": ("dates", _dateparser),
    "timexy": ("dates", _timexy),
    "geotext": ("places, without resolving them", _geotext),
}


def peers(texts: list[str]) -> dict[str, dict[str, Any]]:
    """Return for each peer what it does and how many words a CPU second, or why it was left out."""
    words = sum(len(text.split()) for text in texts)
    found: dict[str, dict[str, Any]] = {}
    for name, (part, make) in PEERS.items():
        try:
            read = make()
        except (ImportError, OSError, ValueError) as problem:
            found[name] = {"part": part, "left_out": f"not installed or not usable here: {str(problem).splitlines()[0]}"}
            continue
        read(texts[0])  # What is loaded at first use is no part of it.
        began = time.process_time()
        for text in texts:
            read(text)
        found[name] = {"part": part, "words_per_cpu_second": round(words / (time.process_time() - began))}
    return found
