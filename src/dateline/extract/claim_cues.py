"""Cues that are verbs: from the word in its sentence to the attribution it makes."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.extract.claim_beside import shared_subject
from dateline.extract.claim_candidate import ClaimCandidate, candidate
from dateline.extract.claim_content import Content, quote_content, relative_content, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_left import is_closed, left_content
from dateline.extract.claim_lexicon import Sense, senses
from dateline.extract.claim_names import full_phrase
from dateline.extract.claim_quotes import Quote
from dateline.extract.claim_reach import rest_of_sentence
from dateline.extract.claim_relays import relayed_voice
from dateline.extract.claim_right import right_content
from dateline.extract.claim_sources import NOMINAL, Source, as_source, find_source, is_passive
from dateline.extract.claim_voices import is_person

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly"})
ANYBODY = frozenset({"anyone", "anybody", "whoever"})
SPEECH = frozenset({"clause", "quote"})
# Verbs so plain that whatever follows them is said, whatever the parser made of it.
PLAIN = frozenset({"say", "claim", "tell", "write", "report", "add", "state", "announce", "warn", "note", "argue", "estimate"})
PUNCTUATION_BEFORE_QUOTE = frozenset({",", ":", ".", "!", "?", "—", "–", "-", "”", '"'})


def verbal(lay: Layout, verb: Token, sense: Sense, floor: int, taken: set[int]) -> ClaimCandidate | None:
    """Return the attribution that a verb makes.

    Args:
        floor: Token before which a content on the left cannot start.
        taken: Opening marks of the quotations that have an owner; extended here.
    """
    if relayed_voice(lay, verb) is not None:
        return None  # "citing the ministry" adds a speaker to what another cue attributes.
    if sense.lemma in PLAIN and any(c.dep_ == "compound:prt" for c in verb.children):
        return None  # "adds up", "wrote off": other verbs.
    if verb.ent_type_ and verb.text[:1].isupper():
        return None  # "The United States": half a name.
    if _is_for_anybody(verb):
        return None  # "Anyone wanting to borrow": nobody in particular, who has said nothing.
    passive = is_passive(verb)
    speaks = bool(sense.claims & SPEECH)
    source = find_source(lay, verb, speaks=speaks and not passive)
    if passive:
        content = _passive_content(lay, verb, sense)
        if content is None:
            return None
        stance = source is None or not sense.claims & {"object", "clause"}
        return candidate(lay, verb, sense, content, source, stance=stance, negated=negated(verb))
    begin = _begin(lay, verb, source)
    content = _spoken(lay, verb, begin, taken) if speaks else _put_so(lay, verb, begin, floor, taken) if "it" in sense.claims else None
    stance = False
    closed = "clause" in sense.claims and _is_finite(verb) and is_closed(lay, verb)
    if content is None and closed:
        content = _without(source, left_content(lay, verb, begin, floor))
        closed = content is not None
    if content is None:
        content = right_content(lay, verb, sense.claims)
        if content is not None and source is not None and verb.tag_ == "VBG" and content.start <= source.head.i < content.end:
            head = shared_subject(lay, verb)  # "Roe shot back, saying he had ...": the nearest noun stands in what is said.
            source = as_source(lay, head, verb.i if head.i < verb.i else None) if head is not None else None
        content = _without(source, content)
    if content is None and verb.dep_ == "acl:relcl" and sense.claims & {"object"}:
        content = relative_content(lay, verb)
    if content is None and sense.lemma in PLAIN and not closed and source is not None and source.head.i < verb.i:
        content = rest_of_sentence(lay, verb)
    if content is None and sense.stances:
        content, stance = _without(source, right_content(lay, verb, sense.stances)), True
    if content is None or content.end <= content.start:
        return None
    stance = stance or _is_to_come(verb) or _is_of_person(lay, verb, content) or _is_pronoun(lay, content)
    if source is not None and content.start <= source.head.i < content.end:
        source = None
    denied = negated(verb)
    stance = stance or (denied and sense.mode != "denied") or _to_infinitive(verb)
    return candidate(lay, verb, sense, content, source, stance=stance, negated=denied)


def _is_for_anybody(verb: Token) -> bool:
    who = verb.head if verb.dep_.startswith("acl") else next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    return who is not None and who.lower_ in ANYBODY


def _is_to_come(verb: Token) -> bool:
    """Tell whether a cue is only expected of somebody: "the president should disclose contacts", "the ministry will announce results"."""
    return any(c.dep_ == "aux" and c.lower_ in {"should", "must", "will", "may", "might", "shall", "’ll", "'ll"} for c in verb.children)


def _is_pronoun(lay: Layout, content: Content) -> bool:
    """Tell whether a content is a bare pronoun: "denied that", "said it" take up what stands elsewhere."""
    return content.end - content.start == 1 and not content.quote and lay.doc[content.start].tag_ in {"DT", "PRP", "WDT", "WP", "IN"}


def _is_of_person(lay: Layout, verb: Token, content: Content) -> bool:
    """Tell whether only a person is the object of a cue: "dismissed the governor" asserts nothing."""
    target = next((c for c in verb.children if c.dep_ == "obj" and c.i > verb.i), None)
    if target is None or content.rule not in {"object", "complements"} or any(t.like_num for t in lay.doc[content.start : content.end]):
        return False
    return is_person(lay, target)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ not in {"VBG", "VBN"} or any(c.dep_.startswith("aux") for c in verb.children)


def _without(source: Source | None, content: Content | None) -> Content | None:
    """Return the content unless the source stands in it: then the parse was wrong about one of them."""
    return None if content is not None and source is not None and content.start <= source.head.i < content.end else content


def _begin(lay: Layout, verb: Token, source: Source | None) -> int:
    """Return the first token of the attributing words: those of the source when it stands before the cue, else of the cue's auxiliaries."""
    begin = verb.i
    low = lay.low[verb.i]
    while begin - 1 >= low and lay.doc[begin - 1].dep_ in {"aux", "aux:pass", "advmod", "neg"} and lay.doc[begin - 1].head.i == verb.i:
        begin -= 1
    if source is not None and low <= source.full[0] < verb.i and not _acts_between(lay, source.full[1], begin):
        begin = min(begin, source.full[0])
    return begin


def _acts_between(lay: Layout, start: int, end: int) -> bool:
    """Tell whether another verb stands between a source and its cue: "“...,” she told them, saying that ..."."""
    return any(lay.doc[i].tag_ in {"VBD", "VBZ", "VBP"} and lay.doc[i].pos_ == "VERB" for i in range(start, end))


def _spoken(lay: Layout, verb: Token, begin: int, taken: set[int]) -> Content | None:
    """Return the quotation that a cue introduces or closes, in one or two pieces."""
    doc = lay.doc
    before = lay.closes.get(begin) or (lay.closes.get(begin - 1) if begin and doc[begin - 1].text == "," else None) or _interrupted(lay, verb)
    if before is not None and not _is_statement(lay, before, verb, begin):
        before = None
    pieces: list[Content] = []
    for quote, rule in ((before, "quote.before"), (_quote_after(lay, verb), "quote.after")):
        if quote is not None and (piece := quote_content(lay, quote, rule)) is not None:
            pieces.append(piece)
            taken.add(quote.start)
    if not pieces:
        return None
    longest = max(pieces, key=lambda p: p.end - p.start)
    return replace(longest, pieces=tuple((p.start, p.end) for p in pieces)) if len(pieces) == 2 else longest


def _put_so(lay: Layout, verb: Token, begin: int, floor: int, taken: set[int]) -> Content | None:
    """Return what somebody "puts it": the quotation or clause behind the inserted remark, else the clause before it."""
    doc, high = lay.doc, lay.high[verb.i]
    last = verb.i + 2
    if last >= high or doc[verb.i + 1].lower_ != "it" or doc[last].text not in {",", ":", "."}:
        return None
    quote = lay.opens.get(last + 1)
    if quote is not None:
        taken.add(quote.start)
        return quote_content(lay, quote, "quote.after")
    opening = next((i for i in range(begin - 1, lay.low[verb.i] - 1, -1) if doc[i].lower_ == "as"), None)
    if opening is not None and opening - lay.low[verb.i] <= 1:
        start, end = trim(lay, last + 1, high)
        return Content(start, end, "clause.rest", lead=start) if end > start else None
    return left_content(lay, verb, opening if opening is not None else begin, floor)


def _interrupted(lay: Layout, verb: Token) -> Quote | None:
    """Return the speech that ended in a comma before the clause of a cue, however much is told about the speaker in between."""
    doc = lay.doc
    for i in range(verb.i - 1, max(lay.low[verb.i], verb.i - 30) - 1, -1):
        quote = lay.closes.get(i)
        if quote is not None and lay.is_spoken(quote):
            return quote if doc[quote.last - 1].text in {",", "!", "?"} or doc[quote.end].text == "," else None
        if doc[i].is_space or doc[i].text in {";", ":", "."} or (doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and doc[i].head.i != verb.i):
            return None
    return None


def _is_statement(lay: Layout, quote: Quote, verb: Token, begin: int) -> bool:
    """Tell whether a quotation before a cue is what was said, and not only its last, quoted words."""
    doc = lay.doc
    starts = quote.start <= lay.low[verb.i] + 1 or quote.start == lay.low[quote.start]
    if doc[quote.last - 1].text == "." and begin < verb.i and begin == quote.end and _has_own(lay, verb):
        return False  # "... the “talk of peace.” The two say they ...": a full stop ends the sentence before.
    if not lay.is_spoken(quote):
        return starts and doc[begin - 1].text == ","
    return starts or doc[quote.start - 1].text in PUNCTUATION_BEFORE_QUOTE or doc[quote.start - 1].is_space


def _has_own(lay: Layout, verb: Token) -> bool:
    return any(c.dep_ in {"ccomp", "obj"} and c.i > verb.i for c in verb.children)


def _quote_after(lay: Layout, verb: Token) -> Quote | None:
    doc = lay.doc
    for i in range(verb.i + 1, min(lay.high[verb.i], verb.i + 25)):
        quote = lay.opens.get(i)
        if quote is not None:
            introduced = doc[i - 1].text in {",", ":"} or i == verb.i + 1
            return quote if introduced and lay.is_spoken(quote) and not (quote.closed and _goes_on(lay, quote)) else None
        if doc[i].text == ":" and (quote := lay.opens.get(i + 2)) is not None and doc[i + 1].is_space and lay.is_spoken(quote):
            return quote  # The quotation is a paragraph of its own.
        if doc[i].text == ";" or doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if doc[i].tag_ == "VBG" and any("quote" in s.claims for s in senses().get(doc[i].lower_, ())):
            return None  # "said, adding: ...": the participle introduces it.
    return None


def _goes_on(lay: Layout, quote: Quote) -> bool:
    """Tell whether the sentence goes on after a quotation as part of the same clause (quoted words, not speech)."""
    doc = lay.doc
    if doc[quote.last - 1].text in {".", "!", "?", ","} or quote.end >= len(doc):
        return False
    return doc[quote.end].text not in {".", ",", ";", "!", "?"} and not doc[quote.end].is_space


def _passive_content(lay: Layout, verb: Token, sense: Sense) -> Content | None:
    frames = sense.claims | sense.stances
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and "clause" in sense.claims:
            return right_content(lay, verb, frozenset({"clause"}))
    xcomp = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if xcomp is not None and frames & {"clause", "predicate", "infinitive"}:
        start, end = trim(lay, xcomp.left_edge.i, min(xcomp.right_edge.i + 1, lay.high[verb.i]))
        return Content(start, end, "passive.xcomp", lead=start) if end > start else None
    if not frames & {"object", "predicate", "complements", "measure"}:
        return None
    for child in verb.children:
        if child.dep_.startswith("nsubj") and child.i < verb.i and child.pos_ in NOMINAL:
            start, end = trim(lay, *full_phrase(child, verb.i))
            return Content(start, end, "passive.subject", lead=start) if end > start else None
    return relative_content(lay, verb) if verb.dep_ == "acl" and verb.head.pos_ in NOMINAL else None


def negated(word: Token) -> bool:
    """Return whether a cue is denied: "did not say", "never claimed"."""
    return any(c.dep_ in {"advmod", "neg", "cc:preconj", "det"} and c.lower_ in NEGATIONS and c.i < word.i for c in word.children)


def _to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.i < verb.i for c in verb.children)
