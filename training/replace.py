"""Mention replacement: gold sentences with their names swapped for names of other languages and kinds.

It is the lever that moved in-domain scores most: the corpora are full of Houston and Bush, the news of Kramatorsk and al-Burhan.
"""

import random
import re

import bodies
import casting
from mentions import Passage, Span, countries, titles

KEEP = re.compile(r"(?i)^(i|god|allah|jesus|christ|congress|senate)$")
LEFT_TITLE = tuple(
    t
    for t in titles()
    if t[0].isupper() and t not in {"Private", "Deputy", "Justice", "Chief", "Father", "Sister", "Major", "Secretary", "King", "Queen"}
)
NEED_THE = re.compile(
    r"\b(Ministry|Forces|Staff|Army|Navy|Force|Guard|Council|Committee|Commission|Authority|Agency|Service|Office|Party|Union|Front|Movement|Brigade|Corps|Division|Regiment|Battalion|group|Court|Department)\b"
)


def with_head(text: str, span: Span) -> Span:
    """Takes "Oblast" and the like into the name of a region: "Kursk Oblast", "Belgorod oblast", but "Kursk" of "Kursk region"."""
    match = re.match(r" (?:Oblast|oblast|Province|Governorate|District|Region|Prefecture|Krai)\b", text[span[1] :])
    return (span[0], span[1] + match.end(), span[2]) if match and span[2] == "GPE" else span


class Cast:
    """The new names of one document: a name that comes back gets the same replacement."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.surnames: dict[str, tuple[str, str]] = {}
        self.places: dict[str, str] = {}
        self.bodies: dict[str, str] = {}

    def person(self, old: str) -> str:
        """A full name for a full name, its surname where only the surname stands."""
        words = old.split()
        key = words[-1].lower()
        if key not in self.surnames:
            self.surnames[key] = casting.person(self.rng)
        full, surname = self.surnames[key]
        return full if len(words) > 1 else surname

    def place(self, old: str) -> str:
        """A country for a country, a town for a town."""
        if old not in self.places:
            if old in countries():
                new = casting.country(self.rng)
            elif self.rng.random() < 0.15:
                new = casting.capital(self.rng)
            elif self.rng.random() < 0.1:
                new = casting.province(self.rng)
            else:
                new = casting.town(self.rng)
            self.places[old] = new
        return self.places[old]

    def body(self, old: str) -> str:
        """Any body for any body."""
        if old not in self.bodies:
            self.bodies[old] = bodies.body(self.rng)
        return self.bodies[old]


def replaced(passage: Passage, cast: Cast, rng: random.Random) -> Passage:
    """Returns the passage with new names, titles, tails and conjoined names."""
    out: list[str] = []
    spans: list[Span] = []
    length = 0
    last = 0

    def put(text: str, label: str | None = None) -> None:
        nonlocal length
        if label:
            spans.append((length, length + len(text), label))
        out.append(text)
        length += len(text)

    source = passage.text
    for start, end, label in passage.spans:
        put(source[last:start])
        old = source[start:end]
        before = source[:start]
        after = source[end : end + 1]
        last = end
        shout = old.isupper() and len(old) > 5
        if KEEP.match(old):
            put(old, label)
        elif label == "PERSON" and rng.random() < 0.85 and old[0].isupper():
            new = cast.person(old)
            if rng.random() < 0.25 and not re.search(r"[A-Z][\w.]*\W*$", before) and not before.endswith(("'s ", "’s ")):
                if rng.random() < 0.25:
                    put(casting.adjective(rng), "NORP")
                    put(" ")
                elif rng.random() < 0.15:
                    put(casting.town(rng), "GPE")
                    put(rng.choice([" Governor ", " governor ", " Mayor ", " mayor ", " resident ", " police chief "]))
                    put(new, label)
                    continue
                put(rng.choice(LEFT_TITLE) + " ")
            put(new.upper() if shout else new, label)
        elif label == "GPE" and rng.random() < 0.8:
            new = cast.place(old)
            at_start = not before.strip(" \"'“")
            if shout or (at_start and rng.random() < 0.12):
                new = new.upper()
            put(new, label)
            if (
                old not in countries()
                and after in {" ", ",", ".", ""}
                and not re.match(r" (region|oblast|province|city|state|axis|[A-Z])", source[end:])
            ):
                draw = rng.random()
                if draw < 0.12 and re.search(r"\b(in|from|of|to|near|across|around) $", before):
                    put(
                        rng.choice(
                            [
                                " region",
                                " region",
                                " province",
                                " district",
                                " oblast",
                                " axis",
                                " direction",
                                " sector",
                                " front",
                                " area",
                                " governorate",
                                " county",
                            ]
                        )
                    )
                elif draw < 0.2:
                    for joint in rng.choice([[" and "], [", ", " and "], [" or "], [", ", ", ", " and "]]):
                        put(joint)
                        put(casting.town(rng), "GPE")
        elif label == "NORP" and rng.random() < 0.6:
            if re.search(r"(ans|is|ese|s)$", old) and old[-1] == "s":
                put(casting.people(rng) if rng.random() < 0.5 else old, label)
            elif re.search(r"(an|i|ese|ish|ch)$", old):
                put(casting.adjective(rng), label)
            else:
                put(old, label)
        elif label == "ORG" and rng.random() < 0.5 and old[0].isupper() and not source[end:].startswith(("-", "/")):
            new = cast.body(old)
            if (
                NEED_THE.search(new)
                and before
                and not re.search(r"(\b([Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur)|['’]s|[A-Z]\w*|-)[ \"“(]*$", before)
                and rng.random() < 0.7
            ):
                put("the ")
            put(new, label)
        else:
            put(old, label)
    put(source[last:])
    text = "".join(out)
    return Passage(text, tuple(with_head(text, s) for s in spans), passage.doc, passage.source + "+replaced")


def recased(passage: Passage, rng: random.Random) -> Passage:
    """Returns the passage as a headline (Title Case, now and then with small words kept) or in capitals; offsets stay."""
    text = passage.text
    draw = rng.random()
    if draw < 0.18:
        new = text.upper()
    elif draw < 0.3 and passage.source.startswith("uner"):
        new = text.lower()  # Web texts write names small; news does not, so only there.
    else:
        small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "as", "by", "with", "from"} if draw < 0.7 else set()
        new = re.sub(r"(?<![\w'’.])[a-z][\w'’]*", lambda m: m[0] if m[0] in small and m.start() else m[0][0].upper() + m[0][1:], text)
    return Passage(new, passage.spans, None, passage.source + "+case") if len(new) == len(text) else passage
