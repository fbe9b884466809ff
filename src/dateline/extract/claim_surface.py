"""Attributions by word order alone: for docs without a parse, and for cues that the tagger took for nouns ("Moscow denies targeting civilians").

Only shapes that hardly mean anything else: a name or pronoun, a reporting verb, then "that", a quotation, a number, an -ing form; or a comma, a
name, a reporting verb and the end of the sentence.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.extract.claim_candidate import ClaimCandidate, candidate
from dateline.extract.claim_content import Content, quote_content, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_left import is_closed, left_content
from dateline.extract.claim_lexicon import Sense, senses
from dateline.extract.claim_sources import Source
from dateline.extract.claim_voices import can_speak

BREAKS = frozenset({",", ";", ":", ".", "—", "–", "-", "(", ")", "“", "”", '"'})
PRONOUNS = frozenset({"he", "she", "it", "they"})
DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "some", "many", "several", "no"})
QUANTITIES = frozenset(
    {"at", "more", "about", "some", "only", "nearly", "almost", "over", "around", "up", "fewer", "less", "dozens", "hundreds", "thousands"}
)
ARTICLES = frozenset({"the", "a", "an"})
LINKS = frozenset({"and", "but", "while", "after", "when", "as", "because", "who", "which", "that", "where"})


def surface(lay: Layout, cue: Token, sense: Sense, floor: int, taken: set[int]) -> ClaimCandidate | None:
    """Return the attribution that a reporting form makes by its neighbours alone."""
    source = _before(lay, cue)
    if source is None:
        return None
    content = _after(lay, cue, sense, taken)
    if content is None and sense.claims & {"clause"} and is_closed(lay, cue):
        quote = lay.closes.get(source.full[0]) or (lay.closes.get(source.full[0] - 1) if source.full[0] else None)
        if quote is not None and lay.is_spoken(quote):
            taken.add(quote.start)
            content = quote_content(lay, quote, "surface.quote")
        else:
            content = left_content(lay, cue, source.full[0], floor)
    return candidate(lay, cue, sense, content, source) if content is not None else None


def _before(lay: Layout, cue: Token) -> Source | None:
    """Return the phrase between the last break and the cue, if it can name a speaker and holds no verb."""
    doc, low = lay.doc, lay.low[cue.i]
    end = cue.i
    while end - 1 > low and (
        doc[end - 1].tag_ == "RB" or doc[end - 1].lower_ in {"also", "later", "previously", "now", "still", "earlier", "has", "have", "had"}
    ):
        end -= 1
    insertion = _insertion(lay, low, end)
    end = start = insertion if insertion is not None else end
    while start > low and end - start < 14 and doc[start - 1].text not in BREAKS and not doc[start - 1].is_space:
        previous = doc[start - 1]
        if previous.lower_ in LINKS:
            break
        if previous.lower_ in senses() and previous.i != start and previous.tag_.startswith("VB"):
            return None
        if previous.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        start -= 1
        if previous.lower_ in ARTICLES and start > low and doc[start - 1].pos_ not in {"ADP", "DET", "PUNCT"}:
            break  # "a figure the army disputes"
    if start == end or (insertion is not None and start > low):
        return None
    last = doc[end - 1]
    if not can_speak(lay, last):
        return None
    named = lay.entities.get(last.i)
    if named is not None and named.end == end and named.label_ in {"PERSON", "ORG", "GPE"}:
        short = (named.start, end) if named.label_ == "PERSON" else (start, end)
        return Source(last, short, (start, end))
    first = doc[start]
    if end - start == 1 and (last.lower_ in PRONOUNS or last.is_title):
        return Source(last, (start, end), (start, end))
    if (
        last.is_alpha
        and (last.tag_ in {"NN", "NNS", "NNP", "NNPS"} or (not last.tag_ and last.is_alpha))
        and (first.lower_ in DETERMINERS or first.is_title)
    ):
        return Source(last, (start, end), (start, end))
    return None


def _insertion(lay: Layout, low: int, end: int) -> int | None:
    """Return where the phrase that opens a sentence ends, if only an insertion without a verb follows it: "The staff, in its summary, listed ..."."""
    doc = lay.doc
    if end - 1 <= low or doc[end - 1].text != ",":
        return None
    comma = next((i for i in range(end - 2, max(low, end - 20), -1) if doc[i].text == ","), None)
    if comma is None or any(doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or doc[i].text in BREAKS for i in range(comma + 1, end - 1)):
        return None
    return comma


def _after(lay: Layout, cue: Token, sense: Sense, taken: set[int]) -> Content | None:
    doc, high = lay.doc, lay.high[cue.i]
    first = cue.i + 1
    if first >= high:
        return None
    quote = lay.opens.get(first) or (lay.opens.get(first + 1) if doc[first].text in {",", ":"} else None)
    if quote is not None and lay.is_spoken(quote) and "quote" in sense.claims:
        taken.add(quote.start)
        return quote_content(lay, quote, "surface.quote")
    stop = next((i for i in range(first, high) if doc[i].text == ";"), high)
    word = doc[first]
    that = next((i for i in range(first, min(first + 8, stop)) if doc[i].lower_ == "that"), None)
    if that is not None and that > first and that + 1 < stop and doc[that + 1].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        that = None  # "established a group that aims to ...": a relative clause.
    if "clause" in sense.claims and that is not None and (that == first or all(doc[i].text not in BREAKS for i in range(first, that))):
        start, end = trim(lay, that + 1, stop)
        return Content(start, end, "surface.that", lead=that) if end > start else None
    number = word.like_num or word.lower_ in QUANTITIES
    ing = word.lower_.endswith("ing") and len(word) > 5
    if word.lower_ == "up" and not sense.claims & {"measure", "object"}:
        number = False  # "The count adds up to 300": another verb.
    if (number and sense.claims & {"measure", "object", "clause", "put"}) or (ing and "gerund" in sense.claims):
        until = stop if number else _coordination(lay, first, stop)
        start, end = trim(lay, first, until)
        return Content(start, end, "surface.object", lead=start) if end > start else None
    if not lay.parsed and "clause" in sense.claims and (word.is_title or word.lower_ in DETERMINERS | PRONOUNS):
        start, end = trim(lay, first, stop)
        return Content(start, end, "surface.clause", lead=start) if end - start > 2 else None
    return None


def _coordination(lay: Layout, start: int, stop: int) -> int:
    """Return the index of an "and" behind which another reporting verb starts, else `stop`."""
    doc = lay.doc
    for i in range(start + 1, stop - 1):
        if doc[i].lower_ == "and" and any(s.pos == "verb" for s in senses().get(doc[i + 1].lower_, ())):
            return i
    return stop
