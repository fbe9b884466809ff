"""How far a clause or phrase behind a cue reaches: to "that", over lists and quotations, up to another cue or an afterthought."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.extract.claim_content import HARD, STOPS, Content, grow_over_quotes, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import inflect, senses
from dateline.extract.claim_voices import is_temporal, is_voice

WIDE = frozenset({"clause.ccomp", "clause.rest"})
OPENERS = frozenset({"that"})
SUBJECT_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "there"})
VAGUE = frozenset({"nothing", "so", "something", "anything"})
ADDRESSED = frozenset(form for lemma in ("tell", "inform", "remind", "assure", "reassure", "warn", "advise") for form in inflect(lemma, ())) | {
    "told"
}
QUANTIFIED = frozenset({"last", "this", "that", "next", "the", "a", "an"})
# Dependents that end the phrase of a cue: what follows them is said about something else.
OUTSIDE = frozenset({"conj", "cc", "parataxis", "punct", "advcl", "discourse", "vocative"})


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


def clause_start(lay: Layout, verb: Token, clause: Token) -> int:
    """Return where a clause begins: at "that" when there is one, else right behind the cue unless an addressee or adverbial stands there."""
    doc = lay.doc
    left = max(clause.left_edge.i, verb.i + 1)
    for i in range(verb.i + 1, clause.i):
        if doc[i].lower_ == "that" and (doc[i].tag_ == "IN" or doc[i + 1].pos_ in {"DET", "PRON", "NUM", "PROPN", "NOUN", "ADJ", "ADV"}):
            return i
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].text in {",", ";"}:
            break
    if left == verb.i + 1 < clause.i - 1 and doc[left].pos_ == "PROPN" and is_temporal(doc[left]) and doc[left + 1].pos_ in {"DET", "PROPN", "PRON"}:
        return left + 1  # "said Friday the town had fallen"
    if left > verb.i + 1:
        gap = doc[verb.i + 1]
        when = is_temporal(gap) and doc[verb.i + 2].tag_ != "POS"
        if _takes_all(verb) and not (when or gap.is_punct or gap.is_space or gap.pos_ in {"ADP", "PART", "SCONJ", "CCONJ"}):
            return verb.i + 1  # "says further work will go on", "say Monday's attack was theirs"
        if gap.pos_ in {"DET", "NOUN", "NUM", "PROPN", "PRON", "ADJ"} and not any(
            c.dep_ in {"obj", "iobj", "obl", "obl:tmod", "obl:unmarked"} for c in verb.children
        ):
            return verb.i + 1
    return left


def _takes_all(verb: Token) -> bool:
    """Tell whether a verb is never followed by an addressee, so that whatever follows it is said."""
    return any(s.lemma == "say" for s in senses().get(verb.lower_, ()))


def clause_end(lay: Layout, start: int, end: int, limit: int) -> int:
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
        if doc[i].tag_ in {"VBD", "VBZ"} and doc[i - 1].pos_ == "CCONJ" and doc[i].dep_ == "conj" and doc[i].head.i < start and _reports(doc[i]):
            return i - 1  # "proposed that we wake up and said ...": the speaker's next verb.
        if doc[i].dep_ == "conj" and doc[i].tag_ in {"VBD", "VBZ", "VBP"} and (own := _own_start(lay, i, start)) is not None:
            return own
        if text == "," and i + 1 < end:
            k = i + 1
            while k < end and (doc[k].lower_ in {"while", "and", "but", "though"} or doc[k].pos_ == "ADV"):
                k += 1
            if k < end and doc[k].tag_ == "VBG" and any("clause" in s.claims or "put" in s.claims for s in senses().get(doc[k].lower_, ())):
                return i
    return end


def _reports(verb: Token) -> bool:
    return any("clause" in s.claims for s in senses().get(verb.lower_, ()) if s.pos == "verb")


def _own_start(lay: Layout, i: int, start: int) -> int | None:
    """Return where a coordinated clause begins in which somebody else speaks ("... and one in four said ..."), None for other verbs."""
    doc = lay.doc
    frames = {frame for s in senses().get(doc[i].lower_, ()) if s.pos == "verb" for frame in s.claims}
    counts = "measure" in frames and any(t.like_num for t in doc[i + 1 : i + 4])  # "and the army counted over 80"
    if not ("clause" in frames or counts):
        return None
    speaker = next((c for c in doc[i].children if c.dep_ == "nsubj" and c.i < i), None)
    if speaker is None:
        return None
    first = speaker.left_edge.i
    for k in range(first - 1, max(start, first - 9), -1):  # "..., and a few days later the army counted ..."
        if doc[k].pos_ in {"VERB", "AUX"}:
            break
        if doc[k].text == "," or doc[k].pos_ == "CCONJ":
            first = k
    while first - 1 > start and (doc[first - 1].text == "," or doc[first - 1].pos_ in {"SCONJ", "ADV"}):
        first -= 1
    return first if first > start + 1 else None


def clause(lay: Layout, verb: Token, start: int, end: int, rule: str, inner: Token | None = None) -> Content | None:
    lead = start
    doc = lay.doc
    end = _cut(lay, start, end)
    while start < end and doc[start].text in STOPS:
        start += 1
        lead = start
    if (
        start < end
        and doc[start].lower_ in OPENERS
        and (doc[start].tag_ in {"IN", "DT", "WDT"})
        and (rule == "clause.rest" or doc[start].tag_ == "WDT" or doc[start].dep_ in {"mark", "case", "det", "fixed"})
    ):
        start += 1
    end = grow_over_quotes(lay, start, end)
    quote = lay.opens.get(end)
    if rule in {"phrase", "object", "complements", "predicate"} and quote is not None and not lay.is_spoken(quote) and quote.end <= lay.high[verb.i]:
        end = quote.end  # "spoke of losses “in the millions”"
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


def that_clause(lay: Layout, verb: Token) -> Content | None:
    """Return the clause behind "that" where only an addressee, place or time stands between ("warned on X that", "admitted Sunday that")."""
    doc, end = lay.doc, lay.high[verb.i]
    first = _behind_insertion(lay, verb.i + 1, end)
    for i in range(first, min(end - 2, first + 10)):
        if (
            doc[i].lower_ == "that"
            and doc[i + 1].tag_ != "TO"
            and any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or t.pos_ in {"VERB", "AUX"} for t in doc[i + 1 : end])  # Not "rejected that plan".
            and (doc[i + 1].tag_ not in {"VBD", "VBZ", "VBP", "MD"} or (i > first and verb.lower_ in ADDRESSED))
            and (doc[i].tag_ == "IN" or i > first or doc[i + 1].tag_ not in {"NN", "VB", "VBN", "VBG", "."})
        ):
            if i > first and verb.lower_ not in ADDRESSED and _qualifies(lay, first, i):
                return None
            return clause(lay, verb, i, grow_over_quotes(lay, i, end), "clause.rest")
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].is_punct or doc[i].is_space:
            break
    return None


def _qualifies(lay: Layout, first: int, that: int) -> bool:
    """Tell whether "that" starts a relative clause of the thing before it ("repeats the words that he used"); people are told what follows."""
    noun = lay.doc[that - 1]
    told = is_temporal(noun) or is_voice(lay, noun) or any(t.pos_ == "ADP" for t in lay.doc[first:that])
    return noun.pos_ == "NOUN" and lay.doc[that].tag_ == "WDT" and not told


def _behind_insertion(lay: Layout, start: int, end: int) -> int:
    """Return the start moved behind a participle between commas: "reported, citing the ministry, that ..."."""
    doc = lay.doc
    if start + 3 < end and doc[start].text == "," and doc[start + 1].tag_ == "VBG":
        return next((i + 1 for i in range(start + 2, min(end, start + 16)) if doc[i].text == ","), start)
    return start


def _behind_adverbials(lay: Layout, start: int, end: int) -> int | None:
    """Return the start of a clause behind a time or a phrase: "said on Monday the army had left", "said in a statement they had left"."""
    doc = lay.doc
    when = start + (start < end and doc[start].lower_ in {"on", "late", "early"})
    if when + 3 < end and is_temporal(doc[when]) and doc[when].lower_ not in QUANTIFIED and not is_temporal(doc[when + 1]):
        inner = next((t for t in doc[when + 2 : min(end, when + 14)] if t.is_punct or t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
        starts = doc[when + 1].pos_ in {"DET", "PROPN", "NUM", "ADJ", "NOUN"} and inner is not None and not inner.is_punct
        return when + 1 if starts else None
    if start >= end or doc[start].pos_ != "ADP":
        return None
    for i in range(start + 1, min(end - 1, start + 8)):
        if doc[i].lower_ in SUBJECT_PRONOUNS and doc[i - 1].pos_ in {"NOUN", "PROPN"} and doc[i + 1].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return i
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].is_punct or doc[i].is_space:
            break
    return None


def rest_of_sentence(lay: Layout, verb: Token) -> Content | None:
    """Return all that follows a cue of speech without complement in the parse ("said 12 had died" parsed as noun phrase)."""
    doc, end = lay.doc, lay.high[verb.i]
    start = verb.i + 1
    found = that_clause(lay, verb)
    if found is not None:
        return found
    if start < end and lay.doc[start].lower_ in VAGUE:
        return None  # "They say nothing about the rest": no assertion.
    pronoun = _behind_adverbials(lay, start, end)
    if pronoun is not None:
        return clause(lay, verb, pronoun, grow_over_quotes(lay, pronoun, end), "clause.rest")
    if start >= end or doc[start].is_punct or (doc[start].pos_ in {"ADP", "CCONJ", "SCONJ", "PART"} and doc[start].lower_ != "that"):
        that = next((i for i in range(start, min(end, start + 12)) if doc[i].lower_ == "that" and doc[i].tag_ == "IN"), None)
        colon = next((i for i in range(start, min(end, start + 12)) if doc[i].text == ":"), None)
        if that is None and colon is None:
            return None
        start = that if that is not None else (colon or start) + 1
    counts = any(s.claims & {"measure", "object"} for s in senses().get(verb.lower_, ()))
    if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or (counts and t.like_num) for t in doc[start:end]):
        return None  # "before parliament added the benefit to the bill": nothing is said.
    return clause(lay, verb, start, grow_over_quotes(lay, start, end), "clause.rest")
