"""Decide whether a number that was read is a quantity: the vetoes in order, ages, and bare "one"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from dateline.extract import figure_vetoes as vetoes
from dateline.extract.figure_ages import age_at, bounded, listed, told
from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_units import unit_named
from dateline.extract.figure_words import word_set
from dateline.resources import rows

_NAMED_ENTITIES = frozenset({"PERSON", "ORG", "FAC", "EVENT", "WEAPON", "LOC"})


def named_spans(doc: Doc) -> list[tuple[int, int, str]]:
    """Return names that an earlier component found: a number inside one, not at its head, belongs to it."""
    if not Doc.has_extension("entities"):
        return []
    return [(entity.start, entity.end, "name") for entity in doc._.entities if entity.type in _NAMED_ENTITIES]


def aged(candidate: FigureCandidate, found: list[FigureCandidate], people: set[int]) -> FigureCandidate:
    """Return the candidate marked as an age where it is one."""
    pieces, first, last = candidate.pieces, candidate.first, candidate.last

    def named(index: int) -> bool:
        if index >= 0 and (pieces.ends[index] in people or pieces.at(index) in person_nouns()):
            return True  # "Olena Moroz, 63, said", "one driver, 42, fell ill"
        return index > candidate.sentence_first and all(pieces.raw(at)[:1].isupper() for at in (index - 1, index))

    age = age_at(pieces, first, last, candidate.right, candidate.unit, named=named)
    if age is not None:
        return replace(candidate, age=True, unit=age.unit, right=age.right)
    before = found[-1] if found and found[-1].sentence == candidate.sentence else None
    goes_on = before is not None and before.age and before.right == before.last and listed(pieces, before.right, first, last)
    says = bounded(pieces, first, last, person_nouns(), candidate.low) or told(pieces, first, last, candidate.sentence_first, candidate.low)
    if candidate.unit is None and (goes_on or says):
        return replace(candidate, age=True, unit=unit_named("year"))
    return candidate


@cache
def person_nouns() -> frozenset[str]:
    """Return singular and plural forms of nouns for people."""
    forms = set()
    for row in rows("figure_nouns.csv"):
        if row["class"] in {"soldier", "person", "captive", "dweller", "patient", "refugee"}:
            for lemma in row["lemmas"].split("|"):
                forms |= {lemma, lemma + "s"}
    plurals = {row["plural"] for row in rows("noun_forms.csv") if row["lemma"] in forms}
    return frozenset(forms | plurals)


def veto_of(candidate: FigureCandidate, dates: vetoes.Taken, named: vetoes.Taken, dated: bool) -> str | None:
    pieces, first, last, sentence = candidate.pieces, candidate.first, candidate.last, candidate.sentence_first
    strong = (candidate.unit is not None and candidate.unit.dimension in {"money", "share"}) or "," in pieces.raw(first)
    if candidate.age:
        return None
    label = dates.over(candidate.start, candidate.end)
    timed = candidate.unit is not None and candidate.unit.dimension == "time"
    if label and not strong:
        return "duration" if timed and candidate.rule != "ratio" else "date"
    if not strong and named.over(candidate.start, candidate.end) is not None and named.over(candidate.start - 1, candidate.start) is not None:
        return "name"
    simple = candidate.rule in {"digits", "words", "range"}
    for veto in (
        vetoes.clock(pieces, first, last),
        vetoes.glued_name(pieces, candidate.left, last, unit_ends=candidate.right),
        vetoes.calendar(pieces, first, last) if not timed else None,
        vetoes.listing(pieces, first, last),
        vetoes.score(pieces, first, last) if candidate.rule == "digits" else None,
        vetoes.pronoun(pieces, first, last, sentence),
    ):
        if veto:
            return veto
    if strong or not simple:
        return None
    followed = candidate.right > last or followed_by_thing(pieces, last)
    return (
        vetoes.calibre(pieces, candidate.right, candidate.unit)
        or (vetoes.before_name(pieces, first, last, sentence) if candidate.right == last else None)
        or vetoes.capital_name(pieces, first, last, sentence, followed=followed)
        or vetoes.capital_words(pieces, first, last, sentence)
        or vetoes.address(pieces, last)
        or vetoes.rank(pieces, first, last, followed=followed)
        or vetoes.year(pieces, first, last, sentence, followed=followed)
        or ("duration" if timed else None)
    )


def followed_by_thing(pieces: Pieces, index: int) -> bool:
    """Return whether something countable seems to follow: a plural within three pieces, with no other kind of word between."""
    for at in range(index, min(index + 4, len(pieces))):
        word = pieces.at(at)
        if word in vetoes.HYPHENS and pieces.glued(at):
            continue
        if not word[0].isalpha() or word in vetoes._FUNCTION or word in vetoes.MONTHS:
            return False
        if word in {"people", "men", "women", "children", "police", "troops", "personnel"} or (
            word.endswith("s") and not word.endswith(("ss", "us", "is"))
        ):
            return True
    return False


_MODALS = word_set("vetting modals")


def elliptic_ones(found: list[FigureCandidate], doc: Doc) -> list[FigureCandidate]:
    """Refuse a bare "one" with nothing countable behind it, unless the sentence counts something that it can stand for."""
    out = []
    for index, candidate in enumerate(found):
        pieces = candidate.pieces
        alone = candidate.veto is None and candidate.last == candidate.first + 1 == candidate.right and pieces.at(candidate.first) == "one"
        after = pieces.at(candidate.last)
        hyphened = after in vetoes.HYPHENS and pieces.glued(candidate.last)
        bare = not after[:1].isalpha() or after in vetoes._FUNCTION
        if alone and not hyphened and (bare or _acts(doc, pieces, candidate.last)):
            others = any(
                o.veto is None and o.unit is None and o.sentence == candidate.sentence and o.start < candidate.start and o.low != 1
                for o in found[max(0, index - 12) : index]
            )
            if not others or after in _MODALS:
                candidate = replace(candidate, veto="pronoun")
        out.append(candidate)
    return out


def _acts(doc: Doc, pieces: Pieces, index: int) -> bool:
    """Return whether a verb stands at a piece: "One ends in May" counts no ends."""
    word = doc.char_span(pieces.starts[index], pieces.ends[index], alignment_mode="expand") if index < len(pieces) else None
    return word is not None and word[0].tag_ in {"VBZ", "VBD", "VBP", "MD"}
