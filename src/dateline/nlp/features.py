"""Word-list features inside the embedding of the networks.

A small CNN cannot know which words are villages; a gazetteer can. Three more columns can stand beside NORM, PREFIX, SUFFIX and SHAPE: what place (and
how big) the longest gazetteer name over the token is and whether the word is a given name or surname; what kind of word it is (title, demonym, body,
facility), how common it is in lower case, and which language's surname ending it has; and which parts of speech WordNet knows it or its base form in.
training/lexicon.py compiles the tables into one file.

Traps: every tenth small village is an English word or a surname, so the columns are evidence for the network, never a decision; in training some
place codes are blanked at random, or unlisted villages would be lost.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy
import srsly  # type: ignore[import-untyped]  # srsly ships no types.
from spacy.attrs import ORTH, intify_attr  # type: ignore[import-not-found]  # A Cython module without stubs.
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

LEXICON_FILE = Path(__file__).resolve().parent / "lexicon.msgpack.gz"
# Codes of the first column, places; names of one token and parts of longer names are told apart.
COUNTRY, REGION, CITY, TOWN, VILLAGE, NATURAL = 1, 2, 3, 4, 5, 6
GIVEN, SURNAME = 1, 2
MAX_PHRASE = 5
BLANK_SHARE = 0.12
# Words whose numbers are kept; more than a year of news has in frequent use.
MOST_WORDS = 50_000
ENDINGS = (
    r"(?:enko|chuk|iuk|yuk|yshyn|skyi|skyy|tskyi)$",
    r"(?:ov|ova|ev|eva|yov|sky|skaya|skiy|in|ina|kin|tsev)$",
    r"(?:ic|vic|ski|cki|wicz|czyk)$",
    r"(?:shvili|dze|yan|ian|oglu|zade|poulos|idis|akis)$",
    r"(?:ivka|ovka|evka|ove|eve|sk|ske|grad|hrad|pil|pol|yn|ichi|ino|ovo|evo|ne|ka)$",
    r"(?:abad|stan|pur|nagar|garh|istan|bad)$",
    r"(?:ez|es|os|eira|inho|ado|illo)$",
    r"(?:ville|ton|ham|burg|berg|shire|land|field|ford|dorf|heim)$",
    r"(?:ani|awi|iyah|iya|een|ullah|allah|uddin|i)$",
)
_ENDING = re.compile("|".join(f"({pattern})" for pattern in ENDINGS))
# Parts of speech as bits, and inflections: ending, what stands in its place in the base form, the part of speech that the base must have, code.
NOUN, VERB, ADJECTIVE, ADVERB = 1, 2, 4, 8
INFLECTIONS = (
    ("ies", ("y",), NOUN, 1), ("es", ("", "e"), NOUN, 1), ("s", ("",), NOUN, 1),
    ("ies", ("y",), VERB, 2), ("es", ("", "e"), VERB, 2), ("s", ("",), VERB, 2),
    ("ied", ("y",), VERB, 4), ("ed", ("", "e", "2"), VERB, 4), ("ing", ("", "e", "2"), VERB, 5),
    ("er", ("", "e", "2"), ADJECTIVE, 6), ("ier", ("y",), ADJECTIVE, 6), ("est", ("", "e", "2"), ADJECTIVE, 7), ("iest", ("y",), ADJECTIVE, 7),
    ("ly", ("",), ADJECTIVE, 8),
)  # fmt: skip


def fold(text: str) -> str:
    """Return a name as the lexicon keys it: lower case, no accents, no apostrophes."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ı", "i")) if not unicodedata.combining(c))
        text = text.replace("’", "").replace("ʼ", "").replace("‘", "")
    return text.replace("'", "").lower()


class NameLexicon:
    """The compiled lists.

    Attributes:
        places: Folded name (tokens separated by blanks) to place code.
        longest: First token of a longer place name to the number of tokens of the longest one.
        words: Folded word to name code + 4 * word class + 64 * how common it is in lower case (0, 1, 2).
        speech: Base form to the parts of speech that WordNet has it in, as bits.
    """

    def __init__(self, places: dict[str, int], longest: dict[str, int], words: dict[str, int], speech: dict[str, int]) -> None:
        self.places, self.longest, self.words, self.speech = places, longest, words, speech
        self._forget()

    @classmethod
    def from_file(cls, path: Path) -> NameLexicon:
        """Read the file that training/lexicon.py writes."""
        data = cast(dict[str, Any], srsly.msgpack_loads(gzip.decompress(path.read_bytes())))
        places, words, speech = (
            {name: int(code) for code, names in data[kind].items() for name in names.split("\n")} for kind in ("places", "words", "speech")
        )
        longest: dict[str, int] = {}
        for name in [name for name in places if " " in name]:
            first, size = name[: name.index(" ")], min(name.count(" ") + 1, MAX_PHRASE)
            if size > longest.get(first, 0):
                longest[first] = size
        return cls(places, longest, words, speech)

    def is_common(self, word: str) -> bool:
        """Say whether the lower-cased word is in general use in English."""
        return self.words.get(fold(word), 0) >= 64

    def place_code(self, name: str) -> int:
        """Return the place code of a whole name, 0 where no gazetteer has it."""
        return self.places.get(re.sub(r"(?:(?<!\s)\s+)?-\s*", " - ", fold(name)), 0)

    def is_surname(self, word: str) -> bool:
        """Say whether a name list has the word as a surname or given name."""
        return bool(self.words.get(fold(word), 0) & (GIVEN | SURNAME))

    def parts_of_speech(self, key: str) -> int:
        """Return a code of the parts of speech that a folded word can have as it stands (bits) and as an inflected form (times 16)."""
        code, inflected = self.speech.get(key, 0), 0
        for ending, replacements, needed, number in INFLECTIONS:
            if len(key) > len(ending) + 1 and key.endswith(ending):
                stem = key[: -len(ending)]
                bases = [stem[:-1] if put == "2" and stem[-1] == stem[-2] else stem + put for put in replacements]
                if any(self.speech.get(base, 0) & needed for base in bases):
                    inflected = 3 if {inflected, number} == {1, 2} else inflected or number
        return code + 16 * inflected

    def _forget(self) -> None:
        self._numbers: dict[int, int] = {}
        self._keys: list[str] = []
        self._seen: numpy.ndarray[Any, numpy.dtype[numpy.int64]] = numpy.zeros((4096, 7), dtype="int64")

    def _number(self, orth: int, text: str) -> int:
        """Return the row of `_seen` with what is known of a word by itself: capital, place, names, kind, parts of speech, longest phrase, code."""
        key = fold(text)
        capital = text[:1].isupper() or key in {"al", "el", "de"}
        code = self.words.get(key, 0)
        ending = 0
        if capital and len(key) > 4:
            match = _ENDING.search(key)
            ending = match.lastindex or 0 if match else 0
        case = 0 if not capital else (2 if len(text) > 1 and text.isupper() else 1)
        place, longest = (self.places.get(key, 0), self.longest.get(key, 0)) if capital else (0, 0)
        number = len(self._keys)
        if number == len(self._seen):
            self._seen = numpy.concatenate([self._seen, numpy.zeros_like(self._seen)])
        self._seen[number] = capital, place, code & 3, ((code // 4) * 10 + ending) * 3 + case, self.parts_of_speech(key), longest, code
        self._keys.append(key)
        self._numbers[orth] = number
        return number

    def _of(self, doc: Doc) -> list[int]:
        """Return the row of `_seen` of each word of a doc."""
        if len(self._keys) > MOST_WORDS:
            self._forget()
        known, strings = self._numbers, doc.vocab.strings
        # A word that is new has no number yet; number 0 is a word's too, so `or` would not do.
        return [known[orth] if orth in known else self._number(orth, strings[orth]) for orth in doc.to_array(ORTH).tolist()]

    def codes(self, doc: Doc) -> list[int]:
        """Return the code of each word of a doc, as `words` has it."""
        codes: list[int] = self._seen[self._of(doc), 6].tolist() if len(doc) else []
        return codes

    def columns(self, doc: Doc) -> numpy.ndarray[Any, numpy.dtype[numpy.uint64]]:
        """Return the three feature columns of a doc, shape (tokens, 3)."""
        numbers = self._of(doc)
        seen = self._seen[numbers]
        capital, places = seen[:, 0], seen[:, 1]
        free = 0
        for i in numpy.flatnonzero(seen[:, 5]).tolist():
            if i < free:
                continue
            for size in range(min(int(seen[i, 5]), len(numbers) - i), 1, -1):
                if not capital[i + size - 1]:
                    continue
                if found := self.places.get(" ".join([self._keys[n] for n in numbers[i : i + size]]), 0):
                    places[i], places[i + 1 : i + size] = found + 7, found + 14
                    free = i + size
                    break
        out = numpy.empty((len(numbers), 3), dtype="uint64")
        out[:, 0] = numpy.where(capital, places * 4 + seen[:, 2] + 1, 0)
        out[:, 1:] = seen[:, 3:5]
        return out


@cache
def lexicon() -> NameLexicon:
    """Return the shipped lexicon, read once a process."""
    return NameLexicon.from_file(LEXICON_FILE)


def _extract(attributes: list[int], columns: int, unknown: float) -> Callable[..., Any]:
    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        features = []
        for doc in docs:
            base = doc.to_array(list[int | str](attributes)).astype("uint64")
            if base.ndim == 1:
                base = base.reshape((-1, len(attributes)))
            extra = lexicon().columns(doc)[:, :columns]
            if is_train and len(doc):
                blank = numpy.random.uniform(size=len(doc)) < BLANK_SHARE
                extra[blank, 0] = numpy.where(extra[blank, 0] > 0, 1, 0)
                if unknown:
                    lost = numpy.random.uniform(size=len(doc)) < unknown
                    base[lost, 0] = numpy.random.randint(1 << 62, size=int(lost.sum()))
            features.append(model.ops.asarray2i(cast(Any, numpy.hstack([base, extra]))))
        return features, lambda d_features: []

    return forward


@registry.architectures("dateline.NameHashEmbed.v1")  # type: ignore[untyped-decorator]  # catalogue does not type its decorators.
def name_hash_embed(width: int, attrs: list[str], rows: list[int], name_rows: list[int], unknown: float = 0.0) -> Model[Any, Any]:
    """Embed tokens by hashed attributes, as spacy.MultiHashEmbed does, and by the word-list columns.

    Args:
        width: Of the output and of each table.
        attrs: Lexical attributes, one table each.
        rows: Of these tables.
        name_rows: Rows of the tables of the word-list columns: names, kinds of words and, if there is a third, parts of speech.
        unknown: In training, share of the words whose first attribute is made a random number: an unseen word falls on random rows, and the network
            must have met that.
    """
    attributes = [int(intify_attr(name)) for name in attrs]
    tables: list[Model[Any, Any]] = [HashEmbed(width, count, column=i, seed=8 + i, dropout=0.0) for i, count in enumerate([*rows, *name_rows])]
    features: Model[Any, Any] = Model("extract_name_features", _extract(attributes, len(name_rows), unknown))
    mix: Model[Any, Any] = with_array(Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True))
    embedded: Model[Any, Any] = chain(features, list2ragged(), with_array(concatenate(*tables)), mix, ragged2list())
    return embedded
