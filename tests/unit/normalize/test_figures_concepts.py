"""What figures are about, from parses written out: word/tag/arc/head."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figures import extract_figures
from dateline.normalize.figure_analysis import read_figures
from dateline.normalize.figure_concepts import find_concepts
from dateline.normalize.figure_tokens import Reading


def parsed(text: str) -> Doc:
    """Return a Doc with the tags and arcs as written."""
    fields = [token.rsplit("/", 3) for token in text.split()]
    words, tags, arcs, heads = zip(*fields, strict=True)
    spaces = [not (after in ".,)%-" or word in "($-") for word, after in zip(words, [*words[1:], "."], strict=True)]
    return Doc(spacy.blank("en").vocab, words=words, spaces=spaces, tags=tags, deps=arcs, heads=[int(head) for head in heads])


def concepts(doc: Doc) -> list[str]:
    reading = Reading(doc)
    figures = read_figures(reading, extract_figures(doc))
    find_concepts(reading, figures)
    return [" ".join(doc[at].text for at in figure.concept) for figure in figures]


CASES = [
    (
        "The/DT/det/2 stock/NN/compound/2 trades/NNS/ROOT/2 on/IN/case/7 barely/RB/advmod/5 7/CD/nummod/6 times/NNS/compound/7 "
        "earnings/NN/nmod/2 ././punct/2",
        ["earnings"],
    ),
    (
        "There/EX/expl/1 are/VBP/ROOT/1 300/CD/nummod/3 nurses/NNS/nsubj/1 working/VBG/acl/3 at/IN/case/7 the/DT/det/7 hospital/NN/obl/4 ././punct/1",
        ["hospital"],
    ),
    (
        "It/PRP/nsubj/4 was/VBD/cop/4 a/DT/det/4 weak/JJ/amod/4 team/NN/ROOT/4 with/IN/case/7 eight/CD/nummod/7 changes/NNS/nmod/4 ././punct/4",
        ["weak team"],
    ),
    (
        "He/PRP/nsubj/1 lists/VBZ/ROOT/1 men/NNS/obj/1 over/IN/case/5 the/DT/det/5 age/NN/obl/1 of/IN/case/7 60/CD/nmod/5 ././punct/1",
        ["men"],
    ),
    (
        "The/DT/det/1 budget/NN/nsubj/3 was/VBD/cop/3 $/$/ROOT/3 9/CD/compound/5 million/CD/nummod/3 ,/,/punct/8 which/WDT/nsubj/8 "
        "includes/VBZ/acl:relcl/3 grants/NNS/obj/8 of/IN/case/11 $/$/nmod/9 2/CD/compound/13 million/CD/nummod/11 ././punct/3",
        ["budget", "grants budget"],
    ),
    (
        "They/PRP/nsubj/1 paid/VBD/ROOT/1 $/$/obj/1 5/CD/compound/4 million/CD/nummod/2 (/-LRB-/punct/8 4.4/CD/compound/7 "
        "million/CD/nummod/8 euros/NNS/appos/2 )/-RRB-/punct/8 for/IN/case/11 houses/NNS/nmod/2 that/WDT/nsubj/14 should/MD/aux/14 "
        "have/VB/acl:relcl/11 cost/NN/compound/16 $/$/obj/14 9/CD/compound/18 million/CD/nummod/16 ././punct/1",
        ["houses", "houses", "houses"],
    ),
    (
        "The/DT/det/1 firm/NN/nsubj/2 lost/VBD/ROOT/2 60/CD/nummod/4 %/NN/obj/2 of/IN/case/7 its/PRP$/nmod:poss/7 sales/NNS/nmod/4 "
        ",/,/punct/12 or/CC/cc/12 more/JJR/advmod/12 than/IN/fixed/10 $/$/conj/2 3/CD/compound/14 billion/CD/nummod/12 ././punct/2",
        ["sales firm", "sales firm"],
    ),
    (
        "The/DT/det/1 probe/NN/nsubj/2 went/VBD/ROOT/2 on/IN/case/7 a/DT/det/7 400/CD/nummod/7 -/HYPH/punct/5 mile/NN/obl/2 "
        "(/-LRB-/punct/10 640/CD/nummod/10 km/NNS/appos/7 )/-RRB-/punct/10 journey/NN/obj/2 from/IN/case/14 Earth/NNP/nmod/12 ././punct/2",
        ["journey Earth", "journey Earth"],
    ),
    (
        "Last/JJ/amod/1 season/NN/nsubj/4 Anna/NNP/nsubj/4 Berg/NNP/flat/2 scored/VBD/ROOT/4 22/CD/nummod/6 goals/NNS/obj/4 ././punct/4",
        ["Anna Berg"],
    ),
    (
        "The/DT/det/1 trees/NNS/nsubj/2 grow/VBP/ROOT/2 at/IN/case/5 carbon/NN/compound/5 levels/NNS/obl/2 at/IN/case/8 1,200/CD/nummod/8 "
        "parts/NNS/obl/2 per/IN/case/10 million/CD/nmod/8 ././punct/2",
        ["carbon levels"],
    ),
    (
        "The/DT/det/1 port/NN/nsubj/2 put/VBD/ROOT/2 a/DT/det/4 levy/NN/obj/2 on/IN/case/7 50/CD/nummod/7 products/NNS/obl/2 ././punct/2",
        ["port levy"],
    ),
    (
        "The/DT/det/1 bay/NN/nsubj/5 is/VBZ/cop/5 the/DT/det/5 home/NN/compound/5 port/NN/ROOT/5 for/IN/case/8 60/CD/nummod/8 "
        "crews/NNS/nmod/5 ././punct/5",
        ["bay"],
    ),
    (
        "The/DT/det/1 company/NN/nsubj/2 won/VBD/ROOT/2 contracts/NNS/obj/2 worth/JJ/amod/3 about/RB/advmod/6 $/$/obl/2 3/CD/compound/8 "
        "billion/CD/nummod/6 ././punct/2",
        ["contracts"],
    ),
    (
        "The/DT/det/1 acid/NN/nsubj/7 was/VBD/cop/7 a/DT/det/7 30/CD/nummod/5 %/NN/obl:unmarked/6 fuming/VBG/amod/7 acid/NN/ROOT/7 ././punct/7",
        ["fuming acid"],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_what_a_figure_is_about(text: str, wanted: list[str]) -> None:
    assert concepts(parsed(text)) == wanted
