"""Say what the toponyms found in a Doc mean: one place with coordinates each, or its candidates and no place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from dateline import gazetteer
from dateline.extract.doc_text import sentence_starts, text_of
from dateline.extract.place_names import regional_demonyms
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry
from dateline.gazetteer.sources import kilometres
from dateline.loglinear import probability
from dateline.model import Candidate, PlaceMention, Rejection
from dateline.normalize.place_groups import Group, make_groups, votes_of
from dateline.normalize.place_metonymy import is_metonym
from dateline.normalize.place_origin import origin_of
from dateline.normalize.place_resolution import of_right_kind, resolve

_BANDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985, 0.995)
SHOWN = 5  # Runners-up that a mention keeps.
RECOGNIZED = 0.45  # From here on words are a toponym, resolved or not.
SURE = 0.4  # Or from here on, when place and name together are likely right.
RESOLVED = 0.25  # Below this the place stays open: the mention keeps its candidates.
DEMONYM = 0.77  # Share of demonyms that corpora which count them mark and place as we do (measured on LGL and GeoWebNews).
NEARBY = 40.0  # Kilometres within which two entries of a name answer "where" alike: a town and the district named for it.
KNOWN = 0.5  # A name that the gazetteer lacks needs more to count as a place at all.


@cache
def _countries() -> dict[str, Entry]:
    gaz = gazetteer.load()
    entries = (gaz.entry(number) for number in range(300))
    return {entry.country: entry for entry in entries if entry.kind == "country" and entry.country}


def answer_features(group: Group, described: Sequence[Sequence[str]]) -> list[str]:
    """Describe how sure it is that a place's name means the entry chosen for it."""
    best = int(group.shares.argmax())
    entry = group.entries[best]
    share = share_around(group, best)
    features = ["bias", f"share={int(share * 10)}", f"kind={entry.kind}", f"type={entry.name_type}", f"weight={entry.kind} {int(entry.weight)}"]
    if share > 0.98:
        features.append("share=top")
    if len(group.entries) == 1:
        features.append("only")
    features += [f"chosen {feature}" for feature in described[best]]
    return features


def confidence_features(recognized: float, answered: float) -> list[str]:
    """Describe both probabilities, for the calibrated score of a mention: that it is a toponym and that its place is right."""
    return [
        "bias",
        f"recognized={_bucket(recognized)}",
        f"answered={_bucket(answered)}",
        f"both={_bucket(recognized * answered)}",
    ]


def _bucket(probability_: float) -> int:
    return sum(probability_ >= limit for limit in _BANDS)


def share_around(group: Group, best: int) -> float:
    """Return how likely a name means the place of entry `best` or one beside it."""
    entry = group.entries[best]
    return float(
        sum(
            share
            for other, share in zip(group.entries, group.shares, strict=True)
            if other is entry or (share > 0.01 and kilometres(entry.lat, entry.lon, other.lat, other.lon) <= NEARBY)
        )
    )


def normalize_places(
    doc: Doc, candidates: Sequence[PlaceCandidate], *, demonyms: bool = False, embedded: bool = False
) -> tuple[list[PlaceMention], list[Rejection]]:
    """Return the place mentions in text order, and what was refused with the reason.

    Args:
        doc: The article.
        candidates: What `extract_places` found in it.
        demonyms: Count "Russian" as a mention of Russia, as some corpora do.
        embedded: Count "Paris" in "Paris Police Department", as some corpora do.
    """
    text = text_of(doc)
    origin = origin_of(getattr(doc._, "article", None), gazetteer.load())
    groups, of_candidate = make_groups(text, candidates, gazetteer.load(), origin)
    described = resolve(groups, votes_of(candidates), origin.country)
    sure = [probability("answer", answer_features(group, rows)) if group.entries else 0.0 for group, rows in zip(groups, described, strict=True)]
    sentences = sentence_starts(doc)
    mentions: list[PlaceMention] = []
    rejections: list[Rejection] = []
    for candidate, number in zip(candidates, of_candidate, strict=True):
        sentence = max(0, bisect_right(sentences, candidate.start) - 1)
        if candidate.norp is not None:
            if demonyms and (entry := _people_of(candidate)) is not None:
                mentions.append(_demonym(text, candidate, entry, sentence))
            continue
        if candidate.embedded and not embedded:
            rejections.append(_reject(text, candidate, "The name is part of a longer name, which is no place.", "places.embedded"))
            continue
        mention = _mention(doc, text, candidate, groups[number], described[number], sure[number], sentence)
        if mention is not None:
            mentions.append(mention)
        elif candidate.score >= RECOGNIZED / 2:
            rejections.append(_reject(text, candidate, "The words around it speak against a place's name.", "places.noise"))
    return mentions, rejections


def _mention(
    doc: Doc, text: str, candidate: PlaceCandidate, group: Group, described: list[list[str]], answered: float, sentence: int
) -> PlaceMention | None:
    words = text[candidate.start : candidate.end]
    if not group.entries:
        if candidate.score < KNOWN:
            return None
        return PlaceMention(
            start=candidate.start, end=candidate.end, text=words, sentence=sentence, score=candidate.score, rule=candidate.rule,
            place=None, method="unknown_name", metonym=False,
        )  # fmt: skip
    sure = probability("confidence", confidence_features(candidate.score, answered))
    if candidate.score < RECOGNIZED and sure < SURE:
        return None
    best = of_right_kind(group, int(group.shares.argmax()))
    entry = group.entries[best]
    order = sorted(range(len(group.entries)), key=lambda i: -group.shares[i])[:SHOWN]
    chosen = entry.place if answered >= RESOLVED else None
    runners = tuple(
        Candidate(place=group.entries[i].place, score=round(float(group.shares[i]), 4))
        for i in order
        if (i != best or chosen is None) and group.shares[i] >= 0.001
    )
    return PlaceMention(
        start=candidate.start,
        end=candidate.end,
        text=words,
        sentence=sentence,
        score=round(sure, 4),
        rule=candidate.rule,
        place=chosen,
        method=_method(group, described[best]) if chosen else "ambiguous",
        candidates=runners,
        metonym=chosen is not None and is_metonym(doc, candidate, entry),
    )


def _method(group: Group, features: Sequence[str]) -> str:
    """Name what spoke most plainly for the chosen place."""
    if len(group.entries) == 1:
        return "only_candidate"
    if "as_stated" in features:
        return "containment"
    if group.cue is not None:
        return "kind_cue"
    if any(feature in features for feature in ("nearest=0", "nearest=1", "nearest=2", "nearest=3")):
        return "proximity"
    return "prominence"


def _people_of(candidate: PlaceCandidate) -> Entry | None:
    """Return the country, region or town whose people a demonym names."""
    if candidate.name in regional_demonyms():
        name, kind = regional_demonyms()[candidate.name]
        same = {"region", "admin1"} if kind in ("region", "admin1") else {kind}
        found = [entry for entry in gazetteer.load().lookup(name) if entry.kind in same]
        return max(found, key=lambda entry: entry.weight) if found else None
    return _countries().get(candidate.norp or "")


def _demonym(text: str, candidate: PlaceCandidate, entry: Entry, sentence: int) -> PlaceMention:
    return PlaceMention(
        start=candidate.start, end=candidate.end, text=text[candidate.start : candidate.end], sentence=sentence, score=DEMONYM,
        rule=candidate.rule, place=entry.place, method="demonym",
    )  # fmt: skip


def _reject(text: str, candidate: PlaceCandidate, reason: str, rule: str) -> Rejection:
    return Rejection(
        stage="normalize",
        kind="places",
        reason=reason,
        rule=rule,
        location=f"{candidate.start}-{candidate.end}",
        raw=text[candidate.start : candidate.end][:200],
        severity="routine",
    )
