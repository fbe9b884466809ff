"""spaCy's English rule lemmatizer, asked once for each word, part of speech and morphology instead of once a token."""

from __future__ import annotations

from typing import Any

import numpy
from spacy.attrs import LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found]  # A Cython module without stubs.
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

# Forms whose lemma is kept.
MOST_FORMS = 50_000


class LemmatizerByForm(EnglishLemmatizer):
    """The lemmatizer with what it said of each form."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token that has none."""
        try:
            doc.from_array([LEMMA], self._lemmas(doc))
        except Exception as problem:  # As spaCy's own components do: what becomes of it is the pipeline's to say.
            self.get_error_handler()(self.name, self, [doc], problem)
        return doc

    def _lemmas(self, doc: Doc) -> Any:
        if len(self.cache) > MOST_FORMS:
            self.cache.clear()
        keys = list(map(tuple, doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()))
        # The strings are added for each doc: a memory zone may have forgotten them with the one before.
        add = self.vocab.strings.add
        first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        lemmas = {key: key[3] or add(self._lemma(key, doc, at)) for key, at in first.items()}
        return numpy.array([lemmas[key] for key in keys], dtype="uint64")

    def _lemma(self, key: tuple[int, ...], doc: Doc, at: int) -> str:
        if key not in self.cache:
            self.cache[key] = self.lemmatize(doc[at])
        return str(self.cache[key][0])


def speed_up(nlp: Language) -> Language:
    """Put this lemmatizer in the place of a loaded pipeline's; name, tables and configuration stay."""
    for i, (name, component) in enumerate(nlp._components):
        if type(component) is EnglishLemmatizer and component.mode == "rule" and not component.overwrite:
            by_form = LemmatizerByForm(nlp.vocab, None, name, mode="rule", scorer=component.scorer)
            by_form.lookups = component.lookups
            # Keyed word lists: as lists, in which the lemmatizer looks every form up, they take a third of the time of everything.
            index = by_form.lookups.get_table("lemma_index")
            for part, known in list(index.items()):
                index[part] = dict.fromkeys(known, True)
            nlp._components[i] = (name, by_form)
    return nlp
