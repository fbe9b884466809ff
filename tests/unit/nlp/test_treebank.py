"""Treebanks as running text: paragraphs, and what the blank lines between them count for."""

import sys
from pathlib import Path

import spacy
from spacy.scorer import Scorer
from spacy.training import Example

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "training"))
from treebank import documents, read_conllu  # type: ignore[import-not-found]  # training/ is put on the path above.

CONLLU = """# newdoc id = one
# newpar
# text = River rises
1	River	river	NOUN	NN	_	2	nsubj	_	_
2	rises	rise	VERB	VBZ	_	0	root	_	_

# newpar
# text = It can't stop.
1	It	it	PRON	PRP	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	stop	stop	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# text = We wait.
1	We	we	PRON	PRP	_	2	nsubj	_	_
2	wait	wait	VERB	VBP	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def test_paragraphs_become_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "x.conllu").write_text(CONLLU)
    sentences = list(read_conllu(tmp_path / "x.conllu"))
    vocab = spacy.blank("en").vocab
    (doc,) = documents(sentences, vocab, None, paragraphs=True)
    assert doc.text == "River rises\n\nIt can't stop. We wait."
    assert [s.text.strip() for s in doc.sents] == ["River rises", "It can't stop.", "We wait."]
    (joined,) = documents(sentences, vocab, None)
    assert joined.text == "River rises It can't stop. We wait."


def test_blank_lines_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.conllu").write_text(CONLLU)
    sentences = list(read_conllu(tmp_path / "x.conllu"))
    nlp = spacy.blank("en")
    for name in ("tagger", "parser"):
        nlp.add_pipe(name)
    (gold,) = documents(sentences, nlp.vocab, None, paragraphs=True)
    scores = Scorer(nlp).score([Example(gold.copy(), gold)])
    assert scores["tag_acc"] == scores["dep_las"] == 1.0
