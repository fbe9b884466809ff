"""Who stands beside a cue: the speaker by word order, where the parse gives the cue no subject."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.extract.claim_layout import Layout
from dateline.extract.claim_names import BREAKS
from dateline.extract.claim_voices import can_speak, is_temporal

DASHES = frozenset({"–", "—", "-", "--", "―"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
EMPTY = frozenset({"there", "what", "whatever", "whoever", "how", "why"})
_FRACTIONS = frozenset({"half", "third", "quarter", "thirds", "quarters"})
_TEMPORAL = frozenset({"obl:tmod", "nmod:tmod", "obl:unmarked", "nmod:unmarked"})


def beside(verb: Token, low: int, high: int) -> Token | None:
    """Return the nominal head nearest to a cue without a subject: just left of its auxiliaries and adverbs, else just right of it."""
    doc = verb.doc
    i = verb.i - 1
    for _ in range(3):
        i = _behind_adverbs(doc, i, low)
        if i < low or doc[i].pos_ not in {"NOUN", "PROPN"}:
            break
        top = _top(doc[i], low, verb.i)
        # "Zelenskyy on Monday said": a date or place between the speaker and the cue.
        if (
            top.dep_ not in _TEMPORAL
            and not is_temporal(top)
            and not any(c.dep_ == "case" and c.i < top.i and c.head.i == top.i for c in top.children)
        ):
            break
        i = top.left_edge.i - 1
    if i > low and doc[i].text == ")":
        # "Jane Roe (D-Wash.) said"
        i = next((k - 1 for k in range(i, max(low, i - 12), -1) if doc[k].text == "("), i)
    if i > low and doc[i].text == ",":
        # "Gerasimov, chief of the General Staff, told": step over the apposition.
        comma = next((k for k in range(i - 1, max(low, i - 25), -1) if doc[k].text == ","), None)
        if comma is not None and doc[comma - 1].pos_ in {"PROPN", "NOUN"} and comma - 1 >= low:
            return _top(doc[comma - 1], low, comma)
    if i > low and doc[i].text in DASHES:
        # "A political group - the Front - rejected": step over the insertion.
        dash = next((k for k in range(i - 1, max(low, i - 25), -1) if doc[k].text in DASHES), None)
        if dash is not None and dash - 1 >= low and doc[dash - 1].pos_ in {"PROPN", "NOUN"}:
            return _top(doc[dash - 1], low, dash)
    if i > low and doc[i].tag_ == "JJ" and doc[i].head.i == verb.i and doc[i - 1].pos_ in {"DET", "PROPN", "ADJ"}:
        return doc[i]  # "the military reports": an adjective that stands for a noun.
    if i >= low and (doc[i].pos_ in {"NOUN", "PROPN", "PRON"} or doc[i].lower_ in _FRACTIONS) and doc[i].lower_ not in EMPTY:
        return _top(doc[i], low, verb.i)
    i = verb.i + 1
    while i < high and doc[i].pos_ in {"DET", "ADJ", "NUM"}:
        i += 1
    if i < high and doc[i].pos_ in {"NOUN", "PROPN", "PRON"}:
        return _top(doc[i], verb.i + 1, high)
    return None


def shared_subject(lay: Layout, verb: Token) -> Token | None:
    """Return the subject of the finite verb before a cue that has none of its own: "Roe shot back, saying ...", "raised its forecast, and said"."""
    doc, low = lay.doc, lay.low[verb.i]
    for i in range(verb.i - 1, low - 1, -1):
        if doc[i].text in {";", ":"} or lay.mask[i] != lay.mask[verb.i]:
            return None
        if (
            doc[i].tag_ in {"VBD", "VBZ", "VBP", "VBN"}
            and doc[i].dep_ not in {"acl:relcl", "acl", "amod"}
            and (head := _left_subject(doc[i])) is not None
        ):
            return head if low <= head.i < verb.i and can_speak(lay, head) else None
    head = _left_subject(verb.head) if verb.dep_ == "advcl" and verb.i < verb.head.i else None  # "Conceding that ..., he warned ..."
    return head if head is not None and verb.i < head.i < lay.high[verb.i] and can_speak(lay, head) else None


def _left_subject(verb: Token) -> Token | None:
    found = [c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i and c.lower_ not in EMPTY]
    return found[-1] if found else None


def is_coordinated(lay: Layout, verb: Token) -> bool:
    """Tell whether a finite cue follows "and" or "but" directly, so that its speaker is the subject of the verb before."""
    i = verb.i - 1
    while i > lay.low[verb.i] and lay.doc[i].pos_ in {"ADV", "AUX"}:
        i -= 1
    return i > lay.low[verb.i] and lay.doc[i].lower_ in {"and", "but"} and verb.tag_ in {"VBD", "VBZ", "VBP"}


def _behind_adverbs(doc: Doc, i: int, low: int) -> int:
    """Return the last token before a cue's auxiliaries and adverbs, those between commas too ("has, however, said")."""
    if i > low + 2 and doc[i].text == "," and doc[i - 1].pos_ == "ADV" and doc[i - 2].text == ",":
        i -= 3
    while i >= low and (doc[i].pos_ in {"AUX", "ADV", "PART"} or doc[i].is_space or doc[i].lower_ in {"has", "have", "had"}):
        i -= 1
        if i > low + 2 and doc[i].text == "," and doc[i - 1].pos_ == "ADV" and doc[i - 2].text == ",":
            i -= 3
    return i


def _top(token: Token, low: int, high: int) -> Token:
    """Climb from a noun to the head of its phrase within [low, high), over no comma: what stands before one is another phrase."""
    for _ in range(8):
        head = token.head
        if head.i == token.i or not low <= head.i < high or head.pos_ not in {"NOUN", "PROPN", "PRON"} or is_temporal(head):
            break
        if any(t.text in BREAKS and t.whitespace_ for t in token.doc[head.i : token.i]):
            break
        token = head
    return token
