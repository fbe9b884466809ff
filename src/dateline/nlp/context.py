"""What the words beside a name say it is: "the newspaper X", "X guerrillas", "X, an agency in ...", "its director, X, said", "JNIM said".

A recognizer guesses the type of a name it has never met from its letters; news tells its readers what such a name is. Only names that the gazetteer
does not know, or whose noun cannot be mistaken, are told anew; countries never are.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from spacy.tokens import Doc, Span

from dateline import resources
from dateline.nlp import features
from dateline.nlp.patterns import country_names, known_bodies, words

_ACRONYM = re.compile(r"[A-Z]{3,8}\d{0,2}")
_LOCATIVE = frozenset("in at near from to of around into outside".split())
# Endings of surnames that hardly any town has: "Zandenko said".
_SURNAME = re.compile(r"(?:enko|skyi|skiy|skyy|chuk|shvili|oglu)$")
# In capitals and longer than this it may be a surname ("RIVERA").
_LONGEST_ACRONYM_OF_A_PERSON = 5
_STOPS = frozenset("of for in at on to from that which who whose with by near based called known and".split())
_OPENERS = frozenset("a an the its his her their one".split())
_WINDOW = 8
_OLDEST = 110


@cache
def nouns() -> dict[str, dict[str, str]]:
    """Return where -> noun -> label: name_context.csv, and the persons of figure_nouns.csv and speaker_nouns.csv as appositions."""
    table: dict[str, dict[str, str]] = {"before": {}, "after": {}, "apposition": {}}
    for row in resources.rows("figure_nouns.csv"):
        if row["class"] in {"person", "soldier"}:
            table["apposition"].update(dict.fromkeys(row["lemmas"].split("|"), "PERSON"))
    for row in resources.rows("speaker_nouns.csv"):
        if row["kind"] == "person":
            table["apposition"][row["noun"]] = "PERSON"
    for row in resources.rows("name_context.csv"):
        table[row["where"]][row["word"]] = row["label"]
    return table


def _is_country(text: str) -> bool:
    return text in country_names() or features.lexicon().place_code(text) in {features.COUNTRY}


def _is_given_name(ent: Span) -> bool:
    return len(ent) > 1 and features.lexicon().is_surname(ent[0].text)


def _head(tokens: list[str]) -> str:
    """Return the head of a noun phrase: the last word before the first preposition, relative or comma; a capitalized one names somebody else."""
    head = ""
    for word in tokens:
        if word.lower() in _STOPS or not (word[0].isalnum() or word in {"-", "'s", "’s", "'", "’"}):
            break
        head = word
    return head


def _apposition(doc: Doc, ent: Span) -> str | None:
    """Return the type that an apposition behind or before a name states: "X, a West African group, ...", "its director, X, said"."""
    n = len(doc)
    if ent.end + 2 < n and doc[ent.end].text == ",":
        if doc[ent.end + 1].text.isdecimal() and doc[ent.end + 2].text == "," and 0 < int(doc[ent.end + 1].text) < _OLDEST:
            return "PERSON"  # "Rahima, 34, said"
        after = [t.text for t in doc[ent.end + 1 : ent.end + 1 + _WINDOW]]
        if after[0].lower() in _OPENERS or (doc[ent.end + 1].is_title and len(after) > 1 and after[1] in {"'s", "’s"}):
            label = nouns()["apposition"].get(_head(after[1:]))
            if label:
                return label
    if ent.start > 2 and ent.end < n and doc[ent.start - 1].text == "," and doc[ent.end].text == ",":
        before: list[str] = []
        for i in range(ent.start - 2, max(-1, ent.start - 2 - _WINDOW), -1):
            if doc[i].is_space or (doc[i].is_punct and doc[i].text not in {"-", "'", "’"}):
                break
            before.insert(0, doc[i].text)
            if doc[i].lower_ in _OPENERS and not (i and doc[i - 1].lower_ in _STOPS):
                return nouns()["apposition"].get(_head(before[1:]))
    return None


def _own_capitals(doc: Doc, ent: Span) -> bool:
    """Say whether a name stands in capitals of its own: not in a headline in capitals, nor at the head of a dateline or a line."""
    neighbours = [doc[i] for i in (ent.start - 1, ent.end) if 0 <= i < len(doc)]
    if any(t.is_alpha and len(t.text) > 1 and t.is_upper and not _ACRONYM.fullmatch(t.text) for t in neighbours):
        return False
    if any(t.text in {"/", "–", "—", "-"} for t in neighbours) or (ent.start and doc[ent.start - 1].is_space):
        return False
    return bool(ent.start) and not (len(neighbours) == 2 and all(t.is_alpha and t.is_upper for t in neighbours))


def _behind_title(doc: Doc, ent: Span) -> bool:
    """Say whether a capitalized title of one person stands right before: "Prime Minister Montenegro"; offices of states are never named so."""
    before = doc[max(0, ent.start - 2) : ent.start]
    personal = words()["personal_title"]
    return len(before) > 0 and (before[-1].text in personal or before.text in personal)


def told(doc: Doc, ent: Span) -> tuple[str, str] | None:
    """Return the type that the words beside a name state, and the rule's name; None where they state none or it is the type already."""
    label, text = ent.label_, ent.text
    if label == "GPE" and len(ent) == 1 and _behind_title(doc, ent):
        return "PERSON", "title_before"
    if label not in {"PERSON", "GPE", "LOC", "ORG", "FAC"} or _is_country(text):
        return None
    table, lexicon = nouns(), features.lexicon()
    listed = lexicon.place_code(text)
    before = doc[ent.start - 1].text if ent.start else ""
    after = doc[ent.end].text if ent.end < len(doc) else ""
    if label == "GPE" and after in words()["says"] and listed in {0, features.TOWN, features.VILLAGE} and _SURNAME.search(text):
        return "PERSON", "surname_says"
    elsewhere = before.lower() in _LOCATIVE or listed in {features.CITY, features.REGION, features.NATURAL}
    if text in known_bodies() and label in {"PERSON", "GPE", "LOC"} and not elsewhere and not any(lexicon.is_surname(t.text) for t in ent):
        return "ORG", "known_body"
    if table["before"].get(before) == "ORG" and label != "ORG" and not _is_given_name(ent):
        return "ORG", "noun_before"
    if after in table["after"] and not listed and not any(lexicon.is_surname(t.text) for t in ent):
        stated = table["after"][after]
        joined = text.endswith(("-led", "-backed", "-based", "-run", "-held"))
        kept = (label, stated) in {("ORG", "FAC"), ("ORG", "WEAPON"), ("FAC", "LOC")}
        if not joined and text[0].isupper() and stated != label and not kept:
            return stated, "noun_after"
    if label != "PERSON" or not _is_given_name(ent):
        stated_by = _apposition(doc, ent)
        if stated_by is not None and stated_by != label:
            fits = {
                "ORG": not listed,
                "PERSON": label in {"GPE", "LOC"} and not listed and before.lower() not in _STOPS,
                "GPE": label in {"PERSON", "ORG"},
                "LOC": label in {"GPE", "PERSON", "ORG"},
            }
            if fits[stated_by]:
                return stated_by, "apposition"
    if label in {"GPE", "LOC", "PERSON"} and _ACRONYM.fullmatch(text) and _own_capitals(doc, ent):
        surname = label == "PERSON" and (len(text) > _LONGEST_ACRONYM_OF_A_PERSON or lexicon.is_surname(text))
        if listed not in {features.COUNTRY, features.REGION} and before not in {"a", "an"} and not surname:
            return "ORG", "acronym"
    return None


def opens_with_plain_word(doc: Doc, ent: Span) -> bool:
    """Say whether a "person" is just a plural or a verb form at the head of a sentence ("Homicides rose")."""
    token = ent[0]
    if ent.label_ not in {"PERSON", "GPE", "ORG"} or ent.ent_id_ or len(ent) > 1 or not token.is_title or not token.is_alpha:
        return False
    opens = ent.start == 0 or doc[ent.start - 1].is_space or doc[ent.start - 1].text in {".", "!", "?", '"', "“"}
    lexicon = features.lexicon()
    key = features.fold(token.text)
    if not opens or lexicon.is_surname(token.text) or lexicon.place_code(token.text) or lexicon.parts_of_speech(key) < 16:
        return False
    return not any(t.text == token.text and t.i != token.i and not t.is_sent_start for t in doc)


def retell(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the spans with the types that their surroundings state, the other mentions of the same names alike, plain words left out."""
    kept = [e for e in ents if not opens_with_plain_word(doc, e)]
    stated: dict[str, Counter[tuple[str, str]]] = {}
    titled = {e.text for e in kept if e.label_ == "PERSON" and e.start and doc[e.start - 1].text in words()["personal_title"]}
    for ent in kept:
        answer = told(doc, ent) if ent.text not in titled else None
        if answer:
            stated.setdefault(ent.text, Counter())[answer] += 1
    if not stated:
        return kept
    names = Counter(e.text for e in kept)
    out = []
    for ent in kept:
        answers = stated.get(ent.text)
        if answers:
            (label, rule), _ = answers.most_common(1)[0]
            own = told(doc, ent)
            if own or names[ent.text] > 1:
                label, rule = own or (label, rule)
                ent = Span(doc, ent.start, ent.end, label=label, span_id=rule)
        out.append(ent)
    return out
