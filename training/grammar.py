"""Template news: articles made of the sentences of templates.txt, with names of casting.py and bodies.py, annotated as the project's guide says."""

import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import bodies
import casting
import pycountry
from mentions import rows
from replace import with_head

Piece = tuple[str, str | None]
Group = tuple[str, list[tuple[int, int, str]]]
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NAMED_LOC = (
    "Black_Sea Red_Sea Mediterranean Mediterranean_Sea South_China_Sea East_China_Sea Sea_of_Azov Baltic_Sea Caspian_Sea "
    "Persian_Gulf Gulf_of_Aden Gulf_of_Guinea Gulf_of_Mexico Strait_of_Hormuz "
    "Taiwan_Strait Bosphorus Indian_Ocean Atlantic Pacific Arctic English_Channel Bab_el-Mandeb Caribbean Sahel Sahara "
    "Darien_Gap Donbas Balkans Caucasus Horn_of_Africa Middle_East Europe Africa Asia "
    "Latin_America Southeast_Asia Central_Asia Golan_Heights Sinai_Peninsula Korean_Peninsula Crimean_Peninsula Himalayas Andes "
    "Alps Lake_Chad Lake_Kivu Lake_Victoria Great_Lakes Nile Euphrates Tigris "
    "Dnipro Dnieper Danube Don Volga Jordan_River Mekong Indus Ganges Congo_River Niger_River Bay_of_Bengal Blue_Line "
    "Green_Line West South North Gulf Levant Western_Europe Eastern_Europe North_Africa West_Africa "
    "Mount_Hermon Mount_Kenya Kinburn_Spit Snake_Island Kuril_Islands Aegean Adriatic Suez_Canal Line_of_Contact "
    "Zagros_Mountains Hindu_Kush Sea_of_Japan Yellow_Sea Arabian_Sea"
).split()
WARS = (
    "World_War_II World_War_I Second_World_War First_World_War Cold_War Vietnam_War Korean_War Gulf_War Iraq_War Afghan_War "
    "Six-Day_War Yom_Kippur_War Falklands_War Iran-Iraq_War Winter_War Bosnian_War "
    "Second_Intifada Arab_Spring Orange_Revolution Rose_Revolution Holodomor Holocaust Operation_Desert_Storm "
    "Operation_Iron_Swords Operation_Barkhane Operation_Inherent_Resolve Operation_Olive_Branch "
    "Battle_of_Stalingrad Battle_of_Kyiv Battle_of_Mosul Hajj Olympics World_Cup Prague_Spring Velvet_Revolution Euromaidan "
    "Rwandan_genocide Darfur_conflict Syrian_civil_war War_on_Terror Great_Patriotic_War Sept._11"
).split()
WATERS = "River Reservoir Valley Bay Lake Mountains Hills Strait Island Delta Desert Peninsula Forest".split()
LETTERS = "Kh Su MiG T S F MQ BMP BTR Tu Mi KN J R DF Ka Shahab Orlan Geran FAB Kheibar Badr RS Yak SA".split()
CODE_WORDS = "Iron Northern Rising Desert Swift Eagle Shield True Silent Blue Guardian Peace Olive Thunder Lion Dawn Storm".split()
STORM_NAMES = (
    "Freddy Ida Katrina Maria Irma Helene Milton Beryl Otis Harvey Idai Kenneth Amphan Mocha Remal Yagi Haiyan Rai Goni Noru "
    "Doksuri Gaemi Boris Babet Ciaran Eunice Alfred Chido Batsirai Gabrielle Laura Dorian Matthew Nargis Fani Biparjoy"
).split()
DESIGNS = (
    "F-16 F-15 F-35 MiG-29 MiG-31 Su-24 Su-25 Su-27 Su-30 Su-34 Su-35 Tu-95 Tu-22M3 Tu-160 Il-76 An-26 A-50 Mi-8 Mi-24 Mi-28 Ka-52 "
    "T-55 T-62 T-64 T-72 T-72B3 T-80 T-90 T-90M BMP-1 BMP-2 BMP-3 BTR-80 BTR-82A S-200 S-300 S-400 Kh-22 Kh-31 Kh-55 Kh-69 Kh-101 "
    "Kh-555 KN-23 Shahed-136 Shahed-131 Geran-2 Orlan-10 Lancet-3 AK-47 RPG-7 MQ-1 MQ-9 RQ-4 B-1 B-2 B-52 C-17 C-130 J-10 J-16 J-20 "
    "JF-17 H-6 Hwasong-17 Hwasong-15 FAB-500 FAB-250 FAB-1500 Kh-38 Kh-35 R-37 P-800 BM-21 M777 M109 M113 M1A1 CV90 AMX-10 D-30 "
    "2S19 PzH-2000 Leopard-2 Mohajer-6 TB2 Yak-130 L-39 AH-64 UH-60 CH-47 AT-4 Fateh-110 DF-21 DF-26 SM-3 PAC-3 AIM-120 GBU-39 UMPK "
    "FPV Su-57"
).split()


def _number(rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.45:
        return str(rng.randint(2, 99))
    if draw < 0.65:
        return str(rng.randint(100, 999))
    if draw < 0.85:
        return f"{rng.randint(1000, 250_000):,}"
    return rng.choice(
        [*"six nine twelve twenty dozens hundreds thirty-two several".split(), "a dozen", "1.5 million", "tens of thousands", "2 million"]
    )


def _percent(rng: random.Random) -> str:
    number = rng.choice([str(rng.randint(1, 95)), f"{rng.uniform(0.1, 90):.1f}"])
    return number + rng.choice(["%", "%", "%", " percent", " per cent"])


def _money(rng: random.Random) -> str:
    return (
        rng.choice(["$", "$", "€", "£"])
        + f"{rng.uniform(1, 900):.{rng.randint(0, 1)}f}"
        + rng.choice([" million", " billion", "bn", "m", "", " trillion"])
    )


def facility_name(rng: random.Random) -> str:
    """Returns a town's or a person's name, as dams, camps and plants bear it."""
    return casting.town(rng) if rng.random() < 0.75 else casting.person(rng)[0]


def facility(rng: random.Random) -> list[Piece]:
    """Returns a facility: a capitalized head belongs to the name, a lower-case one does not (but "Goma airport" does)."""
    name = facility_name(rng)
    draw = rng.random()
    if draw < 0.55:
        head = rng.choice(
            "Airport International_Airport Nuclear_Power_Plant Hospital General_Hospital Air_Base Dam Bridge Prison Port "
            "University_Hospital Refinery Camp Square Stadium Thermal_Power_Plant Barracks Hotel "
            "Mosque Cathedral Border_Crossing Tower Mall Palace Church Station Highway Street Park Market "
            "Naval_Base Airfield Steel_Plant Children's_Hospital".split()
        )
        return [(f"{name} {head.replace('_', ' ')}", "FAC")]
    if draw < 0.7:
        return [(f"{name} airport", "FAC")]
    if draw < 0.76:
        return [(f"{rng.choice(['Camp', 'Fort', 'Hotel', 'Plaza', 'Port'])} {name}", "FAC")]
    if draw < 0.78:
        return [
            (
                rng.choice(
                    [
                        "Rafah crossing",
                        "Kerem Shalom",
                        "Red Square",
                        "Tahrir Square",
                        "Crimean Bridge",
                        "Kerch Bridge",
                        "Ground Zero",
                        "Guantanamo Bay",
                        "Evin Prison",
                        "Al-Aqsa Mosque",
                        "Grand Mosque",
                        "Wall",
                        "Independence Square",
                        "Central Station",
                        "Baghdad International Airport",
                        "Azovstal",
                        "Erez",
                        "Nord Stream",
                        "Nord Stream 2",
                        "Druzhba",
                        "Panama Canal",
                        "H05",
                        "M4",
                        "E40",
                        "Highway 1",
                    ]
                ),
                "FAC",
            )
        ]
    head = rng.choice(
        "camp prison dam bridge plant refinery base airfield crossing terminal mine complex monastery stadium port reservoir checkpoint".split()
    )
    return [(name, "FAC"), (f" {head}", None)]


def location(rng: random.Random) -> list[Piece]:
    """Returns a sea, river, mountain or wide region."""
    draw = rng.random()
    if draw < 0.6:
        return [(rng.choice(NAMED_LOC).replace("_", " "), "LOC")]
    name = casting.town(rng)
    if draw < 0.85:
        return [
            (
                f"{name} {rng.choice(WATERS)}",
                "LOC",
            )
        ]
    if draw < 0.93:
        return [(f"{rng.choice(['Lake', 'Cape', 'Mount', 'Wadi', 'Gulf of', 'Strait of', 'Bay of', 'River'])} {name}", "LOC")]
    return [(name, "LOC"), (rng.choice([" river", " reservoir", " river", " river"]), None)]


def weapon(rng: random.Random) -> str:
    """Returns a weapon by name or designation."""
    if rng.random() < 0.5:
        name = rng.choice(_weapons())
    elif rng.random() < 0.7:
        name = rng.choice(DESIGNS)
    else:
        name = f"{rng.choice(LETTERS)}-{rng.randint(2, 560)}{rng.choice(['', '', '', 'M', 'A', 'B', 'BM', 'MD'])}"
    return name + ("s" if rng.random() < 0.12 and name[-1] not in "sS" else "")


@lru_cache
def _weapons() -> list[str]:
    return [r["name"] for r in rows("weapons.csv")]


@lru_cache
def _countries() -> list[tuple[str, str, str]]:
    """Returns (name, adjective, code) of the countries that are in the news."""
    adjective: dict[str, str] = {}
    for row in rows("demonyms.csv"):
        if row["kind"] == "nationality":
            adjective.setdefault(row["country"], row["demonym"])
    out = []
    usual = {c.replace("_", " ") for c in casting.COMMON_COUNTRIES}
    for entry in pycountry.countries:
        name = getattr(entry, "common_name", entry.name).split(",")[0]
        short = {
            "RU": "Russia",
            "SY": "Syria",
            "IR": "Iran",
            "KR": "South Korea",
            "KP": "North Korea",
            "VN": "Vietnam",
            "TR": "Turkey",
            "CD": "Congo",
            "TZ": "Tanzania",
            "MD": "Moldova",
            "TW": "Taiwan",
            "GB": "Britain",
        }
        name = short.get(entry.alpha_2, name)
        if entry.alpha_2 in adjective and (name in usual):
            weight = (
                12
                if entry.alpha_2 in {"UA", "RU"}
                else 3
                if entry.alpha_2 in {"IL", "SY", "IQ", "LB", "YE", "SD", "PK", "IN", "IR", "US", "CD", "ML", "SO", "LY"}
                else 1
            )
            out += [(name, adjective[entry.alpha_2], entry.alpha_2)] * weight
    return out


class Scene:
    """Persons, countries and towns of one article."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people = [casting.person(rng) for _ in range(3)]
        self.countries = [rng.choice(_countries()) for _ in range(3)]
        home = self.countries[rng.choice([0, 0, 1])][2]
        if rng.random() < 0.25:
            home = None
        self.towns = [self._town(home) for _ in range(3)]
        self.home = home
        self.region = casting.province(rng) if rng.random() < 0.5 else self._town(home)
        self.orgfull, self.acr = self._named_with_acronym()

    def _town(self, home: str | None) -> str:
        return casting.town(self.rng, home if home and self.rng.random() < 0.75 else None)

    def _named_with_acronym(self) -> tuple[str, str]:
        for _ in range(20):
            name = self.rng.choice([bodies.party, bodies.local, bodies.staff])(self.rng)
            letters = "".join(w[0] for w in re.findall(r"[A-Z]\w+", name))
            if 2 < len(letters) < 6:
                return name, letters
        return "Rapid Support Forces", "RSF"

    def slot(self, name: str) -> list[Piece]:
        """Fills one slot."""
        rng = self.rng
        if name[0] == "=":
            text, label = name[1:].rsplit("/", 1)
            return [(text, label)]
        if name[0] in "PS" and name[1:].isdigit():
            return [(self.people[int(name[1]) - 1][0 if name[0] == "P" else 1], "PERSON")]
        if name[0] == "T" and name[1:].isdigit():
            return [(self.towns[int(name[1]) - 1], "GPE")]
        if name.startswith("Up "):
            return [(self.towns[0].upper(), "GPE")]
        if name in "ABC":
            return [(self.countries["ABC".index(name)][0], "GPE")]
        if name[1:] == "adj":
            return [(self.countries["ABC".index(name[0])][1], "NORP")]
        if name[1:] == "cap":
            return [(casting.capital(rng), "GPE")]
        if name == "towns":
            names = [self.rng.choice(self.towns)] + [self._town(self.home) for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3, 5]))]
            pieces: list[Piece] = []
            for i, town in enumerate(names):
                if i:
                    pieces.append((" and " if i == len(names) - 1 else ", ", None))
                pieces.append((town, "GPE"))
            return pieces
        if name == "min":
            return [(self._ministry(), "ORG")]
        if name == "fac":
            return facility(rng)
        if name == "loc":
            return location(rng)
        plain: dict[str, tuple[Callable[[random.Random], str], str | None]] = {
            "town": (casting.town, "GPE"),
            "R1": (lambda r: self.region, "GPE"),
            "body": (self._body, "ORG"),
            "body2": (lambda r: rng.choice([bodies.staff, bodies.local])(r), "ORG"),
            "minbare": (lambda r: f"{bodies._pick(r, bodies.FIELDS)} Ministry", "ORG"),
            "unit": (bodies.unit, "ORG"),
            "group": (self._group, "ORG"),
            "agency": (lambda r: bodies._pick(r, bodies.UN), "ORG"),
            "media": (lambda r: bodies._pick(r, bodies.MEDIA) if r.random() < 0.75 else bodies.local(r), "ORG"),
            "party": (bodies.party, "ORG"),
            "company": (self._company, "ORG"),
            "weapon": (weapon, "WEAPON"),
            "people": (casting.people, "NORP"),
            "event": (self._event, "EVENT"),
            "FN2": (facility_name, "FAC"),
            "FN3": (facility_name, "FAC"),
            "person": (lambda r: casting.person(r)[0], "PERSON"),
            "longparty": (bodies.long_party, "ORG"),
            "foreignparty": (bodies.foreign_party, "ORG"),
            "longorg": (bodies.long_organisation, "ORG"),
            "univ": (bodies.university, "ORG"),
            "acr2": (bodies.acronym, "ORG"),
            "Sec": (lambda r: r.choice(bodies.SECTORS), "ORG"),
            "Sec2": (lambda r: r.choice(bodies.SECTORS), "ORG"),
            "Dir": (lambda r: f"{r.choice(['Northern', 'Southern', 'Eastern', 'Western'])} {casting.facility_adjective(r)}", "LOC"),
            "acr": (lambda r: self.acr, "ORG"),
            "orgfull": (lambda r: self.orgfull, "ORG"),
            "FN": (facility_name, "FAC"),
            "n": (_number, None),
            "pct": (_percent, None),
            "money": (_money, None),
            "small": (lambda r: r.choice("two three four five six seven eight nine ten 2 3 4 5 6 12".split()), None),
            "day": (lambda r: r.choice(DAYS), None),
            "month": (lambda r: r.choice(MONTHS), None),
            "year": (lambda r: str(r.randint(1990, 2026)), None),
            "dom": (lambda r: str(r.randint(1, 30)), None),
            "mag": (lambda r: f"{r.uniform(4, 8):.1f}", None),
            "dirn": (lambda r: r.choice(["", "northern ", "southern ", "eastern ", "western ", "central "]), None),
        }
        make, label = plain[name]
        return [(make(rng), label)]

    def _ministry(self) -> str:
        adjective = self.countries[self.rng.choice([0, 1])][1]
        field = bodies._pick(self.rng, ["Defence", "Defense", "Foreign", "Interior", "Health", *bodies.FIELDS])
        return self.rng.choice(
            [
                f"{adjective} {field} Ministry",
                f"{field} Ministry",
                f"{adjective} Ministry of {'Foreign Affairs' if field == 'Foreign' else field}",
                f"Ministry of {'Foreign Affairs' if field == 'Foreign' else field}",
            ]
        )

    def _body(self, rng: random.Random) -> str:
        return rng.choice(
            [bodies.body, bodies.staff, bodies.ministry, lambda r: bodies._pick(r, bodies.UN), lambda r: bodies._pick(r, bodies.SEATS), bodies.local]
        )(rng)

    def _group(self, rng: random.Random) -> str:
        draw = rng.random()
        return (
            bodies._pick(rng, bodies.GROUPS)
            if draw < 0.6
            else bodies.acronym(rng)
            if draw < 0.75
            else bodies.party(rng)
            if draw < 0.9
            else rng.choice(bodies.SECTORS)
        )

    def _company(self, rng: random.Random) -> str:
        return bodies._pick(rng, bodies.COMPANIES) if rng.random() < 0.6 else bodies.local(rng)

    def _event(self, rng: random.Random) -> str:
        draw = rng.random()
        if draw < 0.5:
            return f"{rng.choice(['Hurricane', 'Typhoon', 'Cyclone', 'Tropical Storm', 'Storm', 'Cyclone'])} {rng.choice(STORM_NAMES)}"
        if draw < 0.7:
            return f"Operation {rng.choice(CODE_WORDS)}{rng.choice(['', ' Shield', ' Sword', ' Lion', ' Wind', ' Spring', ' Storm'])}"
        return rng.choice(WARS).replace("_", " ")


@lru_cache
def templates() -> dict[str, list[str]]:
    """Returns section -> templates."""
    table: dict[str, list[str]] = {}
    section = ""
    for line in (Path(__file__).parent / "templates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
        elif line and not line.startswith("#"):
            table.setdefault(section, []).append(line)
    return table


def _choose(template: str, rng: random.Random) -> str:
    """Resolves the innermost [a|b] again and again."""
    inner = re.compile(r"\[([^\[\]]*)\]")
    while match := inner.search(template):
        template = template[: match.start()] + rng.choice(match[1].split("|")) + template[match.end() :]
    return template


def sentence(template: str, scene: Scene) -> Group:
    """Returns one filled sentence with its spans."""
    text, spans = "", []
    for i, part in enumerate(re.split(r"\{([^}]*)\}", _choose(template, scene.rng))):
        pieces: list[Piece] = scene.slot(part) if i % 2 else [(part, None)]
        for word, label in pieces:
            if label:
                spans.append((len(text), len(text) + len(word), label))
            text += word
    if text and text[0].islower():
        text = text[0].upper() + text[1:]
    return text, [with_head(text, s) for s in spans]


def headline(group: Group, rng: random.Random) -> Group:
    """Returns a headline in Title Case half the time."""
    text, spans = group
    text = text.rstrip(".")
    if rng.random() < 0.5:
        new = re.sub(
            r"(?<![\w'’.])[a-z][\w'’]*",
            lambda m: (
                m[0]
                if m[0] in {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "as", "by"} and rng.random() < 0.6
                else m[0].capitalize()
            ),
            text,
        )
        text = new if len(new) == len(text) else text
    return text, [s for s in spans if s[1] <= len(text)]


def dateline(scene: Scene) -> Group:
    """Returns "KYIV, Aug 13 (Reuters) - " and its like, or nothing."""
    rng = scene.rng
    town = rng.choice([*scene.towns, casting.capital(rng), casting.capital(rng)])
    if rng.random() < 0.75:
        town = town.upper()
    spans = [(0, len(town), "GPE")]
    text = town
    if rng.random() < 0.06:
        strip = rng.choice(["Gaza Strip", "West Bank", "Occupied West Bank", "Hong Kong", "Northern Cyprus"]).removeprefix("Occupied ")
        spans.append((len(text) + 2, len(text) + 2 + len(strip), "GPE"))
        text += f", {strip}"
    if rng.random() < 0.2:
        country = scene.countries[0][0]
        spans.append((len(text) + 2, len(text) + 2 + len(country), "GPE"))
        text += f", {country}"
    if rng.random() < 0.7:
        text += rng.choice(
            [
                f", {rng.choice(MONTHS)[:3]} {rng.randint(1, 30)}",
                f", {rng.choice(MONTHS)} {rng.randint(1, 30)}",
                f", {rng.randint(1, 30)} {rng.choice(MONTHS)}",
                f", {rng.choice(MONTHS)[:3]}. {rng.randint(1, 30)}",
            ]
        )
    if rng.random() < 0.45:
        agency = bodies._pick(rng, ["Reuters", "AP", "AFP", "Interfax", "TASS", "Ukrinform", "Xinhua", *bodies.MEDIA])
        spans.append((len(text) + 2, len(text) + 2 + len(agency), "ORG"))
        text += f" ({agency})"
    return text + rng.choice([" - ", " — ", " – ", " -- ", ": "]), spans


THEMES = [
    "war",
    "war",
    "war",
    "war",
    "mideast",
    "africa",
    "asia",
    "disaster",
    "politics",
    "politics",
    "economy",
    "encyclopedic",
    "encyclopedic",
    "encyclopedic",
]


def article(rng: random.Random) -> Group:
    """Returns a short article: now and then a headline and a dateline, a lead, three to eight sentences of one theme."""
    scene = Scene(rng)
    table = templates()
    theme = rng.choice(THEMES)
    parts: list[Group] = []
    gaps: list[str] = []

    def add(group: Group, gap: str) -> None:
        parts.append(group)
        gaps.append(gap)

    if rng.random() < 0.4 and theme != "encyclopedic":
        add(headline(sentence(rng.choice(table["headline"]), scene), rng), rng.choice(["\n\n", "\n\n", "\n", ". "]))
    if rng.random() < 0.45 and theme != "encyclopedic":
        add(dateline(scene), "")
    if theme == "encyclopedic":
        pool = rng.choices(table[theme], k=rng.randint(1, 4))
    else:
        pool = [
            *rng.choices(table["lead"], k=1),
            *rng.choices(table[theme], k=rng.randint(2, 5)),
            *rng.choices(table["more"], k=rng.randint(0, 2)),
            *rng.choices(table["negative"], k=rng.randint(0, 2)),
        ]
    body = pool[1:]
    rng.shuffle(body)
    for template in [pool[0], *body]:
        add(sentence(template, scene), rng.choice([" ", " ", "\n\n"]))
    text, spans = "", []
    for (piece, found), gap in zip(parts, gaps, strict=True):
        spans += [(s + len(text), e + len(text), x) for s, e, x in found]
        text += piece + gap
    return text.rstrip(), spans


if __name__ == "__main__":
    generator = random.Random(3)
    for _ in range(12):
        shown, marked = article(generator)
        print(shown)
        print([(shown[a:b], x) for a, b, x in marked], end="\n\n")
