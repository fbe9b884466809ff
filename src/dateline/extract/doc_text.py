"""What every extractor asks of a Doc and spaCy works out anew at each access: its text, the sentence of each token."""

from __future__ import annotations

from spacy.tokens import Doc

_TEXT = "dateline.text"
_WORDS = "dateline.words"
_ANNOTATED = "dateline.annotated"


def text_of(doc: Doc) -> str:
    """Return the text of a doc, joined from its tokens once and kept with it (the words of a Doc never change)."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def keep_text(doc: Doc, text: str) -> None:
    """Keep the text that a doc was made of: no tokenizer that spares every blank need be asked for it again."""
    doc.user_data[_TEXT] = text


def words_of(doc: Doc) -> list[str]:
    """Return the tokens of a doc as written, read once and kept with it."""
    words: list[str] | None = doc.user_data.get(_WORDS)
    if words is None:
        words = doc.user_data[_WORDS] = [token.text for token in doc]
    return words


def annotated(doc: Doc, attribute: str) -> bool:
    """Return whether any token has the attribute ("DEP", "TAG"). spaCy asks all tokens each time; only a yes is kept: a pipe may bring it yet."""
    key = f"{_ANNOTATED}.{attribute}"
    known: bool = doc.user_data.get(key, False)
    if not known and doc.has_annotation(attribute):
        known = doc.user_data[key] = True
    return known


def sentence_starts(doc: Doc) -> list[int]:
    """Return the character offsets at which sentences begin; [0] where nobody marked any."""
    if not len(doc) or not doc.has_annotation("SENT_START"):
        return [0]
    rows = doc.to_array(["IDX", "SENT_START"])
    rows[0, 1] = 1
    starts: list[int] = rows[rows[:, 1] == 1, 0].tolist()
    return starts


def sentence_numbers(doc: Doc) -> list[int]:
    """Return the number of the sentence of each token, from 0; all 0 where nobody marked any."""
    if not len(doc) or not doc.has_annotation("SENT_START"):
        return [0] * len(doc)
    begins = doc.to_array(["SENT_START"]) == 1
    begins[0] = False
    numbers: list[int] = begins.cumsum().tolist()
    return numbers
