"""Contents behind their cue: its clausal complement, objects and phrases, by the frames that the lexicon allows."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from dateline.extract.claim_content import STOPS, Content
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_reach import OUTSIDE, clause, clause_end, clause_start, phrase_end, that_clause, with_list
from dateline.extract.claim_voices import is_temporal
from dateline.resources import rows

# What is claimed without a word: "the flood claimed 40 lives", "she claimed the title".
TAKEN = frozenset({"life", "lives", "victim", "victims", "title", "titles", "championship", "championships", "medal", "medals", "crown", "trophy"})


def right_content(lay: Layout, verb: Token, frames: frozenset[str]) -> Content | None:
    """Return what follows a cue as its complement, by the frames that the lexicon allows."""
    limit = lay.high[verb.i]
    limit = next((i for i in range(verb.i + 1, limit) if lay.doc[i].text == ";" and not lay.mask[i]), limit)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i < verb.head.i:  # "Conceding that ... he warned": the main clause ends it.
        limit = min([limit, *(c.left_edge.i for c in verb.head.children if c.dep_ == "nsubj" and verb.i + 1 < c.left_edge.i)])
    after = [c for c in verb.children if c.i > verb.i and c.i < limit]
    complement = next((c for c in after if c.dep_ == "ccomp" or (c.dep_ == "parataxis" and _after_colon(lay, verb, c))), None)
    objects = [c for c in after if c.dep_ in {"obj", "iobj"} or (c.dep_ == "nsubj" and c.i > verb.i and complement is None)]
    objects = [c for c in objects if not is_temporal(c)]
    target = objects[-1] if objects else None
    if complement is not None and "clause" in frames:
        start = clause_start(lay, verb, complement)
        end = clause_end(lay, start, min(complement.right_edge.i + 1, limit), limit)
        return clause(lay, verb, start, end, "clause.ccomp", inner=complement)
    if complement is None and "clause" in frames and (found := that_clause(lay, verb)) is not None:
        return found
    if complement is None and "clause" in frames and verb.i + 3 < limit and lay.doc[verb.i + 1].lower_ == "whether":
        return clause(lay, verb, verb.i + 1, clause_end(lay, verb.i + 1, verb.i + 2, limit), "clause.ccomp")
    opening = next((c for c in after if c.dep_ == "xcomp"), None)
    if opening is None and frames & {"infinitive", "gerund"}:
        opening = next((c for c in after if c.dep_ == "advcl" and c.left_edge.i == verb.i + 1 and c.tag_ in {"VBG", "VB"}), None)
    if opening is not None and target is None:
        infinitive = any(lay.doc[i].lower_ == "to" for i in range(verb.i + 1, opening.i))
        if (infinitive and "infinitive" in frames) or (opening.tag_ == "VBG" and frames & {"gerund", "object"}):
            return clause(lay, verb, max(opening.left_edge.i, verb.i + 1), min(opening.right_edge.i + 1, limit), "clause.xcomp")
        if "predicate" in frames:
            return clause(lay, verb, max(opening.left_edge.i, verb.i + 1), min(phrase_end(verb, opening), limit), "predicate")
    if complement is not None and "predicate" in frames:
        return clause(lay, verb, max(complement.left_edge.i, verb.i + 1), min(complement.right_edge.i + 1, limit), "predicate")
    particle = next((c.lower_ for c in after if c.dep_ == "compound:prt"), None)
    if target is not None and f"{particle}+object" in frames:  # "ruled out a pact"
        return clause(lay, verb, target.left_edge.i, min(phrase_end(verb, target), limit), "object")
    if target is not None:
        found = _object_content(lay, verb, target, after, frames, limit)
        if found is not None:
            return found
    named = next((c for c in after if c.dep_ == "obl" and _case(c) == "as"), None) if "predicate" in frames and target is None else None
    if named is not None:  # "an explosion that the mayor described as “an intentional act”"
        return clause(lay, verb, named.left_edge.i, min(named.right_edge.i + 1, limit), "predicate")
    for child in after:
        if child.dep_ in {"obl", "nmod", "advcl", "xcomp", "ccomp"} and (word := _case(child)) and word in frames:
            skip = next((c.i for c in child.children if c.lower_ == word and c.dep_ in {"case", "mark"}), child.left_edge.i)
            return clause(lay, verb, skip + 1, with_list(lay, min(child.right_edge.i + 1, limit), limit), "phrase")
        if (
            frames & {"put", "measure"}
            and child.dep_ == "obl"
            and _case(child) in {"at", "between"}
            and _has_number(lay, child.left_edge.i, child.right_edge.i + 1)
        ):
            return clause(lay, verb, verb.i + 1, with_list(lay, min(child.right_edge.i + 1, limit), limit), "put")
    return _infinitive(lay, verb, frames, limit) or _behind_time(lay, verb, frames, limit)


def _infinitive(lay: Layout, verb: Token, frames: frozenset[str], limit: int) -> Content | None:
    """Return the infinitive behind a cue, or behind a time, where the parse takes it for something else: "vowed on Monday to resume attacks"."""
    doc = lay.doc
    first = verb.i + 1
    while first < min(limit, verb.i + 4) and ((doc[first].pos_ == "ADP" and doc[first].lower_ != "to") or is_temporal(doc[first])):
        first += 1
    if "infinitive" not in frames or first + 1 >= limit or doc[first].lower_ != "to" or doc[first + 1].tag_ != "VB":
        return None
    return clause(lay, verb, first, clause_end(lay, first, first + 2, limit), "clause.xcomp")


def _behind_time(lay: Layout, verb: Token, frames: frozenset[str], limit: int) -> Content | None:
    """Return the phrase of a preposition that a time keeps off its cue ("spoke on Saturday of a failure"): parsers hang it on the time."""
    doc = lay.doc
    first = verb.i + 1 + (doc[verb.i + 1].pos_ == "ADP" if verb.i + 1 < limit else 0)
    if first + 2 >= limit or not is_temporal(doc[first]) or doc[first + 1].lower_ not in frames:
        return None
    head = next((t for t in doc[first + 2 : limit] if t.head.i <= first and t.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "VERB"}), None)
    return clause(lay, verb, first + 2, min(head.right_edge.i + 1, limit), "phrase") if head is not None else None


def _object_content(lay: Layout, verb: Token, target: Token, after: list[Token], frames: frozenset[str], limit: int) -> Content | None:
    if target.lower_ in TAKEN and "object" in frames:
        return None
    first = next((c for c in after if c.dep_ in {"obj", "iobj"} and frames & {"predicate", "accuse"}), target)
    start = _with_numbers(lay, verb, first.left_edge.i)
    end = with_list(lay, min(phrase_end(verb, first), limit), limit)
    rest = [c for c in after if c.i > first.i and (c.dep_ not in OUTSIDE or (c.dep_ == "advcl" and lay.doc[c.left_edge.i - 1].text != ","))]
    rest += [c for c in first.children if c.i > first.i]
    cases = {_case(c) for c in rest} | {c.lower_ for c in rest}
    if frames & {"put", "complements"} and ("at" in cases or ("put" in frames and _is_put(lay, start, end))) and _has_number(lay, start, end):
        second = next((i for i in range(end, min(end + 2, limit)) if lay.doc[i].lower_ == "and"), None)
        until = next((i for i in range(second or limit, limit) if lay.doc[i].text in STOPS or lay.doc[i].pos_ == "VERB"), limit)
        if second is not None and _is_put(lay, second, until):  # "put the dead at 12, and the wounded at 30"
            end = until
        return clause(lay, verb, start, end, "put")
    if "accuse" in frames and cases & {"of", "for", "on", "with"}:
        return clause(lay, verb, start, end, "accuse")
    if "compare" in frames and cases & {"to", "with"}:
        return clause(lay, verb, start, end, "compare")
    if "rated" in frames and cases & {"among", "as", "at"}:
        return clause(lay, verb, start, end, "rated")
    if "predicate" in frames and (cases & {"as"} or any(c.dep_ in {"xcomp", "obj", "ccomp", "amod", "appos", "nmod:desc"} for c in rest)):
        return clause(lay, verb, start, end, "predicate")
    if "predicate" in frames and not frames & {"object"} and end - start > 1 and verb.dep_ in {"acl:relcl", "ccomp", "advcl:relcl"}:
        return clause(lay, verb, start, end, "predicate")
    quoted = next((lay.opens[i] for i in range(target.right_edge.i + 1, min(target.right_edge.i + 4, limit)) if i in lay.opens), None)
    if quoted is None:
        quoted = next((lay.opens[i] for i in range(start + 1, limit) if i in lay.opens), None)  # The parse hung the predicate on the object.
        if quoted is not None and any(lay.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or lay.doc[i].text == "," for i in range(start, quoted.start)):
            quoted = None
    if "predicate" in frames and quoted is not None:
        return clause(lay, verb, start, max(end, min(quoted.end, limit)), "predicate")
    if "measure" in frames and _has_number(lay, start, end):
        return clause(lay, verb, start, end, "measure")
    if "complements" in frames and any(c.dep_ in {"xcomp", "obl", "ccomp", "advcl", "acl"} for c in rest):
        return clause(lay, verb, start, end, "complements")
    if "object" in frames and target.lower_ not in {"nothing", "so", "little", "much", "himself", "herself", "itself", "themselves"}:
        return clause(lay, verb, start, end, "object")
    return None


def _with_numbers(lay: Layout, verb: Token, start: int) -> int:
    """Return the start of an object moved over numbers that the parse took for another one: "counted 221 dead and 1,168 injured civilians"."""
    between = lay.doc[verb.i + 1 : start]
    return (
        verb.i + 1
        if any(t.pos_ == "NUM" or t.like_num for t in between) and not any(t.is_punct or t.pos_ in {"VERB", "AUX"} for t in between)
        else start
    )


def _is_put(lay: Layout, start: int, end: int) -> bool:
    """Tell whether a phrase puts something at a number, wherever the parse hangs it: "the settlements lost at 28"."""
    return any(lay.doc[i].lower_ == "at" and any(t.like_num for t in lay.doc[i + 1 : min(i + 4, end)]) for i in range(start + 1, end - 1))


@cache
def _amounts() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("number_words.csv") if row["role"] in {"scale", "vague"})


def _has_number(lay: Layout, start: int, end: int) -> bool:
    return any(lay.doc[i].like_num or lay.doc[i].pos_ == "NUM" or lay.doc[i].lower_ in _amounts() for i in range(start, end))


def _case(token: Token) -> str:
    found = next((c.lower_ for c in token.children if c.dep_ in {"case", "mark"} and c.i < token.i), "")
    return found or (token.left_edge.lower_ if token.left_edge.dep_ == "case" else "")  # "of more than 20 dead": it hangs on the number.


def _after_colon(lay: Layout, verb: Token, clause: Token) -> bool:
    left = clause.left_edge.i
    return (left - 1 > verb.i and lay.doc[left - 1].text in {":", ",", "“", '"'}) or left == verb.i + 1
