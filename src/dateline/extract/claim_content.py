"""What is asserted: the clause, phrase or quotation that belongs to a cue, exact to the token.

Right-hand contents come from the parse (ccomp, xcomp, objects by frame of the lexicon); left-hand ones ("..., officials said") from the shape of the
sentence, because there parsers disagree with each other and with themselves about what governs what.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import senses
from dateline.extract.claim_quotes import Quote

WIDE = frozenset({"clause.ccomp", "clause.rest"})
OPENERS = frozenset({"that"})
HARD = frozenset({".", ";", ":", "!", "?", "…"})
DASHES = frozenset({"–", "—", "-", "--", "―"})
EDGES = frozenset({",", *DASHES})
STOPS = frozenset({".", ",", ";", ":", "!", "?", "…", *DASHES})
# Dependents that end the phrase of a cue: what follows them is said about something else.
OUTSIDE = frozenset({"conj", "cc", "parataxis", "punct", "advcl", "discourse", "vocative"})


@dataclass(frozen=True, slots=True)
class Content:
    """Token range of what is asserted; `pieces` are the parts when the attribution interrupts it, the longest one being start:end."""

    start: int
    end: int
    rule: str
    pieces: tuple[tuple[int, int], ...] = ()
    lead: int | None = None
    quote: bool = False


def trim(lay: Layout, start: int, end: int) -> tuple[int, int]:
    """Cut outer punctuation and blanks off a token range; quotation marks go only when the range is one whole quotation."""
    doc = lay.doc
    while start < end and (doc[start].is_space or doc[start].text in STOPS or doc[start].text in {")", "]", "”"}):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in STOPS or doc[end - 1].text in {"(", "["}):
        end -= 1
    opening = lay.opens.get(start)
    if opening is not None and opening.end >= end > opening.first:
        return trim(lay, opening.first, min(opening.last, end))
    if end > start and end - 1 in lay.opens:
        return trim(lay, start, end - 1)
    closing = lay.closes.get(end)
    if closing is not None and start > closing.start:
        # The opening mark lies outside: so does the closing one.
        end -= 1
        while end > start and doc[end - 1].text in STOPS:
            end -= 1
    return start, end


def grow_over_quotes(lay: Layout, start: int, end: int) -> int:
    """Return the end moved past the quotation that the range would cut in two."""
    if end < len(lay.doc):
        quote = lay.quote_at(end) or (lay.quote_at(end - 1) if lay.doc[end - 1].i + 1 < len(lay.doc) else None)
        if quote is not None and start <= quote.first and end < quote.end:
            return quote.end
    return end


def phrase_end(verb: Token, first: Token) -> int:
    """Return one past the last token of the complements of a verb that start with `first`, up to a coordination or an afterthought."""
    end = first.right_edge.i + 1
    for child in verb.children:
        if child.i <= first.i or child.i < verb.i:
            continue
        if child.dep_ in OUTSIDE and not (child.dep_ == "advcl" and verb.doc[child.left_edge.i - 1].text != ","):
            if child.dep_ == "punct" and child.i < end:
                continue
            break
        end = max(end, child.right_edge.i + 1)
    return end


def _has_number(lay: Layout, start: int, end: int) -> bool:
    return any(lay.doc[i].like_num or lay.doc[i].pos_ == "NUM" for i in range(start, end))


def _case(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ in {"case", "mark"} and c.i < token.i), "")


def right_content(lay: Layout, verb: Token, frames: frozenset[str]) -> Content | None:
    """Return what follows a cue as its complement, by the frames that the lexicon allows."""
    limit = lay.high[verb.i]
    after = [c for c in verb.children if c.i > verb.i and c.i < limit]
    clause = next((c for c in after if c.dep_ == "ccomp" or (c.dep_ == "parataxis" and _after_colon(lay, verb, c))), None)
    objects = [c for c in after if c.dep_ in {"obj", "iobj"} or (c.dep_ == "nsubj" and c.i > verb.i and clause is None)]
    target = objects[-1] if objects else None
    if clause is not None and "clause" in frames:
        start = _clause_start(lay, verb, clause)
        end = _clause_end(lay, start, min(clause.right_edge.i + 1, limit), limit)
        return _clause(lay, verb, start, end, "clause.ccomp", inner=clause)
    opening = next((c for c in after if c.dep_ == "xcomp"), None)
    if opening is None and frames & {"infinitive", "gerund"}:
        opening = next((c for c in after if c.dep_ == "advcl" and c.left_edge.i == verb.i + 1 and c.tag_ in {"VBG", "VB"}), None)
    if opening is not None and target is None:
        infinitive = any(lay.doc[i].lower_ == "to" for i in range(verb.i + 1, opening.i))
        if (infinitive and "infinitive" in frames) or (opening.tag_ == "VBG" and frames & {"gerund", "object"}):
            return _clause(lay, verb, max(opening.left_edge.i, verb.i + 1), min(opening.right_edge.i + 1, limit), "clause.xcomp")
        if "predicate" in frames:
            return _clause(lay, verb, max(opening.left_edge.i, verb.i + 1), min(phrase_end(verb, opening), limit), "predicate")
    if clause is not None and "predicate" in frames:
        return _clause(lay, verb, max(clause.left_edge.i, verb.i + 1), min(clause.right_edge.i + 1, limit), "predicate")
    if target is not None:
        found = _object_content(lay, verb, target, after, frames, limit)
        if found is not None:
            return found
    for child in after:
        if child.dep_ in {"obl", "nmod", "advcl", "xcomp", "ccomp"} and (word := _case(child)) and word in frames:
            skip = next((c.i for c in child.children if c.lower_ == word and c.dep_ in {"case", "mark"}), child.left_edge.i)
            return _clause(lay, verb, skip + 1, with_list(lay, min(child.right_edge.i + 1, limit), limit), "phrase")
        if (
            "put" in frames
            and child.dep_ == "obl"
            and _case(child) in {"at", "between"}
            and _has_number(lay, child.left_edge.i, child.right_edge.i + 1)
        ):
            return _clause(lay, verb, verb.i + 1, with_list(lay, min(child.right_edge.i + 1, limit), limit), "put")
    return None


def _object_content(lay: Layout, verb: Token, target: Token, after: list[Token], frames: frozenset[str], limit: int) -> Content | None:
    first = next((c for c in after if c.dep_ in {"obj", "iobj"} and frames & {"predicate", "accuse"}), target)
    start = first.left_edge.i
    end = with_list(lay, min(phrase_end(verb, first), limit), limit)
    rest = [c for c in after if c.i > first.i and (c.dep_ not in OUTSIDE or (c.dep_ == "advcl" and lay.doc[c.left_edge.i - 1].text != ","))]
    rest += [c for c in first.children if c.i > first.i]
    cases = {_case(c) for c in rest} | {c.lower_ for c in rest}
    if frames & {"put", "complements"} and "at" in cases and _has_number(lay, start, end):
        return _clause(lay, verb, start, end, "put")
    if "accuse" in frames and cases & {"of", "for", "on", "with"}:
        return _clause(lay, verb, start, end, "accuse")
    if "compare" in frames and cases & {"to", "with"}:
        return _clause(lay, verb, start, end, "compare")
    if "rated" in frames and cases & {"among", "as", "at"}:
        return _clause(lay, verb, start, end, "rated")
    if "predicate" in frames and (cases & {"as"} or any(c.dep_ in {"xcomp", "obj", "ccomp", "amod", "appos", "nmod:desc"} for c in rest)):
        return _clause(lay, verb, start, end, "predicate")
    if "predicate" in frames and not frames & {"object"} and end - start > 1 and verb.dep_ in {"acl:relcl", "ccomp", "advcl:relcl"}:
        return _clause(lay, verb, start, end, "predicate")
    quoted = next((lay.opens[i] for i in range(target.right_edge.i + 1, min(target.right_edge.i + 4, limit)) if i in lay.opens), None)
    if "predicate" in frames and quoted is not None:
        return _clause(lay, verb, start, max(end, min(quoted.end, limit)), "predicate")
    if "measure" in frames and _has_number(lay, start, end):
        return _clause(lay, verb, start, end, "measure")
    if "complements" in frames and any(c.dep_ in {"xcomp", "obl", "ccomp", "advcl", "acl"} for c in rest):
        return _clause(lay, verb, start, end, "complements")
    if "object" in frames and target.lower_ not in {"nothing", "so", "himself", "herself", "itself", "themselves"}:
        return _clause(lay, verb, start, end, "object")
    return None


def _after_colon(lay: Layout, verb: Token, clause: Token) -> bool:
    left = clause.left_edge.i
    return (left - 1 > verb.i and lay.doc[left - 1].text in {":", ",", "“", '"'}) or left == verb.i + 1


def _clause_start(lay: Layout, verb: Token, clause: Token) -> int:
    """Return where a clause begins: at "that" when there is one, else right behind the cue unless an addressee or adverbial stands there."""
    doc = lay.doc
    left = max(clause.left_edge.i, verb.i + 1)
    for i in range(verb.i + 1, clause.i):
        if doc[i].lower_ == "that" and (doc[i].tag_ == "IN" or doc[i + 1].pos_ in {"DET", "PRON", "NUM", "PROPN", "NOUN", "ADJ", "ADV"}):
            return i
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].text in {",", ";"}:
            break
    if left > verb.i + 1:
        gap = doc[verb.i + 1]
        if gap.pos_ in {"DET", "NOUN", "NUM", "PROPN", "PRON", "ADJ"} and not any(
            c.dep_ in {"obj", "iobj", "obl", "obl:tmod", "obl:unmarked"} for c in verb.children
        ):
            return verb.i + 1
    return left


def _clause_end(lay: Layout, start: int, end: int, limit: int) -> int:
    """Return the end of a clause moved to the next punctuation mark: what follows it without a mark still belongs to it."""
    doc = lay.doc
    while end < limit and doc[end].text not in HARD and doc[end].text not in {",", ")", "]"} and not doc[end].is_space:
        quote = lay.opens.get(end)
        if quote is not None and lay.is_spoken(quote):
            break
        end = quote.end if quote is not None else end + 1
    # "that A, and that B": the second half is asserted too.
    k = end
    while k < limit and (doc[k].text == "," or doc[k].lower_ in {"and", "but"}) and k - end < 2:
        k += 1
    if end < k < limit and doc[k].lower_ == "that" and doc[k].tag_ == "IN":
        stop = next((i for i in range(k, limit) if doc[i].text in HARD), limit)
        return max(end, stop)
    return end


def _cut(lay: Layout, start: int, end: int) -> int:
    """Return the end moved before a semicolon, and before a participle of another cue (", adding that ...")."""
    doc = lay.doc
    for i in range(start + 1, end):
        if lay.mask[i]:
            continue
        text = doc[i].text
        if text == ";":
            return i
        if text == "," and i + 1 < end:
            k = i + 1
            while k < end and (doc[k].lower_ in {"while", "and", "but", "though"} or doc[k].pos_ == "ADV"):
                k += 1
            if k < end and doc[k].tag_ == "VBG" and any("clause" in s.claims or "put" in s.claims for s in senses().get(doc[k].lower_, ())):
                return i
    return end


def _clause(lay: Layout, verb: Token, start: int, end: int, rule: str, inner: Token | None = None) -> Content | None:
    lead = start
    doc = lay.doc
    end = _cut(lay, start, end)
    while start < end and doc[start].text in STOPS:
        start += 1
        lead = start
    if (
        start < end
        and doc[start].lower_ in OPENERS
        and doc[start].dep_ in {"mark", "case", "det", "fixed"}
        and doc[start].tag_ in {"IN", "DT", "WDT"}
    ):
        start += 1
    end = grow_over_quotes(lay, start, end)
    start, end = trim(lay, start, end)
    if end <= start:
        return None
    whole = (min(lead, start), trim(lay, start, max(end, _sentence_rest(lay, verb, end, rule)))[1])
    if inner is not None:
        end = _without_afterthought(lay, inner, start, end)
    return Content(start, end, rule, lead=whole[0], pieces=(whole,))


def _sentence_rest(lay: Layout, verb: Token, end: int, rule: str) -> int:
    """Return the end of all that the sentence still says behind a content: the wide reading, which keeps afterthoughts and second clauses.

    It ends where the cue's own clause goes on (coordinated verbs, adverbial clauses) and gives up where somebody else is quoted.
    """
    if rule not in WIDE:
        return end
    doc, limit = lay.doc, lay.high[verb.i]
    own = [c.left_edge.i for c in verb.children if c.i >= end and c.dep_ in {"conj", "cc"}]
    limit = min([limit, *own])
    for i in range(end, limit):
        word = doc[i].lower_
        if word == ";" or word == "according" or (i in lay.opens and lay.is_spoken(lay.opens[i])):
            return end if word == "according" else i
        if doc[i].tag_ in {"VBD", "VBZ", "VBP"} and any(s.pos == "verb" and "clause" in s.claims for s in senses().get(word, ())):
            return end
        if word == "," and i + 1 < limit and doc[i + 1].tag_ == "VBG" and any("clause" in s.claims for s in senses().get(doc[i + 1].lower_, ())):
            return i
    return limit


def _without_afterthought(lay: Layout, inner: Token, start: int, end: int) -> int:
    """Return the end moved before a closing ", leaving ...": a consequence that the outlet adds."""
    doc = lay.doc
    for child in inner.children:
        left = child.left_edge.i
        if (
            child.dep_ == "advcl"
            and child.tag_ == "VBG"
            and inner.i < left == child.i
            and left - 1 > start
            and doc[left - 1].text == ","
            and child.right_edge.i + 1 >= end
        ):
            return trim(lay, start, left - 1)[1]
    return end


def relative_content(lay: Layout, verb: Token) -> Content | None:
    """Return the noun phrase that a relative clause or participle attributes: "the 25 drones that the spokesman announced"."""
    noun = verb.head
    if noun.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"} or noun.i > verb.i:
        return None
    start, end = trim(lay, noun.left_edge.i, min(noun.right_edge.i + 1, verb.left_edge.i))
    return Content(start, end, "relative", lead=start) if end > start else None


def rest_of_sentence(lay: Layout, verb: Token) -> Content | None:
    """Return all that follows a cue of speech without complement in the parse ("said 12 had died" parsed as noun phrase)."""
    doc, end = lay.doc, lay.high[verb.i]
    start = verb.i + 1
    for i in range(start, min(end, start + 10)):
        if doc[i].lower_ == "that" and doc[i].tag_ == "IN":
            return _clause(lay, verb, i, grow_over_quotes(lay, i, end), "clause.rest")
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].is_punct:
            break
    if start >= end or doc[start].is_punct or (doc[start].pos_ in {"ADP", "CCONJ", "SCONJ", "PART"} and doc[start].lower_ != "that"):
        that = next((i for i in range(start, min(end, start + 12)) if doc[i].lower_ == "that" and doc[i].tag_ == "IN"), None)
        colon = next((i for i in range(start, min(end, start + 12)) if doc[i].text == ":"), None)
        if that is None and colon is None:
            return None
        start = that if that is not None else (colon or start) + 1
    return _clause(lay, verb, start, grow_over_quotes(lay, start, end), "clause.rest")


def left_content(lay: Layout, verb: Token, begin: int, floor: int) -> Content | None:
    """Return what stands before an attribution that closes or interrupts a sentence: from `floor` or the sentence's start to token `begin`."""
    doc = lay.doc
    if begin <= 0 or not (doc[begin - 1].text in EDGES or begin in lay.closes):
        return None
    start = max(lay.low[verb.i], floor)
    closing = lay.closes.get(begin) or (lay.closes.get(begin - 1) if doc[begin - 1].text == "," else None)
    if closing is not None and closing.start < start:
        start = max(lay.low[closing.start], floor)  # A quotation of several sentences: it began with the outlet's words.
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
    return Content(_behind_adverbial(lay, *first), first[1], "clause.left", lead=first[0], pieces=(first,))


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
    for i in range(verb.i + 1, lay.high[verb.i]):
        token = doc[i]
        quote = lay.opens.get(i)
        if token.text in STOPS or token.is_space or (quote is not None and lay.is_spoken(quote) and doc[i - 1].text in {",", ":"}):
            return True
        if (token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"}) or (
            token.lower_ in {"that", "whether", "if"} and token.pos_ != "DET"
        ):
            return False
    return True


def with_list(lay: Layout, end: int, limit: int) -> int:
    """Return the end moved over further counted items: "20 attacks at A, 16 near B, seven around C and five in D"."""
    doc = lay.doc
    while end + 1 < limit and doc[end].text in {",", "and"}:
        k = end + 1 + (doc[end + 1].text == "and")
        while k < limit and doc[k].lower_ in {"about", "some", "around", "at", "least", "another", "nearly", "almost", "over", "more", "than"}:
            k += 1
        if k >= limit or not (doc[k].like_num or doc[k].pos_ == "NUM"):
            break
        stop = next((i for i in range(k, limit) if doc[i].text in STOPS or doc[i].text == "and"), limit)
        if any(doc[i].pos_ in {"VERB", "AUX"} and doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(k, stop)):
            break
        end = stop
    return end


def quote_content(lay: Layout, quote: Quote, rule: str) -> Content | None:
    """Return the inside of a quotation."""
    start, end = trim(lay, quote.first, quote.last)
    return Content(start, end, rule, lead=quote.start, quote=True) if end > start else None
