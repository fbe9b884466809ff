"""One name, one type: evidence collected over the whole document decides the mentions that stand bare.

Evidence: a full name or a title before makes a person, a preposition of place before a gazetteer name a place, a facility word behind a facility, a
bracketed acronym whatever its full name is. Where nothing speaks, the recognizer's label stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from dateline.extract.doc_text import words_of
from dateline.nlp import features
from dateline.nlp.patterns import words

PLACES = frozenset({"GPE", "LOC", "FAC"})
# Prepositions after which a person hardly ever stands ("in" and "from" need more: "confidence in Putin", "a call from Trump").
_LOCATIVE = frozenset("near toward towards outside".split())
_SOMETIMES_LOCATIVE = frozenset("in at from around into inside across between through".split())
# Lower-case heads behind a facility's own name. A dam or camp bears its own name; a prison or refinery may just lie in the town that is named.
_OWN_NAME_HEADS = frozenset("camp dam monastery".split())
_FACILITY_HEADS = _OWN_NAME_HEADS | frozenset("prison refinery airfield complex reservoir bridge mine".split())
_NEVER_REPEAT = frozenset("may will march mark general major north south east west state union front police court".split())


class Evidence:
    """What a document says about its names."""

    def __init__(self, doc: Doc, ents: list[Span], titles: frozenset[str]) -> None:
        self.votes: dict[str, Counter[str]] = defaultdict(Counter)
        self.surnames: Counter[str] = Counter()
        self.people: set[str] = set()
        self.facilities: set[str] = set()
        for ent in ents:
            key = ent.text.lower()
            self.votes[key][ent.label_] += 1
            if ent.label_ == "PERSON" and len(ent) > 1:
                self.surnames[ent[-1].lower_] += 1
                for i in range(1, len(ent)):
                    self.people.add(ent[i:].text.lower())
            if ent.label_ == "PERSON" and ent.start and doc[ent.start - 1].lower_ in titles:
                self.people.add(key)
            if ent.end < len(doc) and names_facility(ent, doc[ent.end].text):
                self.facilities.add(key)

    def is_person(self, key: str) -> bool:
        """Say whether the document introduces the name as a person's."""
        return key in self.people

    def label(self, doc: Doc, ent: Span) -> str:
        """Return the type of a mention after all that is known."""
        key, label = ent.text.lower(), ent.label_
        votes = self.votes[key]
        if key in self.facilities and label in {"GPE", "PERSON", "ORG"}:
            return "FAC"
        if (
            label in {"ORG", "GPE", "LOC", "FAC", "NORP"}
            and len(ent) == 1
            and not (label in {"ORG", "NORP"} and ent.end < len(doc) and doc[ent.end].lower_ in words()["follower"])
            and key in self.surnames
            and votes[label] <= self.surnames[key] + votes["PERSON"]
        ):
            return "PERSON"
        if label == "PERSON" and not self.is_person(key) and reads_as_place(doc, ent):
            return "GPE"
        if len(votes) > 1:
            best, count = votes.most_common(1)[0]
            if (
                count > votes[label]
                and {best, label} != {"GPE", "FAC"}
                and not (label == "GPE" and features.lexicon().place_code(ent.text) == features.COUNTRY)
            ):
                return best
        return label


def names_facility(ent: Span, head: str) -> bool:
    """Say whether the word behind a name makes it a facility's."""
    if ent.label_ == "FAC":
        return head in _FACILITY_HEADS
    code = features.lexicon().place_code(ent.text)
    if ent.label_ not in {"GPE", "PERSON", "ORG"} or code in {features.COUNTRY, features.REGION}:
        return False
    return head in _OWN_NAME_HEADS if ent.label_ == "GPE" or code else head in {"monastery", "complex"} and ent.label_ != "ORG"


def reads_as_place(doc: Doc, ent: Span) -> bool:
    """Say whether a name that no full name or title supports is a place: by the gazetteer, or by the preposition before it."""
    before = doc[ent.start - 1].lower_ if ent.start else ""
    lexicon = features.lexicon()
    named_person = any(lexicon.is_surname(t.text) for t in ent)
    if before in _LOCATIVE and not named_person:
        return True
    single = len(ent) == 1 and before == "at"  # "Inspected at Orlove"; people are hardly ever that near.
    if before in {"in", "at"} and (single or not named_person) and not (ent.end < len(doc) and doc[ent.end].text in {"'s", "’s"}):
        return True  # "inspected at Orlove", which no list knows; not "faith in Orlov's plan".
    return before in _SOMETIMES_LOCATIVE and not named_person and bool(lexicon.place_code(ent.text))


def coordinated(doc: Doc, ents: list[Span]) -> Iterator[list[Span]]:
    """Yield runs of names joined by commas, "and", "or" only."""
    run: list[Span] = []
    for ent in ents:
        if run:
            between = [t.lower_ for t in doc[run[-1].end : ent.start]]
            if between and len(between) < 3 and all(word in {",", "and", "or", "&"} for word in between):
                run.append(ent)
                continue
            if len(run) > 1:
                yield run
        run = [ent]
    if len(run) > 1:
        yield run


def agree(doc: Doc, ents: list[Span], titles: frozenset[str]) -> list[Span]:
    """Return the spans with consistent types, unsupported persons among places made places, and bare repeats added."""
    evidence = Evidence(doc, ents, titles)
    settled = [_relabelled(ent, evidence.label(doc, ent)) for ent in ents]
    index = {ent.start: i for i, ent in enumerate(settled)}
    for run in coordinated(doc, settled):
        places = sum(e.label_ == "GPE" for e in run)
        for ent in run:
            if (
                ent.label_ == "PERSON"
                and places * 2 >= len(run)
                and len(ent) < 3
                and ent.ent_id_ != "apposition"
                and not evidence.is_person(ent.text.lower())
                and not any(features.lexicon().is_surname(t.text) for t in ent)
            ):
                settled[index[ent.start]] = _relabelled(ent, "GPE")
    return sorted([*settled, *repeats(doc, settled)], key=lambda e: e.start)


def _relabelled(ent: Span, label: str) -> Span:
    return ent if ent.label_ == label else Span(ent.doc, ent.start, ent.end, label=label, span_id="agreement")


def _continues_name(doc: Doc, i: int, covered: set[int]) -> bool:
    """Say whether the token at i could belong to the same name: a hyphen, or a capital that is not just the first of its sentence."""
    if not 0 <= i < len(doc) or i in covered:
        return False
    token = doc[i]
    opens = i == 0 or doc[i - 1].is_space or doc[i - 1].text in {".", "!", "?", '"', "“", ":"}
    return token.text == "-" or (token.is_title and not token.is_stop and not opens)


def repeats(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return mentions that the recognizer missed: repeats of a person's surname, of a place or of an acronym, and acronyms in brackets."""
    covered = {i for e in ents for i in range(e.start, e.end)}
    known: dict[str, str] = {}
    for ent in ents:
        word = ent[-1].text if ent.label_ == "PERSON" else ent.text if len(ent) == 1 else ""
        repeatable = ent.label_ in {"PERSON", "GPE", "WEAPON"} or word.isupper()
        if repeatable and len(word) > 2 and word[0].isupper() and word.lower() not in _NEVER_REPEAT and not features.lexicon().is_common(word):
            known.setdefault(word, ent.label_)
        if ent.label_ == "ORG" and len(ent) > 1 and ent.end + 2 < len(doc) and doc[ent.end].text == "(" and doc[ent.end + 2].text == ")":
            acronym = doc[ent.end + 1].text
            if acronym.isupper() and len(acronym) > 1:
                known[acronym] = "ORG"
    found = []
    for at, word in enumerate(words_of(doc)):
        label = known.get(word)
        if label is None or at in covered:
            continue
        if label == "ORG" or not any(_continues_name(doc, i, covered) for i in (at - 1, at + 1)):
            found.append(Span(doc, at, at + 1, label=label, span_id="repeat"))
    return found
