"""Say what the figures found in a Doc mean: value, exactness, unit, what is counted, what happened to it, who says so, where and when."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_units import convert, unit_named
from dateline.model import Figure, Rejection
from dateline.normalize.figure_analysis import read_figures
from dateline.normalize.figure_concepts import find_concepts
from dateline.normalize.figure_currencies import unit_here
from dateline.normalize.figure_item_choice import choose_items
from dateline.normalize.figure_items import items_of
from dateline.normalize.figure_links import link_figures
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import Links
from dateline.normalize.figure_tokens import Reading
from dateline.normalize.figure_wording import wording

_VETO_REASONS = {
    "duration": "A duration is a date, not a figure; see the dates of the article.",
    "date": "The number is part of a date or time.",
    "pronoun": '"One" stands for something here and counts nothing.',
}


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
    kept, refused = chosen(doc, candidates, durations=durations, pronouns=pronouns)
    if not kept:
        return [], refused
    reading = Reading(doc)
    readings = read_figures(reading, kept)
    find_concepts(reading, readings)
    if not durations:
        refused += [_rejection(r.candidate, "duration") for r in readings if _measures_time(r)]
        readings = [r for r in readings if not _measures_time(r)]
    links = link_figures(doc, readings)
    items = choose_items(reading, readings, items_of(reading, readings))
    concepts = [wording(reading, figure) for figure in readings]
    return [figure_of(doc, *parts) for parts in zip(readings, links, items, concepts, strict=True)], refused


def _measures_time(reading: FigureReading) -> bool:
    """Return whether what is counted are years or days ("the 35 highest-paid years")."""
    unit = unit_named(reading.phrase.item) if reading.unit is None and reading.phrase.item else None
    return unit is not None and unit.dimension == "time"


def chosen(
    doc: Doc, candidates: Sequence[FigureCandidate], *, durations: bool = False, pronouns: bool = False
) -> tuple[list[FigureCandidate], list[Rejection]]:
    """Return the candidates that are figures, and the others as rejections (arguments as for `normalize_figures`)."""
    kept, refused = [], []
    for candidate in candidates:
        wanted = (
            candidate.veto is None
            or (durations and candidate.veto == "duration")
            or (pronouns and candidate.veto == "pronoun" and _stands(candidate))
        )
        if wanted:
            kept.append(candidate)
        else:
            refused.append(_rejection(candidate))
    return kept, refused


def _stands(candidate: FigureCandidate) -> bool:
    """Return whether the pronoun "one" still picks one thing out of many ("one of the houses", "a sighting of one that ...")."""
    return candidate.pieces.at(candidate.last) in {"of", "that"}


def _rejection(candidate: FigureCandidate, veto: str | None = None) -> Rejection:
    veto = veto or candidate.veto or "unknown"
    return Rejection(
        stage="extract",
        kind="figures",
        rule=f"figure.veto.{veto.replace(' ', '_')}",
        reason=_VETO_REASONS.get(veto, f"The number is a {veto}, not a quantity."),
        location=f"{candidate.start}-{candidate.end}",
        raw=candidate.pieces.text[max(0, candidate.start - 30) : candidate.end + 30],
        severity="routine",
    )


def figure_of(doc: Doc, reading: FigureReading, link: Links, item: str | None, concept: str | None) -> Figure:
    """Return the record of one reading."""
    candidate = reading.candidate
    low, high = candidate.low, candidate.high
    if candidate.rule in {"fraction", "ratio"}:
        # A share in words is no more exact than four digits.
        low = high = round(low, 4)
    base = convert(low, reading.unit) if reading.unit is not None else None
    role = f".{reading.change.role}" if reading.change is not None else ""
    return Figure(
        start=candidate.start,
        end=candidate.end,
        text=candidate.pieces.text[candidate.start : candidate.end],
        sentence=candidate.sentence,
        score=0.9,
        rule=f"figure.{candidate.rule}{role}",
        value_min=low,
        value_max=high,
        approx=reading.modifier.approx,
        modifier=reading.modifier.text,
        trend=reading.change.trend if reading.change is not None else None,
        unit=unit_here(doc, reading),
        value_base=base,
        unit_base=reading.unit.base if reading.unit is not None and base is not None else None,
        item=item,
        concept=concept,
        kind=reading.kind,
        per=reading.per,
        place=link.place.text if link.place is not None else None,
        place_id=link.place.place.place_id if link.place is not None and link.place.place is not None else None,
        date=link.date.value if link.date is not None else None,
        date_from=link.date.date_from if link.date is not None else None,
        date_to=link.date.date_to if link.date is not None else None,
        source_name=link.source_name,
        source_text=link.source_text,
        source_entity_id=link.source_entity_id,
        claim_id=link.claim.claim_id if link.claim is not None else None,
        negated=reading.modifier.negated,
    )
