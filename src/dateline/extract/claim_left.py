"""Contents on the left of their cue: "..., officials said". Read off the shape of the sentence, where parsers disagree about what governs what."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.extract.claim_beside import DASHES
from dateline.extract.claim_content import EDGES, STOPS, Content, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_voices import is_temporal, is_voice


def left_content(lay: Layout, verb: Token, begin: int, floor: int) -> Content | None:
    """Return what stands before an attribution that closes or interrupts a sentence: from `floor` or the sentence's start to token `begin`."""
    doc = lay.doc
    if begin <= 0 or not (doc[begin - 1].text in EDGES or begin in lay.closes):
        return None
    start = max(lay.low[verb.i], floor)
    closing = lay.closes.get(begin) or (lay.closes.get(begin - 1) if doc[begin - 1].text == "," else None)
    if closing is not None and closing.start < start:
        start = max(lay.low[closing.start], floor)  # A quotation of several sentences: it began with the outlet's words.
    if closing is None:
        start = next((i + 1 for i in range(begin - 1, start, -1) if doc[i].text in {";", ":"} and not lay.mask[i] and doc[i].whitespace_), start)
    if begin - start < 2:
        return None
    # A dateline ("GENEVA, June 3 -") is the outlet's own.
    for i in range(start, min(start + 10, begin)):
        if doc[i].text in DASHES and doc[i].whitespace_ and all(not t.is_lower or t.like_num for t in doc[start:i]):
            start = i + 1
            break
    first = trim(lay, start, begin - 1 if doc[begin - 1].text in EDGES else begin)
    if first[1] - first[0] < 1:
        return None
    main = (_behind_adverbial(lay, *first), first[1])
    rest = _goes_on(lay, verb) if doc[begin - 1].text in EDGES else None
    inverted = begin == verb.i and verb.i + 1 < lay.high[verb.i] and doc[verb.i + 1].pos_ in {"PROPN", "NOUN", "DET", "PRON"}
    if rest is None and not inverted and (_is_circumstance(lay, *first) or _is_apposed(lay, verb, *first)):
        return None
    if rest is None:
        return Content(*main, "clause.left", lead=first[0], pieces=(first,))
    if rest[1] - rest[0] > first[1] - first[0] and not any(doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(*first)):
        main = rest
    return Content(*main, "clause.around", lead=main[0], pieces=(first, rest))


def _is_circumstance(lay: Layout, start: int, end: int) -> bool:
    """Tell whether words only say when or where somebody spoke: "In a separate announcement, they repeated ..."."""
    first = lay.doc[start + (lay.doc[start].pos_ == "CCONJ" and start + 1 < end)]
    if first.i + 1 < end and lay.doc[first.i + 1].lower_ in {"least", "most"}:
        return False
    happens = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or (t.tag_ == "VBN" and t.dep_ != "acl") for t in lay.doc[start:end])
    return (first.pos_ in {"ADP", "ADV"} or is_temporal(first)) and not happens


def _is_apposed(lay: Layout, verb: Token, start: int, end: int) -> bool:
    """Tell whether words before a name between commas say who it is: "A rebel spokesman, Jane Roe, said ..."."""
    says = any(t.pos_ in {"VERB", "AUX"} or t.like_num or t.pos_ == "PUNCT" for t in lay.doc[start:end])
    return not says and lay.doc[verb.i - 1].text == ","


def _goes_on(lay: Layout, verb: Token) -> tuple[int, int] | None:
    """Return the rest of a clause that an attribution between commas interrupts ("In some cases, officials say, it was sold")."""
    doc, high = lay.doc, lay.high[verb.i]
    comma = next((i for i in range(verb.i + 1, high) if doc[i].text in STOPS or doc[i].is_space), high)
    if (
        comma + 3 >= high
        or doc[comma].text not in EDGES
        or not doc[comma].whitespace_  # The hyphen of "cease-fire".
        or doc[comma + 1].tag_ == "VBG"
        or (doc[comma + 1].pos_ in {"CCONJ", "SCONJ"} and doc[comma + 1].lower_ != "that")
    ):
        return None
    until = next((i for i in range(comma, high) if doc[i].text == ";"), high)
    start, end = trim(lay, comma + 1, until)
    if any(lay.doc[i].pos_ in {"PROPN", "NOUN", "PRON"} for i in range(verb.i + 1, comma)) and _tells_of(lay, start, end):
        return None
    return (start, end) if end - start > 2 else None


def _tells_of(lay: Layout, start: int, end: int) -> bool:
    """Tell whether words behind "said Jane Roe," are about her: an age, or an apposition without a clause of its own ("29, a midwife who fled")."""
    doc = lay.doc
    if start + 1 < end and doc[start].like_num and doc[start + 1].text == ",":
        return True
    verb = next((doc[i] for i in range(start, end) if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    return doc[start].pos_ in {"DET", "NOUN", "ADJ", "PROPN"} and (verb is None or verb.dep_ == "acl:relcl" or verb.head.dep_ == "acl:relcl")


def _behind_adverbial(lay: Layout, start: int, end: int) -> int:
    """Return the start moved behind an opening "At noon,": the guide's contents begin with their clause."""
    doc = lay.doc
    if doc[start].pos_ != "ADP":
        return start
    comma = next((i for i in range(start + 1, min(start + 16, end)) if doc[i].text == ","), None)
    if comma is None or any(doc[i].pos_ in {"VERB", "AUX"} for i in range(start, comma)) or end - comma < 4:
        return start
    if doc[comma + 1].dep_ == "conj" or any(doc[i].dep_ == "conj" and doc[i].head.i < comma for i in range(comma + 1, min(comma + 6, end))):
        return start
    return comma + 1


def is_closed(lay: Layout, verb: Token) -> bool:
    """Tell whether an attribution ends right after its cue, addressee and adverbials: "..., he told reporters on Monday."."""
    doc = lay.doc
    told = next((c for c in verb.children if c.dep_ in {"obj", "iobj"} and c.i > verb.i), None)
    if told is not None and not (is_voice(lay, told) or is_temporal(told)) and not any(t.text in STOPS for t in doc[verb.i + 1 : told.i]):
        return False  # "Last week, the general promised stern action, ...".
    for i in range(verb.i + 1, lay.high[verb.i]):
        token = doc[i]
        if i == verb.i + 1 and token.lower_ in {"as", "by"}:
            return False  # "a woman identified as the wife of ..., refused to speak".
        quote = lay.opens.get(i)
        if quote is not None and token.text not in STOPS and doc[i - 1].text not in {",", ":"} and not lay.is_spoken(quote):
            return False  # "called the judge “Spanish,” ...": a mark inside of it closes nothing.
        if token.text in STOPS or token.is_space or (quote is not None and lay.is_spoken(quote) and doc[i - 1].text in {",", ":"}):
            return True
        if (token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"}) or (
            token.lower_ in {"that", "whether", "if"} and token.pos_ != "DET"
        ):
            return False
    return True
