"""What lists and patterns know better than a network: designations, numbered units, ministries, demonyms, countries.

Every rule yields token spans with a label and a strength. Strong spans replace what the recognizer said where they overlap; weak ones only fill gaps.
The words are in seeds/reference (weapons.csv, bodies.csv, military_units.csv, demonyms.csv, countries.csv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dateline import resources

Found = tuple[int, int, str, bool]
"""Start and end character, label, whether it is strong."""

# "F-16", "T-72B3", "Kh-101", "S-300", "MQ-9", "Su-34s", "Mi-8"; not "G-7", "COVID-19", "A-1" roads, "U-20".
_DESIGNATION = re.compile(
    r"\b(?:(?:F|T|S|M|P|Kh|X|Su|MiG|Mig|Tu|Il|An|Mi|Ka|MQ|RQ|AH|UH|CH|B|C|A|BMP|BTR|BMD|BRDM|AK|RPG|KN|Yak|FAB|KAB|UMPB|RS|SS|SA|FIM|FGM|AIM|AGM|GBU|TB|PT|TOS|BM|"
    r"MT-LB|Mk|J|JF|H|Y|DF|JL|PAC|SM|R|RBS|CV|AMX|D|2S|9M|9K|PzH|Shahed|Geran|Orlan|Iskander|Hwasong|Fateh|Shahab|Mohajer|Kheibar|Badr|Qiam|Yars|Bulava|Topol|Akinci|Buk|Tor|"
    r"Osa|Igla|Strela|Krasukha|Tornado|Grom|Krona|Lancet|Supercam|ZALA|Zala)-\d{1,4}(?:[A-Z]{1,3}\d?|[a-z](?![a-z]))?(?:/\d+)?(?:s\b)?|"
    r"M(?:1A[12]|109|113|142|270|777|198|4A1)s?|BM-21 Grad|MQ-9 Reapers?|MQ-1 Predators?|UH-60 Black Hawks?|AH-64 Apaches?|CH-47 Chinooks?|F-35 Lightning(?: II)?|F/A-18s?)(?![\w-])"
)
_NOT_WEAPON = re.compile(r"^(?:[ACHJMRDTSP]-\d|A-\d{1,3}$|R-\d|M-\d{1,2}$|D-\d|C-[1-9]$|H-\d$|B-[1-9]$|S-\d{1,2}$|T-1$|P-[1-5]$|F-1$)")
_KNOWN_SHORT = re.compile(r"^(?:T-\d{2}\w*s?|S-[2345]00\w*|F-\d{1,3}\w*|C-\d{2,3}\w*|B-\d{1,2}\w*|A-\d0\w*|J-\d{1,2}\w*|M-?\d{2,3}\w*|P-8\w*|H-6\w*|R-\d{2,3}\w*|D-30)$")
_WEAPON_WORD = re.compile(
    r"^(?:[- ](?:type|class|made|series)|[- ]?(?:\w+ )?(?:drones?|missiles?|rockets?|tanks?|jets?|fighters?|warplanes?|launchers?|batter(?:y|ies)|systems?|bombs?|helicopters?|gunships?|"
    r"aircraft|bombers?|howitzers?|vehicles?|carriers?|UAVs?|planes?|rifles?|interceptors?|guns?|mortars?|shells?|torpedo(?:es)?|submarines?|frigates?|multiple|air defen[cs]e|surface))",
    re.I,
)
_ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)"


@dataclass(frozen=True, slots=True)
class Tables:
    """The patterns compiled from the reference tables."""

    units: re.Pattern[str]
    ministries: re.Pattern[str]
    bodies: re.Pattern[str]
    weapons: re.Pattern[str]
    unsure_weapons: frozenset[str]
    demonyms: re.Pattern[str]
    countries: re.Pattern[str]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))


@cache
def tables() -> Tables:
    """Return the compiled tables, built once a process."""
    arms = [r["word"] for r in resources.rows("military_units.csv") if r["part"] == "arm"]
    sizes = [r["word"] for r in resources.rows("military_units.csv") if r["part"] == "size"]
    groups = [r["word"] for r in resources.rows("military_units.csv") if r["part"] == "sector"]
    fields = [r["word"] for r in resources.rows("military_units.csv") if r["part"] == "field"]
    weapons = list(resources.rows("weapons.csv"))
    bodies = [r["name"] for r in resources.rows("bodies.csv") if r["sure"] == "yes" and (len(r["name"]) > 3 or r["name"].isupper())]
    peoples = [r["demonym"] for r in resources.rows("demonyms.csv")]
    adjectives = _alternatives([w for w in peoples if w[-1] != "s" or w.endswith(("ss", "ese"))])
    arm = rf"(?:(?:{_alternatives(arms)})[ -])"
    countries = [name for r in resources.rows("countries.csv") for name in (r["name"], *filter(None, (r["names"] or "").split("|")))]
    field = rf"(?:{_alternatives(fields)})"
    return Tables(
        units=re.compile(
            rf"\b{_ORDINAL} {arm}{{0,4}}(?:{_alternatives(sizes)})\b|"
            rf"\b(?:{_alternatives(groups)}) (?:[Gg]roup(?:ing)?(?: of [Ff]orces| of [Tt]roops)?|Operational Command|Military District)\b"
        ),
        ministries=re.compile(
            rf"\b(?:(?:{adjectives}) )?{field} Ministry\b|"
            rf"\b(?:(?:{adjectives}) )?Ministry (?:of|for) (?:the )?{field}(?:(?:,| and) {field})*(?: of [A-Z][a-z]+)?"
        ),
        bodies=re.compile(rf"(?<![\w’'-])(?:{_alternatives(bodies)})(?![\w-])"),
        weapons=re.compile(rf"(?<![\w-])(?:{_alternatives([r['name'] for r in weapons])})(?![\w])"),
        unsure_weapons=frozenset(r["name"] for r in weapons if r["sure"] != "yes"),
        demonyms=re.compile(rf"(?<![\w’'.-])(?:{_alternatives(peoples)})(?!\w)"),
        countries=re.compile(rf"(?<![\w’'.-])(?:{_alternatives([c for c in countries if len(c) > 3 or c.isupper()])})(?!\w)"),
    )


def find(text: str) -> Iterator[Found]:
    """Yield what the patterns find in a text, strong and weak, overlapping ones included."""
    known = tables()
    for match in _DESIGNATION.finditer(text):
        word = match[0]
        sure = not _NOT_WEAPON.match(word) or bool(_KNOWN_SHORT.match(word))
        if sure or _WEAPON_WORD.match(text[match.end() : match.end() + 40]):
            yield (*match.span(), "WEAPON", True)
    for match in known.weapons.finditer(text):
        if match[0] not in known.unsure_weapons or _WEAPON_WORD.match(text[match.end() : match.end() + 40]):
            yield (*match.span(), "WEAPON", True)
    for match in known.units.finditer(text):
        yield (*match.span(), "ORG", True)
    for match in known.ministries.finditer(text):
        yield (*match.span(), "ORG", True)
    for match in known.bodies.finditer(text):
        yield (*match.span(), "ORG", False)
    for match in known.demonyms.finditer(text):
        yield (*match.span(), "NORP", False)
    for match in known.countries.finditer(text):
        yield (*match.span(), "GPE", False)


def find_in(doc: Doc) -> list[Found]:
    """Return what the patterns find in a doc, longest first among equals of strength, strong before weak."""
    return sorted(find(doc.text), key=lambda f: (not f[3], f[0] - f[1], f[0]))


@cache
def country_names() -> frozenset[str]:
    """Return the usual names of countries and territories."""
    return frozenset(name for r in resources.rows("countries.csv") for name in (r["name"], *filter(None, (r["names"] or "").split("|"))))
