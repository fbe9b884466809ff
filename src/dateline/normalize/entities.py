"""Say which entity each named mention is: within the article, and across articles.

Order of methods for the name across articles: a decision of the user, the alias table, then the key of the full name, under which its spellings meet
(entity_spellings.py). All of them look at one article and fixed tables only, so the same articles give the same entities in whatever order they are
loaded, whatever else is in the warehouse.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from dateline.extract.doc_text import sentence_numbers, text_of
from dateline.extract.entities import EntityCandidate
from dateline.ids import stable_id
from dateline.model import ENTITY_TYPES, Entity, Rejection
from dateline.normalize.entity_aliases import Alias, lookup
from dateline.normalize.entity_decisions import Decisions, decisions
from dateline.normalize.entity_linking import Cluster, Linked, link
from dateline.normalize.entity_names import fold, is_acronym
from dateline.normalize.entity_roles import country_of, role_of
from dateline.normalize.entity_spellings import body_key, person_key

PLACES = frozenset({"GPE", "LOC", "FAC"})
_COMMON_SCORE = 0.8  # Where the recognizer gives no score of its own.


def normalize_entities(doc: Doc, candidates: Sequence[EntityCandidate]) -> tuple[list[Entity], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    text = text_of(doc)
    kept, refused = _sorted_out(text, candidates)
    spans = [doc.char_span(c.start, c.end, alignment_mode="expand") for c in kept]
    pairs = [(c, s) for c, s in zip(kept, spans, strict=True) if s is not None]
    countries = [country_of(doc, span, c.label) for c, span in pairs]
    mentions = [(text[c.start : c.end], c.label) for c, _ in pairs]
    own_country = {key: code for key, code in zip(mentions, countries, strict=True) if code}

    def known(name: str, kind: str) -> str | None:
        alias = lookup(name, kind, own_country.get((name, kind)))
        return alias.key if alias else None

    linked, clusters = link(mentions, known, _definitions(text, [c for c, _ in pairs]))
    places = {(p.start, p.end): p for p in doc._.places if p.place is not None} if doc.has_extension("places") else {}
    shared = _cluster_facts(doc, pairs, linked, clusters, countries)
    rules = decisions()
    sentence = sentence_numbers(doc)
    facts = []
    for (candidate, span), entry, country in zip(pairs, linked, countries, strict=True):
        place = places.get((candidate.start, candidate.end))
        full_name, common_country, role = shared[entry.cluster]
        if candidate.label in PLACES and place is not None and place.place is not None:
            common_country = place.place.country or common_country
        across = place.place.name if candidate.label in PLACES and place is not None and place.place is not None else full_name
        canonical, alias, method = _across(across, candidate.label, country or common_country, rules)
        facts.append(
            Entity(
                start=candidate.start,
                end=candidate.end,
                text=text[candidate.start : candidate.end],
                sentence=sentence[span.start],
                score=getattr(candidate, "score", None) or _COMMON_SCORE,
                rule=candidate.rule,
                type=candidate.label,
                name=full_name,
                entity_id=entity_id(canonical, candidate.label, alias, country or common_country, split=rules.is_split(across, candidate.label)),
                canonical=canonical,
                role=role,
                country=(alias.country if alias else None) or country or common_country,
                wikidata_id=alias.wikidata_id if alias else None,
                method=method if entry.method == "name" else f"{entry.method}, {method}",
            )
        )
    return facts, refused


def entity_id(name: str, kind: str, alias: Alias | None = None, country: str | None = None, *, split: bool = False) -> str:
    """Return the id across articles: of the table's entity, else of the key of the name; bodies and places of known countries differ by them.

    A name that was split off has an id of its own, shared with no other spelling.
    """
    if alias is not None:
        return stable_id("ent", alias.key)
    if split:
        return stable_id("ent", kind, fold(name), "split")
    key = person_key(name)[0] if kind == "PERSON" else fold(name) if kind in PLACES - {"FAC"} else body_key(name)
    return stable_id("ent", kind, key, country if kind == "ORG" or kind in PLACES else None)


def _sorted_out(text: str, candidates: Sequence[EntityCandidate]) -> tuple[list[EntityCandidate], list[Rejection]]:
    kept, refused = [], []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if candidate.label in ENTITY_TYPES and fold(text[candidate.start : candidate.end]):
            kept.append(candidate)
        else:
            refused.append(
                Rejection(
                    stage="normalize",
                    kind="entities",
                    reason=f"{candidate.label!r} is no entity type, or the mention has no letter or digit; nothing to do unless it recurs.",
                    rule="entities.type",
                    location=f"{candidate.start}-{candidate.end}",
                    raw=text[candidate.start : candidate.end][:200],
                    severity="routine",
                )
            )
    return kept, refused


def _definitions(text: str, candidates: Sequence[EntityCandidate]) -> dict[int, int]:
    """Return short forms as index of the short form: of the long one; either may stand in brackets ("National Elections Committee (CNE)")."""
    found = {}
    for n in range(1, len(candidates)):
        long, short = candidates[n - 1], candidates[n]
        between = text[long.end : short.start]
        written = text[short.start : short.end]
        if (
            between.strip() == "("
            and text[short.end : short.end + 1] == ")"
            and long.label == short.label
            and written.isupper()
            and len(written) <= 8
        ):
            found[n] = n - 1
        elif (
            between.strip() == "("
            and text[short.end : short.end + 1] == ")"
            and long.label == short.label == "ORG"
            and is_acronym(text[long.start : long.end])
            and len(written.split()) > 1
        ):
            found[n - 1] = n  # "CNE (National Elections Committee)"
    return found


def _cluster_facts(
    doc: Doc, pairs: Sequence[tuple[EntityCandidate, Span]], linked: Sequence[Linked], clusters: Sequence[Cluster], countries: Sequence[str | None]
) -> list[tuple[str, str | None, str | None]]:
    """Return fullest name, country and first role of each cluster."""
    by_cluster: list[list[int]] = [[] for _ in clusters]
    for n, entry in enumerate(linked):
        by_cluster[entry.cluster].append(n)
    facts = []
    for cluster, members in zip(clusters, by_cluster, strict=True):
        country = next((countries[n] for n in members if countries[n]), None)
        roles = (role_of(doc, pairs[n][1]) for n in members) if cluster.type == "PERSON" else iter(())
        facts.append((cluster.fullest(), country, next((r for r in roles if r), None)))
    return facts


def _across(name: str, kind: str, country: str | None, rules: Decisions) -> tuple[str, Alias | None, str]:
    """Return the name across articles, the table's entity behind it and the method."""
    decided = rules.target(name, kind)
    alias = lookup(decided or name, kind, country)
    if alias is not None and kind in PLACES and country and alias.country and alias.country != country:
        alias = None  # Odessa in Texas, Paris in Ontario: another place of the name.
    if decided is not None:
        return (alias.name if alias else decided), alias, "decision"
    if alias is not None and not rules.is_split(name, kind):
        return alias.name, alias, "alias table"
    if rules.is_split(name, kind):
        return name, None, "decision"
    tradition = person_key(name)[1] if kind == "PERSON" else None
    return name, None, f"{tradition} spelling" if tradition else "name"
