"""Who speaks: the subject or agent of a cue, and the span of the noun phrase that names it.

Relations are those of English UD (nsubj, obl:agent, acl:relcl, xcomp, flat, appos). Parses of news are right in some nine of ten subjects; where no
subject is found, the nearest noun phrase beside the cue stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.extract.claim_beside import DASHES, EMPTY, SUBJECTS, beside, is_coordinated, shared_subject
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_names import BREAKS, full_phrase, naming_phrase
from dateline.extract.claim_voices import can_speak, is_temporal

PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubj:passive"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
NOBODY = frozenset({"nobody", "none", "neither"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PHRASAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "X", "SYM"})
VERBAL_LINKS = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "cop", "aux"})


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: head token, shortest naming phrase and whole phrase as token ranges."""

    head: Token
    short: tuple[int, int]
    full: tuple[int, int]


def as_source(lay: Layout, head: Token, stop: int | None = None) -> Source:
    """Return the phrases around a head; `stop` is a token that cannot belong to them (the cue)."""
    low = lay.low[head.i]
    (a, b), (c, d) = naming_phrase(head, lay.entities, stop), full_phrase(head, stop)
    return Source(head, (max(a, low), b), (max(c, low), d))


def find_source(lay: Layout, verb: Token, *, speaks: bool) -> Source | None:
    """Return who speaks: the parse's subject or agent where it can be one, else (for verbs of speech) the nominal beside the cue."""
    low, high = lay.low[verb.i], lay.high[verb.i]
    low = next((i + 1 for i in range(verb.i - 1, low, -1) if verb.doc[i].text == ";" and not lay.mask[i]), low)
    head = subject(verb)
    if speaks and (near := _just_before(lay, verb, low)) is not None and (head is None or not _is_own(verb, head) or _is_apart(lay, head, near)):
        head = near  # "There were no casualties, governor Ivan Fedorov said": the parse has the cue share another verb's subject.
    if speaks and head is not None and head.i < verb.i and not _is_own(verb, head) and (near := _phrase_before(lay, verb, low)) is not None:
        head = near  # "..., regional officials said": the same with people who are not named.
    if head is not None and not can_speak(lay, head):
        # "Monday the acting governor reported": another subject of the same verb speaks.
        head = next((c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ in NOMINAL and can_speak(lay, c)), None) or _named_within(
            lay, head, verb
        )
    if head is not None and (head.i == verb.i or not low <= head.i < high or lay.mask[head.i] != lay.mask[verb.i]):
        head = None  # Another sentence, or within a quotation that the cue stands outside of.
    if not speaks and head is None and (name := lay.entities.get(verb.i - 1)) is not None and name.label_ in {"PERSON", "ORG"} and name.start >= low:
        head = name.root  # "by morning mayor Hennadii Trukhanov put": the parse may have taken another noun.
    if speaks:
        if head is not None and head.i > verb.i > low and (not verb.doc[verb.i - 1].is_punct or _is_addressee(verb, head) or _inserted(lay, verb)):
            # A subject behind the cue is right only where nothing stands before it: "said the minister".
            head = beside(verb, low, verb.i) or head
        if head is not None and head.i < verb.i and any(c.tag_ == "POS" for c in head.children):
            head = None  # "Russia's ambassador, Jane Roe, said": the owner of a title is not its holder.
        if (head is None or head.i > verb.i) and is_coordinated(lay, verb):
            head = shared_subject(lay, verb) or head
        if head is None:
            head = beside(verb, low, high) or _just_behind(lay, verb)
        if head is not None:
            head = _who_acts(lay, _named_before(lay, head, low), low)
            head = head if can_speak(lay, head) else None
    if head is None or head.lower_ in NOBODY or any(c.lower_ in {"no", "what", "whatever"} and c.i < head.i for c in head.children):
        return None  # "No group has claimed responsibility."
    source = as_source(lay, head, verb.i)
    return _from_break(lay, source, verb) if speaks and head.i < verb.i else source


def _named_within(lay: Layout, head: Token, verb: Token) -> Token | None:
    """Return the name that a phrase with a mute head leads up to: "Sunday, Jane Roe, the governor, called for"."""
    if not (is_temporal(head) or head.is_space):
        return None
    if head.is_space and head.i > lay.low[verb.i] and (last := lay.doc[head.i - 1]).pos_ in {"NOUN", "PROPN", "PRON"} and can_speak(lay, last):
        return last  # A no-break space that the parser took for the head of the words before it.
    for token in lay.doc[head.i + 1 : verb.i]:
        if token.is_punct or token.is_space or token.pos_ in {"DET", "ADJ"}:
            continue
        named = lay.entities.get(token.i)
        if named is not None and named.label_ in {"PERSON", "ORG", "GPE", "NORP"}:
            return named.root
        return token if token.pos_ in {"NOUN", "PROPN", "PRON"} and can_speak(lay, token) and head.is_space else None
    return None


def _is_own(verb: Token, head: Token) -> bool:
    """Tell whether a speaker is the verb's own subject, and not one that it shares with another verb."""
    return is_passive(verb) or verb.tag_ not in {"VBD", "VBZ", "VBP"} or any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in verb.children)


def _just_before(lay: Layout, verb: Token, low: int) -> Token | None:
    """Return the name that stands between a mark or the start of the sentence and a finite cue."""
    name = lay.entities.get(verb.i - 1)
    if name is None or name.label_ not in {"PERSON", "ORG"} or name.start < low:
        return None
    start = name.start
    while start > low and lay.doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "DET"} and not lay.doc[start - 1].is_space:
        start -= 1
    return name.root if start == low or lay.doc[start - 1].text in {",", "”", '"', "—", "–"} else None


def _phrase_before(lay: Layout, verb: Token, low: int) -> Token | None:
    """Return the head of the noun phrase that stands alone between a comma and a finite cue."""
    doc, last = lay.doc, verb.i - 1
    if last <= low or doc[last].tag_ not in {"NN", "NNS", "PRP"} or is_temporal(doc[last]) or doc[last].i in lay.entities:
        return None
    start = last
    while start > low and doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "DET", "NUM"} and not doc[start - 1].is_space:
        start -= 1
    return doc[last] if start > low and doc[start - 1].text in {",", "”", '"', "—", "–"} and can_speak(lay, doc[last]) else None


def _is_apart(lay: Layout, head: Token, near: Token) -> bool:
    """Tell whether a mark stands between a subject and the name beside the cue: "19 had died, eight of them children, mayor Roe said"."""
    return (
        head.i < near.i and any(lay.doc[i].text == "," for i in range(head.i, near.i)) and not near.is_ancestor(head) and not head.is_ancestor(near)
    )


def _just_behind(lay: Layout, verb: Token) -> Token | None:
    """Return the name right behind a cue that closes what was said: "“...,” said Will Roe", where the tagger takes the name for other words."""
    name = lay.entities.get(verb.i + 1)
    if name is None or name.start != verb.i + 1 or name.label_ not in {"PERSON", "ORG"}:
        return None
    return name.root if verb.doc[verb.i - 1].is_punct else None


def _is_addressee(verb: Token, head: Token) -> bool:
    """Tell whether a noun behind the cue is told something: what is said follows it."""
    return any(c.dep_ == "ccomp" and c.i > head.i for c in verb.children)


def _inserted(lay: Layout, verb: Token) -> bool:
    """Tell whether a dash that closes an insertion stands before the cue: "a political group - the Front - rejected the report"."""
    return verb.doc[verb.i - 1].text in DASHES and any(verb.doc[i].text in DASHES for i in range(lay.low[verb.i], verb.i - 1))


def _who_acts(lay: Layout, head: Token, low: int) -> Token:
    """Return who acts where the parser took the object of a participle for the subject: "the panel investigating Roe said"."""
    doc, left = lay.doc, head.left_edge.i
    named = lay.entities.get(left)
    left = min(left, named.start) if named is not None else left
    if left - 2 < low or doc[left - 1].tag_ != "VBG" or doc[left - 1].pos_ != "VERB" or doc[left - 2].pos_ not in {"NOUN", "PROPN"}:
        return head
    return doc[left - 2] if can_speak(lay, doc[left - 2]) else head


def _named_before(lay: Layout, head: Token, low: int) -> Token:
    """Return the name before an apposition that the parser took for the subject: "COGAT, the agency for the crossings, reported"."""
    doc = lay.doc
    left = head.left_edge.i
    if head.pos_ == "NOUN" and left - 2 >= low and doc[left - 1].text == "," and doc[left].pos_ == "DET":
        name = lay.entities.get(left - 2)
        if name is not None and name.start == low:
            return name.root
    return head


def _from_break(lay: Layout, source: Source, verb: Token) -> Source:
    """Return the source with the words between the last comma or quotation mark and itself, where these are parts of a noun phrase.

    ", U.N. spokesman Stephane Dujarric said": parsers often leave the title out of the subject, or take words before the comma in.
    """
    doc, low = lay.doc, lay.low[verb.i]
    i = source.head.i
    while i - 1 >= low and doc[i - 1].pos_ in PHRASAL and doc[i - 1].text not in BREAKS and i - 1 not in lay.closes and not doc[i - 1].is_space:
        i -= 1
    if i == low or i > source.head.i or doc[i - 1].text not in {",", "”", '"', "’", "—", "–"}:
        return source
    if doc[i].pos_ in {"ADP", "CCONJ", "SCONJ"}:
        return source
    start, end = source.full
    if start < i and doc[start - 1].text in {",", "”", '"'} and start > low:
        return source  # The parse starts behind another mark: an apposition in between.
    full = (i, max(end, source.head.i + 1))
    short = (max(i, source.short[0]), source.short[1]) if source.short[1] > i else (i, source.head.i + 1)
    return Source(source.head, short, full)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive: a passive auxiliary or subject, or a bare participle that modifies a noun."""
    for child in verb.children:
        if child.dep_ in PASSIVE_SUBJECTS or child.dep_ in {"aux:pass", "auxpass"}:
            return True
    if verb.tag_ != "VBN" or verb.dep_ != "acl":
        return False
    # "The staff, in its update on Sunday, listed 147 clashes": a participle has no object of its own.
    return not (verb.i and verb.doc[verb.i - 1].text == "," and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children))


def subject(verb: Token) -> Token | None:
    """Return the head of the phrase that speaks, climbing from participles and coordinations to the subject they share."""
    passive = is_passive(verb)
    if passive:
        return agent(verb)
    found = _own_subject(verb)
    if found is not None:
        return _antecedent(found)
    quoted = _quoted(verb)
    if quoted is not None:
        return quoted
    node = verb
    for _ in range(6):
        dep = node.dep_
        head = node.head
        if dep == "acl" and node.tag_ != "VBN":
            if any(c.dep_ in {"mark", "case"} and c.i < node.i for c in node.children):
                # "In addition to releasing", "its pledge to add": not the noun acts but whoever owns it.
                return next((c for c in head.children if c.dep_ == "nmod:poss"), None) or _governing_subject(head)
            return head if head.pos_ in NOMINAL else _own_subject(head)
        if dep == "acl:relcl":
            return None
        if dep == "xcomp" and head.pos_ in {"VERB", "ADJ", "AUX"}:
            # "asked him to say": the object speaks; "wants to say", "was quoted as saying": the subject.
            objects = [c for c in head.children if c.dep_ in {"obj", "iobj"} and c.i < node.i and c.pos_ in NOMINAL]
            if objects and not is_passive(head):
                return objects[-1]
        elif dep not in VERBAL_LINKS and not (dep == "obl" and head.pos_ == "VERB"):
            return None
        if head.i == node.i:
            return None
        node = head
        found = _own_subject(node)
        if found is not None:
            if is_passive(node) and dep not in {"xcomp", "obl"}:
                return agent(node) or _antecedent(found)
            return _antecedent(found)
        if is_passive(node):
            return agent(node)
    return None


def _quoted(verb: Token) -> Token | None:
    """Return who is "quoted as saying": the object of the verb that the participle hangs on with "as"."""
    head = verb.head
    if verb.tag_ != "VBG" or verb.doc[verb.i - 1].lower_ != "as" or verb.i == 0 or is_passive(head):
        return None
    return next((c for c in head.children if c.dep_ == "obj" and c.i < verb.i and c.pos_ in NOMINAL), None)


def _governing_subject(noun: Token) -> Token | None:
    """Return the subject of the verb that a noun depends on: "he took to the platform to write"."""
    node = noun
    for _ in range(4):
        if node.pos_ not in NOMINAL or node.head.i == node.i:
            break
        node = node.head
    return _own_subject(node) if node.i != noun.i else None


def _own_subject(verb: Token) -> Token | None:
    fallback = None
    for child in verb.children:
        if child.is_space and not any(c.pos_ in NOMINAL for c in child.children):
            continue  # A no-break space, which parsers take for a word.
        if child.dep_ in SUBJECTS and child.lower_ not in EMPTY:
            if child.pos_ in NOMINAL or child.tag_.startswith("NN"):
                return child
        elif child.dep_ in PASSIVE_SUBJECTS and child.lower_ not in EMPTY:
            fallback = child
    return fallback


def _antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "WP$", "IN", "DT"}:
        for node in (token.head, token.head.head):
            if node.dep_ == "acl:relcl":
                return node.head
    return token


def agent(verb: Token) -> Token | None:
    """Return the noun after "by" of a passive."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "agent"} or (
            child.dep_ in {"obl", "nmod"} and any(c.dep_ == "case" and c.lower_ == "by" for c in child.children)
        ):
            if child.dep_ == "agent":
                return next((c for c in child.children if c.dep_ == "pobj"), child)
            return child
    return None
