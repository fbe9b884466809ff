"""The noun phrase behind a number: what is counted.

Tags are used where the Doc has them; without a tagger the phrase ends at the first plural noun or function word, which loses little because counted
nouns are plural. "18 of them" and "38 more" take the noun that the sentence counted before (figure_ellipsis).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_nouns import class_of, lemma_of, noun_classes, noun_forms, peoples
from dateline.normalize.figure_tokens import Reading

_FUNCTION = word_set("nouns function")
_OTHER_PHRASE = frozenset({"last", "this", "next", "that"})  # "killed 7,033 last year": a phrase of its own.
_STATES = word_set("reading states") - {"people"}
_PHRASE_TAGS = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS", "VBN", "VBG", "CD", "AFX", "FW", "RB", "RBS", "RBR", "``", "''", ","}
)
_AFTER_HEAD = frozenset({"CC", "IN", "VBD", "VBZ", "VBP", ",", ".", ":", "TO", "WP", "WDT"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


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
    start += _what_money_is(reading, candidate, start, limit)
    limit = min(limit, reading.before_date(start + 1))
    if start >= limit or doc[start].lower_ in _OTHER_PHRASE:
        return NO_PHRASE
    heads, end = _walk_tagged(doc, start, limit, candidate.low != 1 and candidate.unit is None) if reading.tagged else _walk_plain(doc, start, limit)
    if not heads and _measured(doc, candidate, start, limit):
        last = start + (start + 1 < limit and doc[start + 1].tag_ == "NN")
        heads, end = (last,), last + 1
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
    if item == "other" or (end - start == 1 and doc[start].lower_ in _STATES):
        return Phrase(start, start, (), None, None)  # "wounding five others": what was counted before; "two million homeless": people.
    return Phrase(start, end, heads, item, _class_at(doc, start, heads[0]), end_char=doc[end - 1].idx + len(doc[end - 1]))


def _measured(doc: Doc, candidate: FigureCandidate, start: int, limit: int) -> bool:
    """Return whether a word is a noun whatever its tag, as it closes what an article opens before a measure ("a sharp 3 percent drop")."""
    if candidate.unit is None or doc[start].tag_ not in {"VB", "VBP", "JJ"}:
        return False
    if _leads_on(doc, start + 1, limit) and not (doc[start + 1].tag_ == "NN" and not _leads_on(doc, start + 2, limit)):
        return False
    pieces, at = candidate.pieces, candidate.left
    return doc[start].is_alpha and any(pieces.at(i) in {"a", "an"} for i in range(max(candidate.sentence_first, at - 3), at))


def _what_money_is(reading: Reading, candidate: FigureCandidate, start: int, limit: int) -> int:
    """Return 1 where "in" leads from a sum to what it consists of ("$350 million in aid"), else 0."""
    if candidate.unit is None or candidate.unit.dimension != "money" or start + 1 >= limit or not reading.tagged:
        return 0
    word, after = reading.doc[start], reading.doc[start + 1]
    leads = word.lower_ == "in" and after.tag_ in {"JJ", "NN", "NNS", "VBG"} and after.text.islower() and reading.before_date(start) > start + 1
    return int(leads)


def _class_at(doc: Doc, start: int, head: int) -> str | None:
    """Return the class of a head, with the word before it where both are one listed noun ("suicide bomber")."""
    item = lemma_of(doc[head].text)
    pair = noun_classes().get(f"{doc[head - 1].lower_} {item.lower()}") if head > start else None
    return pair or class_of(item)


def _measure_noun(doc: Doc, candidate: FigureCandidate, start: int, heads: tuple[int, ...], end: int) -> tuple[tuple[int, ...], int]:
    """Return the counted noun of "six-reactor station": after a plural number a singular head is what has them."""
    head = heads[-1]
    if doc[start - 1].text != "-":
        return heads, end
    plain = candidate.unit is None and candidate.rule in {"digits", "words", "range"} and candidate.low > 1
    if not plain or head == start or (_is_plural(doc, head) and (_is_plural(doc, start) or doc[start].tag_ != "NN")):
        return heads, end
    first = next((at for at in range(start, head) if _is_noun(doc, at)), head)
    return ((first,), first + 1) if first < head and not doc[first].text[0].isupper() else (heads, end)


def _is_plural(doc: Doc, at: int) -> bool:
    word = doc[at].lower_
    return doc[at].tag_ in {"NNS", "NNPS"} or word in noun_forms() or lemma_of(doc[at].text).lower() != word


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
            and doc[at - 1].lower_ in {"of", "all"}
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


def _walk_tagged(doc: Doc, start: int, limit: int, plural: bool) -> tuple[tuple[int, ...], int]:
    """Return head candidates and the end of the phrase by part-of-speech tags."""
    head = -1
    at = start
    while at < limit:
        token = doc[at]
        tag = token.tag_
        if token.is_space:
            break
        if head < 0 and tag not in _NOUN_TAGS and token.lower_.endswith("s") and lemma_of(token.text).lower() in noun_classes():
            tag = "NNS"  # "145 clashes" counts clashes whatever the tagger says.
        elif tag in {"PRP", "PRP$", "UH"} and token.lower_ in noun_classes():
            tag = "NN"  # "mine workers"
        elif tag == "JJ" and head < 0 and token.lower_ in noun_classes() and (at + 1 >= limit or doc[at + 1].tag_ in _AFTER_HEAD):
            return (at,), at + 1  # "one civilian and ..."
        elif tag == "VBZ" and head == at - 1 and plural and doc[head].tag_ == "NN" and doc[head].lower_ not in noun_forms():
            tag = "NNS"  # "20,000 work permits": a plural number has no singular head.
        elif tag in {"JJ", "NNP"} and head < 0 and token.text in peoples() and not _leads_on(doc, at + 1, limit):
            return (at,), at + 1  # "thousands more Lebanese"
        elif tag == "CC" and head < 0 and at > start and _leads_on(doc, at + 1, limit) and doc[at - 1].tag_ in {"JJ", "NNP"}:
            tag = "JJ"  # "15 Sunni and Kurdish groups"
        elif tag == "VBZ" and at == start and token.lower_ not in _FUNCTION:
            tag = "NNS"  # "26 matches this season"
        if tag in _NOUN_TAGS:
            head = at
            following = doc[at + 1].tag_ if at + 1 < limit else "."
            if tag in {"NNS", "NNPS"} and following not in _NOUN_TAGS and following not in {"HYPH"}:
                return (head,), at + 1
        elif tag in {"VBN", "VBG", "JJ"} and head == at - 2 and doc[at - 1].text == "-" and not doc[at - 1].whitespace_:
            head = -1  # "top-ranked generals": an adjective so far.
        elif (
            tag not in _PHRASE_TAGS
            or (token.lower_ in _STOP and not _noun_follows(doc, at, limit))
            or (tag == "," and (head >= 0 or at == start or not _adjective(doc, at + 1, limit)))
        ):
            break
        elif tag in {"VBN", "VBG", "RB", "CD", "JJ"} and head >= 0 and not _noun_ahead(doc, at, limit):
            break  # After the noun a participle opens a clause; before it, it is an adjective.
        at += 1
    return ((head,), head + 1) if head >= 0 else ((), start)


_STOP = word_set("nouns stop")


def _leads_on(doc: Doc, at: int, limit: int) -> bool:
    """Return whether an adjective or noun goes on a phrase."""
    return at < limit and doc[at].tag_ in {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "HYPH", "CC", "VBG"}


def _noun_follows(doc: Doc, at: int, limit: int) -> bool:
    """Return whether a word that usually ends a phrase stands before a noun here ("two earlier drives")."""
    return at + 1 < limit and doc[at].tag_ in {"JJ", "JJR"} and doc[at + 1].tag_ in _NOUN_TAGS


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
        plural = word in noun_forms() or (word.endswith("s") and lemma.lower() != word)
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
        following = doc[at + 1] if at + 1 < len(doc) else None
        governs = doc[end - 1].tag_ == "NN" and following is not None and following.tag_ in {"IN", "TO", "RP"}  # "the force and accounts for"
        open_ended = following is None or following.tag_ not in {"VBD", "VBP"} or doc[end - 1].tag_ == "NNS"
        if at < limit and doc[at].tag_ in {"NNS", "NNPS"} and open_ended and not governs:
            return at, at + 1
        return None, end
    at = end + 1
    heads, wide = _walk_plain(doc, at, limit)
    if heads and doc[heads[0]].lower_.endswith("s") and doc[end - 1].lower_.endswith("s") and wide - at <= 3:
        return heads[0], wide
    return None, end
