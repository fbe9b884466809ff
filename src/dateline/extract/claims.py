"""Find claims in a Doc: who asserts what, with the cue, by the lexicon of report verbs over the parse and the layout of quotations.

`extract_claims` returns claims in the sense of the annotation guide; `attributions` returns stances too (wants, praises, opposes) and keeps the wide
spans that corpora such as PolNeAR annotate (titles and appositions in the source, auxiliaries in the cue, every piece of an interrupted content).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.extract.claim_content import Content, is_closed, left_content, quote_content, rest_of_sentence, right_content, trim
from dateline.extract.claim_layout import Layout, layout
from dateline.extract.claim_lexicon import Sense, phrases, senses
from dateline.extract.claim_quotes import Quote
from dateline.extract.claim_sources import NOMINAL, beside, full_phrase, is_passive, naming_phrase, subject

Range = tuple[int, int]
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly"})
SPEECH = frozenset({"clause", "quote"})
# Verbs so plain that whatever follows them is said, whatever the parser made of it.
PLAIN = frozenset({"say", "claim", "tell", "write", "report", "add", "state", "announce", "warn", "note", "argue", "estimate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCandidate:
    """An attribution as written; all ranges are characters, `head` and `sentence_of` token indices.

    Attributes:
        start: Content by the annotation guide: one contiguous range without "that" and outer quotation marks.
        pieces: Every piece of the content, "that" and quotation marks included.
        source: Shortest naming phrase; `source_full` with titles, appositions and relative clauses.
        cue: The reporting word; `cue_full` with auxiliaries, adverbs and particles.
        head: Token index of the head of the source.
        stance: True when only a stance is shown (no claim by the guide).
        continues: Index of the earlier candidate whose speaker goes on here, None otherwise.
    """

    start: int
    end: int
    rule: str
    pieces: tuple[Range, ...]
    anchor: int
    cue: Range | None = None
    cue_full: Range | None = None
    source: Range | None = None
    source_full: Range | None = None
    head: int | None = None
    act: str = "say"
    mode: str = "asserted"
    lemma: str = ""
    is_quote: bool = False
    stance: bool = False
    continues: int | None = None
    score: float = 0.8


def extract_claims(doc: Doc) -> list[ClaimCandidate]:
    """Return the claims written in a doc, in text order."""
    return [c for c in attributions(doc) if not c.stance]


def attributions(doc: Doc) -> list[ClaimCandidate]:
    """Return claims and stances, in text order of their anchors."""
    if not len(doc):
        return []
    lay = layout(doc)
    found: list[ClaimCandidate] = []
    taken: set[int] = set()
    floor = 0
    lexicon, prepositional = senses(), phrases()
    for token in doc:
        word = token.lower_
        if word in prepositional and (hit := _prepositional(lay, token, floor)) is not None:
            found.append(hit)
            floor = _floor(lay, hit, floor)
            continue
        entries = lexicon.get(word)
        if entries is None or _in_speech(lay, token.i):
            continue
        hit = _cue(lay, token, entries, floor, taken)
        if hit is not None:
            found.append(hit)
            floor = _floor(lay, hit, floor)
    found = _continue_quotes(lay, _without_repeats(_share_sources(lay, found)), taken)
    return sorted(found, key=lambda c: (c.anchor, c.start))


def _in_speech(lay: Layout, i: int) -> bool:
    quote = lay.quote_at(i)
    return quote is not None and lay.is_spoken(quote)


def _floor(lay: Layout, hit: ClaimCandidate, floor: int) -> int:
    """Return the token before which the contents of later attributions in this sentence cannot start: after a semicolon or full stop."""
    for i in range(hit.anchor, lay.high[hit.anchor]):
        if lay.doc[i].text in {";", "."}:
            return i + 1
    return floor


def _cue(lay: Layout, token: Token, entries: tuple[Sense, ...], floor: int, taken: set[int]) -> ClaimCandidate | None:
    verbal = token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB") or not lay.parsed
    for sense in entries:
        if sense.pos == "verb" and (verbal or token.lower_ in {"said", "says", "told"}):
            return _verbal(lay, token, sense, floor, taken)
        if sense.pos == "noun" and not verbal and token.pos_ == "NOUN":
            return _nominal(lay, token, sense)
        if sense.pos == "adj" and token.pos_ in {"ADJ", "VERB"}:
            return _adjectival(lay, token, sense)
    return None


def _verbal(lay: Layout, verb: Token, sense: Sense, floor: int, taken: set[int]) -> ClaimCandidate | None:
    doc = lay.doc
    passive = lay.parsed and is_passive(verb)
    source = _source(lay, verb, sense, passive)
    begin = _begin(lay, verb, source)
    content, stance = None, False
    if passive:
        content = _passive_content(lay, verb, sense)
        stance = source is None or not sense.claims & {"object", "clause"}
    if content is None and sense.claims & SPEECH:
        content = _spoken(lay, verb, source, begin, taken)
    closing = not passive and "clause" in sense.claims and is_closed(lay, verb)
    if content is None and closing:
        content = left_content(lay, verb, begin, floor)
    if content is None and not passive:
        for frames, is_stance in ((sense.claims, False), (sense.stances, True)):
            content = right_content(lay, verb, frames) if frames else None
            if content is not None and _swallows(content, source):
                content = None
            if content is not None:
                stance = is_stance
                break
        if content is None and sense.claims & {"object", "put", "predicate"} and verb.dep_ == "acl:relcl":
            content = _relative_content(lay, verb)
        if content is None and sense.lemma in PLAIN and source is not None and source.i < verb.i:
            content = rest_of_sentence(lay, verb)
    if content is None or content.end <= content.start:
        return None
    if source is not None and content.start <= source.i < content.end:
        # The phrase beside the cue belongs to what is said.
        source = None
    negated = _negated(verb)
    stance = stance or source is None or (negated and sense.mode != "denied") or _to_infinitive(verb)
    return _candidate(lay, verb, sense, content, source, stance=stance, negated=negated)


def _source(lay: Layout, verb: Token, sense: Sense, passive: bool) -> Token | None:
    """Return the head of the source: the parse's subject where it can be one, else the nominal beside the cue."""
    low, high = lay.low[verb.i], lay.high[verb.i]
    source = subject(verb) if lay.parsed else None
    if source is not None and (source.i == verb.i or not low <= source.i < high):
        source = None
    if passive or not sense.claims & SPEECH:
        return source
    if source is not None and source.i > verb.i and verb.i > low and not lay.doc[verb.i - 1].is_punct:
        # A subject behind the cue is right only where nothing stands before it: "said the minister".
        source = beside(verb, low, verb.i) or source
    if source is None:
        source = beside(verb, low, high)
    return _named_before(lay, source, low) if source is not None else None


def _named_before(lay: Layout, source: Token, low: int) -> Token:
    """Return the name before an apposition that the parser took for the subject: "COGAT, the agency for the crossings, reported"."""
    doc = lay.doc
    left = source.left_edge.i
    if source.pos_ == "NOUN" and left - 2 >= low and doc[left - 1].text == "," and doc[left].pos_ == "DET" and doc[left - 2].pos_ == "PROPN":
        name = lay.entities.get(left - 2)
        if name is not None and name.start == low:
            return name.root
    return source


def _swallows(content: Content, source: Token | None) -> bool:
    return source is not None and content.start <= source.i < content.end


def _begin(lay: Layout, verb: Token, source: Token | None) -> int:
    """Return the first token of the attributing words: those of the source when it stands before the cue, else of the cue's auxiliaries."""
    begin = verb.i
    low = lay.low[verb.i]
    while begin - 1 >= low and lay.doc[begin - 1].dep_ in {"aux", "aux:pass", "advmod", "neg"} and lay.doc[begin - 1].head.i == verb.i:
        begin -= 1
    if source is not None and low <= source.i < verb.i:
        begin = min(begin, full_phrase(source, verb.i)[0])
    return begin


def _spoken(lay: Layout, verb: Token, source: Token | None, begin: int, taken: set[int]) -> Content | None:
    """Return the quotation that a cue introduces or closes, in one or two pieces."""
    doc = lay.doc
    before = lay.closes.get(begin) or (lay.closes.get(begin - 1) if begin and doc[begin - 1].text == "," else None)
    if before is not None and not _is_statement(lay, before, verb, begin):
        before = None
    after = _quote_after(lay, verb)
    pieces: list[Content] = []
    for quote, rule in ((before, "quote.before"), (after, "quote.after")):
        if quote is not None and (piece := quote_content(lay, quote, rule)) is not None:
            pieces.append(piece)
            taken.add(quote.start)
    if not pieces:
        return None
    longest = max(pieces, key=lambda p: p.end - p.start)
    if len(pieces) == 2:
        return replace(longest, pieces=tuple((p.start, p.end) for p in pieces))
    return longest


def _is_statement(lay: Layout, quote: Quote, verb: Token, begin: int) -> bool:
    """Tell whether a quotation before a cue is what was said, and not only its last, quoted words."""
    doc = lay.doc
    starts = quote.start <= lay.low[verb.i] + 1 or quote.start == lay.low[quote.start]
    if not lay.is_spoken(quote):
        return starts and doc[begin - 1].text == ","
    return starts or doc[quote.start - 1].text in {",", ":", ".", "!", "?", "—", "–", "-", "”", '"'} or doc[quote.start - 1].is_space


def _quote_after(lay: Layout, verb: Token) -> Quote | None:
    doc = lay.doc
    for i in range(verb.i + 1, min(lay.high[verb.i], verb.i + 25)):
        quote = lay.opens.get(i)
        if quote is not None:
            lead = doc[i - 1]
            if lay.is_spoken(quote) and (lead.text in {",", ":"} or i == verb.i + 1) and not (quote.closed and _goes_on(lay, quote)):
                return quote
            return None
        if (doc[i].pos_ == "VERB" and doc[i].tag_ in {"VBD", "VBZ", "VBP"}) or doc[i].text == ";":
            return None
    return None


def _goes_on(lay: Layout, quote: Quote) -> bool:
    """Tell whether the sentence goes on after a quotation as part of the same clause (quoted words, not speech)."""
    doc = lay.doc
    if doc[quote.last - 1].text in {".", "!", "?", ","} or quote.end >= len(doc):
        return False
    return doc[quote.end].text not in {".", ",", ";", "!", "?"} and not doc[quote.end].is_space


def _passive_content(lay: Layout, verb: Token, sense: Sense) -> Content | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and "clause" in sense.claims:
            return right_content(lay, verb, frozenset({"clause"}))
    xcomp = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if xcomp is not None and (sense.claims | sense.stances) & {"clause", "predicate", "infinitive"}:
        start, end = trim(lay, xcomp.left_edge.i, min(xcomp.right_edge.i + 1, lay.high[verb.i]))
        return Content(start, end, "passive.xcomp", lead=start)
    if not (sense.claims | sense.stances) & {"object", "predicate", "complements", "measure"}:
        return None
    for child in verb.children:
        if child.dep_.startswith("nsubj") and child.i < verb.i and child.pos_ in NOMINAL:
            start, end = trim(lay, *full_phrase(child, verb.i))
            return Content(start, end, "passive.subject", lead=start)
    if verb.dep_ == "acl" and verb.head.pos_ in NOMINAL:
        return _relative_content(lay, verb)
    return None


def _relative_content(lay: Layout, verb: Token) -> Content | None:
    """Return the noun phrase that a relative clause or participle attributes: "the 25 drones that the spokesman announced"."""
    noun = verb.head
    if noun.pos_ not in NOMINAL or noun.i > verb.i:
        return None
    start, _ = full_phrase(noun, verb.left_edge.i)
    end = min(noun.right_edge.i + 1, verb.left_edge.i)
    start, end = trim(lay, start, end)
    return Content(start, end, "relative", lead=start) if end > start else None


def _nominal(lay: Layout, noun: Token, sense: Sense) -> ClaimCandidate | None:
    owner = next((c for c in noun.children if c.dep_ in {"nmod:poss", "poss"}), None)
    if owner is None:
        owner = next(
            (c for c in noun.children if c.dep_ == "nmod" and any(g.dep_ == "case" and g.lower_ in {"by", "from"} for g in c.children)), None
        )
    clause = next((c for c in noun.children if c.dep_ in {"acl", "ccomp"} and c.i > noun.i and c.tag_ not in {"VBN", "VBG"}), None)
    if clause is None:
        return None
    finite = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    infinitive = any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
    if not (finite or (infinitive and "infinitive" in sense.stances)):
        return None
    lead = clause.left_edge.i
    start, end = trim(lay, lead + 1 if finite else lead, min(clause.right_edge.i + 1, lay.high[noun.i]))
    if end <= start:
        return None
    stance = not finite or owner is None or "clause" not in sense.claims
    return _candidate(lay, noun, sense, Content(start, end, "noun", lead=lead), owner, stance=stance, negated=False)


def _adjectival(lay: Layout, word: Token, sense: Sense) -> ClaimCandidate | None:
    owner = next((c for c in word.children if c.dep_ in {"nsubj", "nsubj:pass"} and c.i < word.i and c.pos_ in NOMINAL), None)
    if owner is None:
        return None
    for frames, stance in ((sense.claims, False), (sense.stances, True)):
        content = right_content(lay, word, frames)
        if content is not None:
            negated = _negated(word)
            return _candidate(lay, word, sense, content, owner, stance=stance or negated, negated=negated)
    return None


def _prepositional(lay: Layout, token: Token, floor: int) -> ClaimCandidate | None:
    """Return "according to X": what it says is the rest of its sentence."""
    doc = lay.doc
    for words, sense in phrases()[token.lower_]:
        last = token.i + len(words)
        if last >= lay.high[token.i] or any(doc[token.i + k].lower_ != word for k, word in enumerate(words)):
            continue
        head = _object_of(lay, token, last)
        if head is None:
            return None
        _, stop = full_phrase(head)
        stop = min(max(stop, head.i + 1), lay.high[token.i])
        content = _beside_phrase(lay, token, stop, floor)
        if content is None:
            return None
        found = _candidate(lay, token, sense, content, head, stance="source" not in sense.claims, negated=False)
        span = (token.idx, doc[last - 1].idx + len(doc[last - 1]))
        return replace(found, cue=span, cue_full=span)
    return None


def _object_of(lay: Layout, token: Token, first: int) -> Token | None:
    doc = lay.doc
    if lay.parsed and token.head.i >= first and token.head.pos_ in NOMINAL and token.head.i < lay.high[token.i]:
        return token.head
    for i in range(first, min(first + 8, lay.high[token.i])):
        if doc[i].pos_ in {"NOUN", "PROPN", "PRON"} or (not lay.parsed and doc[i].is_alpha):
            node = doc[i]
            while lay.parsed and node.head.pos_ in {"NOUN", "PROPN"} and first <= node.head.i < lay.high[token.i] and node.head.i != node.i:
                node = node.head
            return node
        if doc[i].is_punct:
            return None
    return None


def _beside_phrase(lay: Layout, token: Token, stop: int, floor: int) -> Content | None:
    doc = lay.doc
    low, high = lay.low[token.i], lay.high[token.i]
    after = stop < high and doc[stop].text == ","
    if token.i - low <= 1 or (
        after and token.i > low and doc[token.i - 1].text in {",", "–", "—"} and doc[token.i - 2].tag_ in {"WDT", "IN", "CC", "WP"}
    ):
        start, end = trim(lay, stop, high)
        return Content(start, end, "according.right", lead=start) if end > start else None
    start, end = trim(lay, max(low, floor), token.i)
    pieces: tuple[Range, ...] = ()
    if after and high - stop > 3 and doc[token.i - 1].text == "," and doc[high - 1].text == ".":
        rest = trim(lay, stop, high)
        pieces = ((start, end), rest)
        if rest[1] - rest[0] > end - start:
            start, end = rest
    return Content(start, end, "according.left", pieces=pieces, lead=start) if end > start else None


def _negated(word: Token) -> bool:
    return any(c.dep_ in {"advmod", "neg", "cc:preconj", "det"} and c.lower_ in NEGATIONS and c.i < word.i for c in word.children)


def _to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.i < verb.i for c in verb.children)


def _cue_spans(lay: Layout, cue: Token) -> tuple[Range, Range]:
    doc = lay.doc
    start, end = cue.i, cue.i + 1
    particle = next((c for c in cue.children if c.dep_ == "compound:prt" and c.i == end), None)
    if particle is not None:
        end += 1
    first = cue.i
    while first - 1 >= lay.low[cue.i] and doc[first - 1].head.i == cue.i and doc[first - 1].dep_ in {"aux", "aux:pass", "advmod", "neg", "cop"}:
        first -= 1
    narrow = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    return narrow, (doc[first].idx, narrow[1])


def _chars(doc: Doc, tokens: Range) -> Range:
    return doc[tokens[0]].idx, doc[tokens[1] - 1].idx + len(doc[tokens[1] - 1])


def _candidate(lay: Layout, cue: Token, sense: Sense, content: Content, source: Token | None, *, stance: bool, negated: bool) -> ClaimCandidate:
    doc = lay.doc
    narrow, wide = _cue_spans(lay, cue)
    lead = content.start if content.lead is None else content.lead
    pieces = content.pieces or ((lead, content.end),)
    short = full = None
    if source is not None:
        short = _chars(doc, naming_phrase(source, lay.entities, cue.i))
        full = _chars(doc, full_phrase(source, cue.i))
    mode = sense.mode
    if negated:
        mode = "asserted" if mode == "denied" else "denied"
    start, end = _chars(doc, (content.start, content.end))
    return ClaimCandidate(
        start=start, end=end, rule=content.rule, pieces=tuple(_chars(doc, p) for p in pieces), anchor=cue.i, cue=narrow, cue_full=wide,
        source=short, source_full=full, head=None if source is None else source.i, act=sense.act, mode=mode, lemma=sense.lemma,
        is_quote=content.quote, stance=stance, score=0.9 if source is not None else 0.5,
    )  # fmt: skip


def _share_sources(lay: Layout, found: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Give participles (", adding that") and coordinated cues ("said A and accused B") the speaker of the cue that they follow.

    Parsers tend to hang both on the verb of the content, whose subject is somebody else.
    """
    out: list[ClaimCandidate] = []
    for hit in found:
        cue = lay.doc[hit.anchor]
        earlier = next((k for k in range(len(out) - 1, -1, -1) if _can_share(lay, out[k], hit)), None)
        if earlier is not None and hit.cue is not None:
            first = out[earlier]
            if cue.tag_ == "VBG" and lay.doc[cue.i - 1].text not in {"as", "of", "by"} and not _has_subject(cue):
                hit = replace(hit, source=first.source, source_full=first.source_full, head=first.head, stance=hit.stance and hit.rule == "object")
            elif cue.dep_ == "conj" and first.start < hit.cue[0] < first.end and not _has_subject(cue) and cue.tag_ == lay.doc[first.anchor].tag_:
                hit = replace(hit, source=first.source, source_full=first.source_full, head=first.head)
                out[earlier] = _ending_before(lay, first, cue)
        out.append(hit)
    return out


def _can_share(lay: Layout, first: ClaimCandidate, hit: ClaimCandidate) -> bool:
    return lay.low[first.anchor] == lay.low[hit.anchor] and first.source is not None and not first.stance and first.cue is not None


def _has_subject(cue: Token) -> bool:
    return any(c.dep_.startswith("nsubj") and c.i < cue.i for c in cue.children)


def _ending_before(lay: Layout, first: ClaimCandidate, cue: Token) -> ClaimCandidate:
    """Return a claim whose content ends before the coordination that starts another cue."""
    doc = lay.doc
    stop = cue.i
    while stop > 0 and (doc[stop - 1].pos_ in {"CCONJ", "ADV", "AUX"} or doc[stop - 1].text == ",") and doc[stop - 1].idx > first.start:
        stop -= 1
    end = doc[stop - 1].idx + len(doc[stop - 1])
    return replace(first, end=end, pieces=tuple((a, min(b, end)) for a, b in first.pieces if a < end)) if end > first.start else first


def _without_repeats(found: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Keep the first of two attributions of the same content to the same source."""
    kept: list[ClaimCandidate] = []
    seen: set[tuple[int, int, int | None]] = set()
    for hit in found:
        key = (hit.start, hit.end, hit.head)
        if key not in seen:
            seen.add(key)
            kept.append(hit)
    return kept


def _continue_quotes(lay: Layout, found: list[ClaimCandidate], taken: set[int]) -> list[ClaimCandidate]:
    """Give speech without a cue of its own to whoever spoke last in the same paragraph, or in the one before whose quotation was left open."""
    doc = lay.doc
    claimed = [(c.start, c.end) for c in found]
    out = list(found)
    previous: Quote | None = None
    for quote in lay.quotes:
        start = doc[quote.first].idx
        if quote.start in taken or not lay.is_spoken(quote) or any(a <= start < b for a, b in claimed):
            previous = quote
            continue
        near = [
            n for n, c in enumerate(out)
            if c.source is not None and c.anchor < quote.start and not c.stance
            and (_same_paragraph(lay, c.anchor, quote) or (previous is not None and not previous.closed and c.is_quote))
        ]  # fmt: skip
        previous = quote
        content = quote_content(lay, quote, "quote.continued")
        if not near or content is None or _mid_sentence(lay, quote):
            continue
        owner = max(near, key=lambda n: out[n].anchor)
        a, b = _chars(doc, (content.start, content.end))
        spoken = out[owner]
        out.append(
            replace(
                spoken,
                start=a,
                end=b,
                rule="quote.continued",
                pieces=((doc[quote.start].idx, b),),
                anchor=quote.start,
                cue=None,
                cue_full=None,
                is_quote=True,
                continues=owner,
                score=0.6,
            )  # fmt: skip
        )
    return out


def _same_paragraph(lay: Layout, i: int, quote: Quote) -> bool:
    return not any(lay.doc[k].is_space and "\n" in lay.doc[k].text for k in range(i, quote.start))


def _mid_sentence(lay: Layout, quote: Quote) -> bool:
    return lay.low[quote.start] < quote.start - 1 and lay.doc[quote.start - 1].text not in {".", ":", "!", "?"}
