"""Say what the figures found in a Doc mean: value, exactness, unit, what is counted, what happened to it, who says so, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.extract.figure_units import convert
from dateline.extract.figures import FigureCandidate
from dateline.model import Figure, Rejection
from dateline.normalize.figure_kinds import Event, events_in, kind_by_class, kind_by_event, kind_by_unit
from dateline.normalize.figure_modifiers import Modifier, governed, inherits, modifier_of
from dateline.normalize.figure_nouns import NO_PHRASE, Phrase, Reading, phrase_after

_VETO_REASONS = {
    "duration": "A duration is a date, not a figure; see the dates of the article.",
    "date": "The number is part of a date or time.",
    "pronoun": '"One" stands for something here and counts nothing.',
}
_PERSONS = frozenset({"person", "soldier", "captive", "death", "injury", "loss", "body", "disappearance"})
_PERSON_KINDS = frozenset(
    {"killed", "injured", "missing", "captured", "displaced", "evacuated", "rescued", "released", "exchanged", "population", "troops"}
)


@dataclass(slots=True)
class _Draft:
    """A figure on its way: what the steps have found so far."""

    candidate: FigureCandidate
    modifier: Modifier
    phrase: Phrase = NO_PHRASE
    kind: str = "other"
    event: Event | None = None


def normalize_figures(
    doc: Doc, candidates: Sequence[FigureCandidate], *, durations: bool = False, pronouns: bool = False
) -> tuple[list[Figure], list[Rejection]]:
    """Return the figures in text order, and the numbers that are none with the reason.

    Args:
        doc: The text with what earlier components left on it.
        candidates: What `extract_figures` found.
        durations: Count "three years" as a figure, as corpora of quantities do; our own facts keep it as a date.
        pronouns: Count "one of the houses" as a figure.
    """
    kept, refused = [], []
    for candidate in candidates:
        wanted = (
            candidate.veto is None or (durations and candidate.veto == "duration") or (pronouns and candidate.veto == "pronoun" and _of(candidate))
        )
        if wanted:
            kept.append(candidate)
        else:
            refused.append(_rejection(doc, candidate))
    if not kept:
        return [], refused
    reading = Reading(doc)
    drafts = _drafts(kept)
    _phrases(reading, drafts)
    _kinds(drafts)
    return [_figure(doc, draft) for draft in drafts], refused


def _of(candidate: FigureCandidate) -> bool:
    return candidate.pieces.at(candidate.last) == "of" or candidate.pieces.at(candidate.last) == "that"


def _rejection(doc: Doc, candidate: FigureCandidate) -> Rejection:
    veto = candidate.veto or "unknown"
    return Rejection(
        stage="extract", kind="figures", rule=f"figure.veto.{veto.replace(' ', '_')}",
        reason=_VETO_REASONS.get(veto, f"The number is a {veto}, not a quantity."),
        location=f"{candidate.start}-{candidate.end}", raw=doc.text[max(0, candidate.start - 30) : candidate.end + 30],
    )  # fmt: skip


def _drafts(candidates: Sequence[FigureCandidate]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for candidate in candidates:
        modifier = modifier_of(candidate)
        if drafts and modifier.approx == "exact" and modifier.text is None:
            before = drafts[-1]
            if inherits(candidate, before.candidate) or governed(candidate, before.candidate, before.modifier):
                modifier = Modifier(before.modifier.approx, before.modifier.text, modifier.left)
        drafts.append(_Draft(candidate, modifier))
    return drafts


def _phrases(reading: Reading, drafts: list[_Draft]) -> None:
    doc = reading.doc
    for index, draft in enumerate(drafts):
        candidate, pieces = draft.candidate, draft.candidate.pieces
        last_char = pieces.ends[candidate.right - 1]
        stop = pieces.ends[candidate.sentence_last - 1]
        if index + 1 < len(drafts) and drafts[index + 1].candidate.sentence == candidate.sentence:
            stop = min(stop, doc.text.rfind(" ", 0, pieces.starts[drafts[index + 1].modifier.left]) + 1 or stop)
        draft.phrase = phrase_after(reading, candidate, last_char, stop)
    for index, draft in enumerate(drafts):
        if draft.phrase.item is None:
            draft.phrase = _borrow(drafts, index)


def _borrow(drafts: list[_Draft], index: int) -> Phrase:
    """Return the noun that an elliptic number stands for: "58 of 70 drones", "13 assaults ... nine", "38 of them"."""
    draft = drafts[index]
    candidate, pieces = draft.candidate, draft.candidate.pieces
    if candidate.unit is not None and candidate.unit.dimension != "share":
        return draft.phrase
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    if pieces.at(candidate.last) == "of" or (pieces.at(candidate.last) == "out" and pieces.at(candidate.last + 1) == "of"):
        if following is not None and following.candidate.sentence == candidate.sentence and following.modifier.left - candidate.last <= 3:
            return Phrase(-1, -1, following.phrase.heads, following.phrase.item, following.phrase.group, True)
    after = pieces.at(candidate.right)
    if after in _STATES or candidate.unit is not None:
        return draft.phrase
    for other in reversed(drafts[:index]):
        if candidate.sentence - other.candidate.sentence > 1:
            break
        if other.candidate.unit is None and other.phrase.item is not None and not other.candidate.age:
            return Phrase(-1, -1, other.phrase.heads, other.phrase.item, other.phrase.group, True)
    return draft.phrase


_STATES = frozenset("killed wounded injured hurt dead died missing were was people have has had".split())


def _kinds(drafts: list[_Draft]) -> None:
    cache: dict[int, list[Event]] = {}
    for draft in drafts:
        candidate, pieces = draft.candidate, draft.candidate.pieces
        unit_kind = kind_by_unit(candidate)
        if unit_kind is not None:
            draft.kind = unit_kind
            continue
        if candidate.sentence not in cache:
            cache[candidate.sentence] = events_in(pieces, candidate.sentence_first, candidate.sentence_last)
        numbers = [d.candidate.first for d in drafts if d.candidate.sentence == candidate.sentence and d is not draft]
        right = candidate.right
        if draft.phrase.heads and not draft.phrase.borrowed:
            head_end = draft.phrase.end
            right = max(right, _piece_at(draft, head_end))
        found = kind_by_event(pieces, cache[candidate.sentence], draft.modifier.left, right, draft.phrase.group, numbers)
        if found is not None:
            draft.kind, draft.event = found
        else:
            draft.kind = kind_by_class(draft.phrase.group)
        if candidate.unit is not None and draft.kind not in {"territory"} or candidate.rule in {"ratio"}:
            draft.kind = "rate_or_share"


def _piece_at(draft: _Draft, token: int) -> int:
    return draft.candidate.right + (token - draft.phrase.start)


def _unit(draft: _Draft) -> str:
    candidate = draft.candidate
    if candidate.unit is not None:
        return candidate.unit.name
    if candidate.rule in {"fraction", "ratio"}:
        return "ratio"
    if draft.phrase.group in _PERSONS or (draft.phrase.item is None and draft.kind in _PERSON_KINDS):
        return "person"
    return "count"


def _figure(doc: Doc, draft: _Draft) -> Figure:
    candidate = draft.candidate
    low, high = candidate.low, candidate.high
    if candidate.rule in {"fraction", "ratio"}:
        low = round(low, 4)
        high = low
    base = convert(low, candidate.unit) if candidate.unit is not None else None
    return Figure(
        start=candidate.start,
        end=candidate.end,
        text=doc.text[candidate.start : candidate.end],
        sentence=candidate.sentence,
        score=0.9,
        rule=f"figure.{candidate.rule}",
        value_min=low,
        value_max=high,
        approx=draft.modifier.approx,
        modifier=draft.modifier.text,
        unit=_unit(draft),
        value_base=base,
        unit_base=candidate.unit.base if candidate.unit is not None and base is not None else None,
        item=draft.phrase.item,
        kind=draft.kind,
        negated=draft.modifier.negated,
    )
