"""The regular expressions of the ruler, compiled from seeds/reference once a process."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline import resources

# A capitalized word of a name; an apostrophe inside it, but no possessive. Bounded: a chain of hyphens is looked over from each of its parts.
_WORD = r"(?:(?:[Aa]l-|[Ee]l-)?[A-Z][\w-]{0,60}(?:[’'](?!s\b)\w{1,60})?)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """What is looked for in a text, by kind.

    Attributes:
        needed: For some kinds the words of which a text must have one, or there is nothing to find.
    """

    units: re.Pattern[str]
    ministries: re.Pattern[str]
    bodies: re.Pattern[str]
    administrations: re.Pattern[str]
    headed: re.Pattern[str]
    platforms: re.Pattern[str]
    weapons: re.Pattern[str]
    unsure_weapons: frozenset[str]
    designations: re.Pattern[str]
    weapon_word: re.Pattern[str]
    combined: re.Pattern[str]
    demonyms: re.Pattern[str]
    countries: re.Pattern[str]
    municipalities: re.Pattern[str]
    wide: re.Pattern[str]
    natural: re.Pattern[str]
    facilities: re.Pattern[str]
    events: re.Pattern[str]
    named_events: re.Pattern[str]
    elections: re.Pattern[str]
    diseases: re.Pattern[str]
    needed: Mapping[str, frozenset[str]]


@cache
def known_bodies() -> frozenset[str]:
    """Return the bodies of bodies.csv whose names mean other things too: companies, papers, parties."""
    return frozenset(row["name"] for row in resources.rows("bodies.csv") if row["sure"] == "no")


def _any(words: list[str]) -> str:
    """Return an alternation, longest first, so that "Air Assault" is tried before "Air".

    Long lists branch at the first letter: the engine tries branches one by one, at every word of the text.
    """
    ordered = sorted(set(words), key=len, reverse=True)
    if len(ordered) < 30 or "" in ordered:
        return "(?:" + "|".join(map(re.escape, ordered)) + ")"
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in ordered:
        by_letter[word[0]].append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(letter)}(?:{'|'.join(tails)})" for letter, tails in by_letter.items()) + ")"


@cache
def words() -> dict[str, list[str]]:
    """Return part -> words of name_words.csv."""
    table: dict[str, list[str]] = defaultdict(list)
    for row in resources.rows("name_words.csv"):
        table[row["part"]].append(row["word"])
    return dict(table)


@cache
def country_names() -> frozenset[str]:
    """Return the usual names of countries and territories."""
    return frozenset(name for r in resources.rows("countries.csv") for name in (r["name"], *filter(None, (r["names"] or "").split("|"))))


def _longest_words(names: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each name: where the name stands whole, so does that."""
    return frozenset(max(re.findall(r"\w+", name), key=len) for name in names)


def _needed() -> dict[str, frozenset[str]]:
    part = words()
    return {
        "units": _longest_words([*part["size"], *part["sector"]]),
        "administrations": frozenset({"Administration"}),
        "ministries": frozenset({"Ministry"}),
        "municipalities": frozenset("Municipality Commune Republic Kingdom Principality Emirate".split()),
        "natural": _longest_words([*part["natural_before"], *part["natural"]]),
        "facilities": _longest_words([*part["facility"], *part["facility_before"]]),
        "events": _longest_words(part["storm"]) | {"Operation", "World", "Battle"},
        "headed": _longest_words(part["body_head"]),
    }


@cache
def patterns() -> Patterns:
    """Return the compiled patterns."""
    part = {name: _any(known) for name, known in words().items()}
    weapons = list(resources.rows("weapons.csv"))
    bodies = [r["name"] for r in resources.rows("bodies.csv") if r["sure"] == "yes" and (len(r["name"]) > 3 or r["name"].isupper())]
    peoples = [r["demonym"] for r in resources.rows("demonyms.csv")]
    adjective = _any([w for w in peoples if w[-1] != "s" or w.endswith(("ss", "ese"))])
    countries = [c for c in country_names() if len(c) > 3 or c.isupper()]
    wide = [r["name"] for r in resources.rows("wide_places.csv") if r["sure"] == "yes"]
    sure_diseases = [r["name"] for r in resources.rows("diseases.csv") if r["sure"] == "yes"]
    placed_diseases = [r["name"] for r in resources.rows("diseases.csv") if r["sure"] == "no"]
    lead = rf"(?!{part['lead']} )"
    field = part["field"]
    ordinal = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{part['ordinal']})"
    election_place = r"(?:[A-Z][\w.’'-]*|of|the|and)(?: (?:[A-Z][\w.’'-]*|of|the|and)){0,4}"
    return Patterns(
        units=re.compile(
            rf"\b{ordinal} (?:{part['arm']}[ -]){{0,4}}{part['size']}\b|"
            rf"\b{part['sector']} (?:[Gg]roup(?:ing)?(?: of [Ff]orces| of [Tt]roops)?|Operational Command|Military District)\b"
        ),
        ministries=re.compile(
            rf"\b(?:{adjective} )?{field} Ministry\b|"
            rf"\b(?:{adjective} )?Ministry (?:of|for) (?:the )?{field}(?:(?:,| and) {field})*(?: of [A-Z][a-z]+)?"
        ),
        bodies=re.compile(rf"(?<![\w’'-]){_any(bodies)}(?![\w-])"),
        administrations=re.compile(rf"\b{lead}[A-Z][a-z]+ Administration\b(?= )"),
        # "National Disaster Relief Agency", "Council for Water Safety"; shorter ones ("Security Council") are left to the recognizer.
        headed=re.compile(
            rf"(?<![\w’'.-]){lead}(?:[A-Z][a-z]+(?:,| and)? ){{2,5}}{part['body_head']}"
            r"(?: (?:for|of|on)(?: the)?(?: [A-Z][a-z]+(?: and)?){1,4})?(?![\w-])"
        ),
        platforms=re.compile(rf"(?<=\bon ){part['platform']}(?![\w-]| [A-Z\d])"),
        weapons=re.compile(rf"(?<![\w-]){_any([r['name'] for r in weapons])}(?!\w)"),
        unsure_weapons=frozenset(r["name"] for r in weapons if r["sure"] != "yes"),
        designations=re.compile(
            rf"\b{part['designation']}-\d{{1,4}}(?:[A-Z]{{1,3}}\d?|[a-z](?![a-z]))?(?:/\d+)?s?(?![\w-])(?: {part['nickname']}s?\b)?"
        ),
        weapon_word=re.compile(rf"(?:[- ](?:type|class|made|series)\b|[- ](?:\w+ )?{part['weapon_word']}\b)", re.IGNORECASE),
        combined=re.compile(rf"\b{part['combining']}-{_any(peoples)}(?!\w)"),
        demonyms=re.compile(rf"(?<![\w’'.-]){_any(peoples)}(?!\w)"),
        countries=re.compile(rf"(?<![\w’'.-]){_any(countries)}(?!\w)"),
        municipalities=re.compile(
            rf"\b(?:(?:People[’']s|Democratic|Islamic|Arab|Federal|Federative|Socialist|Bolivarian|Co-operative|Oriental|United) ){{0,6}}"
            rf"(?:Municipality|Commune|Republic|Kingdom|Principality|Emirate) of {_WORD}(?: {_WORD})?"
        ),
        wide=re.compile(rf"(?<![\w’'.-]){_any(wide)}(?![\w-])"),
        natural=re.compile(rf"\b{part['natural_before']} (?!Town|City){_WORD}(?:[ -]{_WORD})?|\b{lead}(?:[A-Z][a-z’'-]+ ){{1,2}}{part['natural']}\b"),
        facilities=re.compile(rf"\b{lead}(?:{_WORD} ){{1,3}}{part['facility']}\b|\b{part['facility_before']} {_WORD}"),
        events=re.compile(
            rf"\bOperation {_WORD}(?: {_WORD}){{0,2}}|\b{part['storm']} (?!{part['not_storm']})[A-Z][a-zé]+\b|"
            r"\bWorld War (?:II?|One|Two|1|2)\b|\bBattle of [A-Z]\w+(?: [A-Z]\w+)?"
        ),
        named_events=re.compile(rf"(?<![\w-]){_any([r['name'] for r in resources.rows('events.csv')])}(?!\w)"),
        diseases=re.compile(
            rf"(?<![\w-])(?:{_any(sure_diseases)}(?![\w-])|{_any(placed_diseases)}(?= {part['disease_word']}\b))",
        ),
        elections=re.compile(rf"\b(?:1[789]|20)\d\d ({election_place}) (?:{part['election']}[ -]){{0,3}}elections?\b"),
        needed=_needed(),
    )
