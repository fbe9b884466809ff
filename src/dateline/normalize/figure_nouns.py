"""What is counted: the noun phrase after a number, its head as a lemma, its class (person, vehicle, ...).

Tags are used where the Doc has them; without a tagger the phrase ends at the first plural noun or function word, which loses little because counted
nouns are plural. "18 of them" and "38 more" take the noun that the sentence counted before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_words import word_set
from dateline.resources import rows

_FUNCTION = word_set("nouns function")
_MODIFYING = word_set("nouns modifying")
_PHRASE_TAGS = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS", "VBN", "VBG", "CD", "AFX", "FW", "RB", "RBS", "RBR", "``", "''", ","}
)
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_AFTER_NOUN = frozenset({"VBD", "VBP", "VBZ", "MD", "IN", "WDT", "WP", "CC", ".", ",", ":", "TO"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A counted noun phrase: tokens [start, end) of the Doc, the head tokens (two for "drones and missiles"), lemma, class."""

    start: int
    end: int
    heads: tuple[int, ...]
    item: str | None
    group: str | None
    borrowed: bool = False
    end_char: int = -1


def borrowed(phrase: Phrase) -> Phrase:
    """Return a phrase as taken over by another number."""
    return replace(phrase, borrowed=True)


NO_PHRASE = Phrase(-1, -1, (), None, None)


class Reading:
    """A Doc with its tokens by character offset and what annotation it has."""

    __slots__ = ("doc", "ends", "heads", "starts", "tagged")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]
        self.tagged = doc.has_annotation("TAG")
        self.heads = doc.has_annotation("DEP")

    def from_char(self, char: int) -> int:
        """Return the first token that starts at or after a character."""
        return bisect_left(self.starts, char)

    def at_char(self, char: int) -> int:
        """Return the token that holds a character."""
        return max(0, bisect_right(self.starts, char) - 1)


@cache
def _forms() -> dict[str, str]:
    return {row["plural"]: row["lemma"] for row in rows("noun_forms.csv")}


@cache
def noun_classes() -> dict[str, str]:
    """Return the class of each known noun, by lemma; the first class that lists a noun holds."""
    table: dict[str, str] = {}
    for row in rows("figure_nouns.csv"):
        for lemma in row["lemmas"].split("|"):
            table.setdefault(lemma, row["class"])
    return table


def lemma_of(word: str) -> str:
    """Return the singular of a noun: lower case, except names and abbreviations.

    >>> [lemma_of(w) for w in ("drones", "children", "bodies", "troops", "UAVs", "Ukrainians", "losses")]
    ['drone', 'child', 'body', 'troops', 'UAV', 'Ukrainian', 'loss']
    """
    lower = word.lower()
    if lower in _forms():
        return _forms()[lower]
    keep = word if word[:1].isupper() else lower
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return word[:-1]
    if word.isupper() or any(sign.isdigit() for sign in word):
        return word[:-1] if word.endswith("s") and len(word) > 2 else word
    if len(lower) <= 3 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "'s", "’s")):
        return keep
    if lower.endswith("ies"):
        return keep[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return keep[:-2]
    return keep[:-1]


def class_of(item: str | None) -> str | None:
    """Return the class of a noun by its lemma: listed, or a person by its ending or as the name of a people."""
    if not item:
        return None
    table = noun_classes()
    for part in (item.lower(), item.lower().split()[-1], lemma_of(item.lower().split()[-1]), item.lower().split("-")[-1]):
        if part in table:
            return table[part]
    if item[0].isupper() and (item.endswith(("an", "ese", "ish", "i", "ya", "er")) or item in _peoples()):
        return "person"
    if item.lower().endswith(("ist", "man", "woman", "worker", "keeper", "maker", "holder", "ologist", "goer", "seeker", "eer", "crat", "fighter")):
        return "person"
    return None


@cache
def _peoples() -> frozenset[str]:
    try:
        return frozenset(value for row in rows("demonyms.csv") for value in row.values() if value)
    except FileNotFoundError:
        return frozenset()


def phrase_after(reading: Reading, candidate: FigureCandidate, last_char: int, stop_char: int) -> Phrase:
    """Return the noun phrase that a number counts.

    Args:
        reading: The Doc.
        candidate: The number.
        last_char: Character where the number with its unit ends.
        stop_char: Character where the next number or the sentence begins; the phrase stays before it.
    """
    doc = reading.doc
    start = reading.from_char(last_char)
    limit = min(reading.from_char(stop_char), start + 12)
    start = _skip(doc, start, limit, candidate)
    if start >= limit:
        return NO_PHRASE
    heads, end = _walk_tagged(doc, start, limit) if reading.tagged else _walk_plain(doc, start, limit)
    if not heads:
        return Phrase(start, start, (), None, None)
    if doc[start].lower_ == "times":
        heads, end = (start,), start + 1  # "6.5 times earnings"
    heads, end = _measure_noun(doc, candidate, start, heads, end)
    second, wide = _and_noun(reading, end, limit)
    if second is not None and doc[heads[-1]].tag_ == "NNP":
        heads, end = (second,), wide  # "Kia and Hyundai vehicles"
    elif second is not None:
        heads, end = (heads[-1], second), wide
    else:
        heads = (heads[-1],)
    item = " and ".join(lemma_of(doc[head].text) for head in heads)
    return Phrase(start, end, heads, item, class_of(lemma_of(doc[heads[0]].text)), end_char=reading.ends[end - 1])


def _measure_noun(doc: Doc, candidate: FigureCandidate, start: int, heads: tuple[int, ...], end: int) -> tuple[tuple[int, ...], int]:
    """Return the counted noun of "six-reactor station": after a plural number a singular head is what has them."""
    head = heads[-1]
    if doc[start - 1].text != "-":
        return heads, end
    plain = candidate.unit is None and candidate.rule in {"digits", "words", "range"} and candidate.low > 1
    if not plain or head == start or _is_plural(doc, head):
        return heads, end
    first = next((at for at in range(start, head) if _is_noun(doc, at)), head)
    return ((first,), first + 1) if first < head and not doc[first].text[0].isupper() else (heads, end)


def _is_plural(doc: Doc, at: int) -> bool:
    word = doc[at].lower_
    return doc[at].tag_ in {"NNS", "NNPS"} or word in _forms() or lemma_of(doc[at].text).lower() != word


def _is_noun(doc: Doc, at: int) -> bool:
    return doc[at].tag_ in _NOUN_TAGS if doc[at].tag_ else doc[at].is_alpha and doc[at].lower_ not in _FUNCTION


def _skip(doc: Doc, start: int, limit: int, candidate: FigureCandidate) -> int:
    """Step over what may stand between a number and its noun: hyphen, "of the", "or so", "more", a bracketed sign."""
    at = start
    while at < limit:
        word = doc[at].lower_
        if word in {"-", "‐", "–", "+", '"', "“", "‘", "'"} or word in {"of", "odd", "plus"}:
            if word == "of" and not (candidate.rule in {"vague", "fraction", "ratio"} or candidate.unit is not None or _partitive(doc, at)):
                break
        elif word == "or" and at + 1 < limit and doc[at + 1].lower_ in {"so", "more", "fewer", "less"}:
            at += 1
        elif (
            word in {"the", "its", "their", "his", "her", "our", "all", "those", "these", "a", "an", "my"}
            and at > start
            and doc[at - 1].lower_ == "of"
        ) or (word in {"the", "its", "their", "all"} and candidate.rule == "fraction"):
            pass
        else:
            break
        at += 1
    return at


def _partitive(doc: Doc, at: int) -> bool:
    """Return whether "of" opens what the number is part of ("24 of the settlements", "two of Sumy's schools"), which is what is counted."""
    if at + 1 < len(doc) and doc[at + 1].lower_ in {"the", "its", "their", "his", "her", "our", "my", "your", "those", "these", "all"}:
        return True
    return any(doc[i].lower_ in {"'s", "’s", "'", "’"} for i in range(at + 2, min(at + 5, len(doc))))


def _walk_tagged(doc: Doc, start: int, limit: int) -> tuple[tuple[int, ...], int]:
    """Return head candidates and the end of the phrase by part-of-speech tags."""
    head = -1
    at = start
    while at < limit:
        token = doc[at]
        tag = token.tag_
        if head < 0 and tag not in _NOUN_TAGS and token.lower_.endswith("s") and lemma_of(token.text).lower() in noun_classes():
            tag = "NNS"  # "145 clashes" counts clashes whatever the tagger says.
        if tag in _NOUN_TAGS:
            head = at
            following = doc[at + 1].tag_ if at + 1 < limit else "."
            if tag in {"NNS", "NNPS"} and following not in _NOUN_TAGS and following not in {"HYPH"}:
                return (head,), at + 1
        elif tag not in _PHRASE_TAGS or token.lower_ in _STOP or (tag == "," and (head >= 0 or at == start or not _adjective(doc, at + 1, limit))):
            break
        elif tag in {"VBN", "VBG", "RB", "CD", "JJ"} and head >= 0 and not _noun_ahead(doc, at, limit):
            break  # After the noun a participle opens a clause; before it, it is an adjective.
        at += 1
    return ((head,), head + 1) if head >= 0 else ((), start)


_STOP = word_set("nouns stop")


def _adjective(doc: Doc, at: int, limit: int) -> bool:
    return at < limit and doc[at].tag_ in {"JJ", "JJR", "VBN"} and at + 1 < limit and doc[at + 1].tag_ in _NOUN_TAGS


def _noun_ahead(doc: Doc, at: int, limit: int) -> bool:
    """Return whether an adjective inside a phrase leads to another noun directly ("artillery guided missiles")."""
    return at + 1 < limit and doc[at].tag_ == "JJ" and doc[at + 1].tag_ in {"NN", "NNS"}


def _walk_plain(doc: Doc, start: int, limit: int) -> tuple[tuple[int, ...], int]:
    """Return head candidates and the end of the phrase without tags: up to the first plural, else the last word before a function word."""
    classes = noun_classes()
    at = start
    last = -1
    while at < limit:
        token = doc[at]
        word = token.lower_
        if word in {"-", "'s", "’s", "/"} and last >= 0:
            at += 1
            continue
        if (not word[0].isalpha() and not (len(word) > 1 and word[1:2].isalpha())) or word in _FUNCTION:
            break
        if word.endswith("ly") and last < 0 and len(word) > 4:
            at += 1
            continue
        last = at
        lemma = lemma_of(token.text)
        plural = word in _forms() or (word.endswith("s") and lemma.lower() != word)
        if plural or (lemma.lower() in classes and not _noun_next(doc, at + 1, limit, classes)):
            return (at,), at + 1
        at += 1
    return ((last,), last + 1) if last >= 0 else ((), start)


def _noun_next(doc: Doc, at: int, limit: int, classes: dict[str, str]) -> bool:
    return at < limit and (lemma_of(doc[at].text).lower() in classes or doc[at].lower_ == "-")


def _and_noun(reading: Reading, end: int, limit: int) -> tuple[int | None, int]:
    """Return the second head of "drones and missiles", where no number or determiner stands before it."""
    doc = reading.doc
    if end + 1 >= limit or doc[end].lower_ not in {"and", "or"}:
        return None, end
    if reading.tagged:
        at = end + 1
        while at < limit and doc[at].tag_ in {"JJ", "NN", "NNP", "HYPH"} and doc[at].lower_ not in _STOP:
            at += 1
        if at < limit and doc[at].tag_ in {"NNS", "NNPS"}:
            following = doc[at + 1] if at + 1 < len(doc) else None
            if following is None or following.tag_ not in {"VBD", "VBP"} or doc[end - 1].tag_ in {"NNS"}:
                return at, at + 1
        return None, end
    at = end + 1
    heads, wide = _walk_plain(doc, at, limit)
    if heads and doc[heads[0]].lower_.endswith("s") and doc[end - 1].lower_.endswith("s") and wide - at <= 3:
        return heads[0], wide
    return None, end
