"""UD treebanks (EWT, GUM) as spaCy training documents: running text of several sentences with tags, morphology, lemmas and trees."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab


@dataclass
class Sentence:
    """One CoNLL-U sentence: parallel columns; heads are 0-based, the root points at itself."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    doc_id: str = ""
    new_paragraph: bool = False
    text: str = ""


def _split_surface(surface: str, parts: list[str]) -> list[str]:
    """Cuts a multiword token's surface form into as many pieces as it has words; UD words may be spelled out ("ca" + "n't" is kept)."""
    if "".join(parts) == surface:
        return parts
    pieces, rest = [], surface
    for i, part in enumerate(parts):
        left = len(parts) - i - 1
        size = len(rest) if not left else max(1, min(len(part), len(rest) - left))
        pieces.append(rest[:size])
        rest = rest[size:]
    return pieces if all(pieces) else parts


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a CoNLL-U file; empty nodes (1.1) are left out."""
    doc_id, paragraph = "", True
    sent = Sentence(new_paragraph=True)
    span: tuple[int, int, str, bool] | None = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            doc_id, paragraph = line.split("=")[-1].strip(), True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# text ="):
            sent.text = line.split("=", 1)[1].strip()
        elif not line.strip():
            if sent.words:
                sent.doc_id, sent.new_paragraph = doc_id, paragraph
                yield sent
                paragraph = False
            sent = Sentence()
        elif not line.startswith("#"):
            c = line.split("\t")
            space = "SpaceAfter=No" not in c[9]
            if "-" in c[0]:
                first, last = map(int, c[0].split("-"))
                span = (first, last, c[1], space)
                continue
            if "." in c[0]:
                continue
            i = int(c[0])
            sent.words.append(c[1])
            sent.spaces.append(space)
            if span and span[0] <= i <= span[1]:
                sent.spaces[-1] = False
                if i == span[1]:
                    sent.words[span[0] - 1 :] = _split_surface(span[2], sent.words[span[0] - 1 :])
                    sent.spaces[-1] = span[3]
                    span = None
            sent.lemmas.append(c[2])
            sent.pos.append(c[3])
            sent.tags.append(c[4])
            sent.morphs.append("" if c[5] == "_" else c[5])
            head = int(c[6])
            sent.heads.append(head - 1 if head else i - 1)
            sent.deps.append("ROOT" if head == 0 else c[7])
    if sent.words:
        yield sent


def join(vocab: Vocab, sentences: list[Sentence], breaks: list[str], annotate_breaks: bool = True) -> Doc:
    """Makes one Doc of several sentences; breaks[i] is "" or the newlines that follow sentence i (a SPACE token, as spaCy makes of it).

    Training annotates these tokens; for measuring they stay without annotation, so that nobody scores by them.
    """
    cols: dict[str, list] = {k: [] for k in ("words", "spaces", "lemmas", "pos", "tags", "morphs", "heads", "deps", "sent_starts")}
    for sent, gap in zip(sentences, breaks, strict=True):
        base = len(cols["words"])
        cols["words"] += sent.words
        cols["spaces"] += [*sent.spaces[:-1], not gap]
        cols["lemmas"] += sent.lemmas
        cols["pos"] += sent.pos
        cols["tags"] += sent.tags
        cols["morphs"] += sent.morphs
        cols["heads"] += [base + h for h in sent.heads]
        cols["deps"] += sent.deps
        cols["sent_starts"] += [True] + [False] * (len(sent.words) - 1)
        if gap:
            cols["words"].append(gap)
            cols["spaces"].append(False)
            cols["lemmas"].append(gap if annotate_breaks else "")
            cols["pos"].append("SPACE" if annotate_breaks else "")
            cols["tags"].append("_SP" if annotate_breaks else "")
            cols["morphs"].append("")
            cols["heads"].append(len(cols["words"]) - 2)
            cols["deps"].append("dep" if annotate_breaks else "punct")  # Not "": the scorer then skips that position in every document.
            cols["sent_starts"].append(False)
    cols["spaces"][-1] = False
    cols.pop("sent_starts", None)  # the heads say it
    return Doc(vocab, **cols)


def documents(sentences: list[Sentence], vocab: Vocab, rng: random.Random | None, longest: int = 8, paragraphs: bool = False) -> Iterator[Doc]:
    """Groups neighbouring sentences of one document.

    Args:
        rng: For training: random group sizes, and paragraph ends (`# newpar`) written as a space, a newline or a blank line. None, for measuring,
            takes whole documents.
        longest: Sentences of a training group at most.
        paragraphs: In measuring, write a blank line at every `# newpar`, as UD defines raw text; else all sentences are joined by blanks.
    """
    group: list[Sentence] = []
    want = rng.randint(1, longest) if rng else 10**9
    for i, sent in enumerate(sentences):
        group.append(sent)
        nxt = sentences[i + 1] if i + 1 < len(sentences) else None
        if nxt is None or nxt.doc_id != sent.doc_id or len(group) >= want:
            breaks = []
            for follower in [*group[1:], None]:
                gap = ""
                if follower is not None and follower.new_paragraph:
                    gap = rng.choice(["", "\n\n", "\n\n", "\n"]) if rng else "\n\n" if paragraphs else ""
                breaks.append(gap)
            yield join(vocab, group, breaks, annotate_breaks=rng is not None)
            group = []
            want = rng.randint(1, longest) if rng else 10**9


def recased(sentences: list[Sentence], share: float, rng: random.Random) -> list[Sentence]:
    """Returns copies of a share of the sentences in Title Case or UPPER CASE, so that headlines and datelines are parsed too."""
    copies = []
    for sent in rng.sample(sentences, int(share * len(sentences))):
        change = rng.choice([str.title, str.title, str.upper])
        # A change of case must not change the length ("ß"), or the offsets would drift.
        words = [change(w) if len(change(w)) == len(w) and w[:1] not in "'’" else w for w in sent.words]
        copies.append(replace(sent, words=words, doc_id=f"{sent.doc_id}-case"))
    return copies


def write(corpora: Path, out: Path, vocab: Vocab, seed: int = 0, most: int | None = None) -> None:
    """Writes out/ud.{train,dev}.spacy from the treebanks in corpora/entities/ud."""
    rng = random.Random(seed)
    folder = corpora / "entities" / "ud"
    for split in ("train", "dev"):
        docs: list[Doc] = []
        for name in (f"en_ewt-ud-{split}.conllu", f"en_gum-ud-{split}.open.conllu"):
            sentences = list(read_conllu(folder / name))[:most]
            if split == "train":
                docs += documents(sentences, vocab, rng)
                docs += documents(recased(sentences, 0.06, rng), vocab, rng, longest=2)
            else:
                docs += documents(sentences, vocab, random.Random(seed), longest=16)
        if split == "dev":
            docs = docs[::2]  # Evaluation during training costs as much as training; half of dev decides as well.
        DocBin(docs=docs).to_disk(out / f"ud.{split}.spacy")
