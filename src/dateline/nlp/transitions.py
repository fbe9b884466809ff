"""Parser and recognizer that take many texts a step together.

spaCy's own loop runs without Python's lock, and its compiled functions take and release that lock for every number they compare: most of a
transition's time goes into that. Here the loop holds the lock, and one step of a whole batch is a few calls into the same compiled functions. The
transitions and their scores are spaCy's; only the order of work differs. Few texts, or one that is much longer than the others, go spaCy's way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy
from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc


class _Together:
    """What replaces `pipe` and `predict` of spaCy's transition-based components."""

    # Texts that must be under way on average: below, a step in Python costs more than spaCy's loop over the same states.
    fewest: float
    model: Any
    moves: Any
    name: str

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Annotate a stream of docs, a whole batch at once."""
        stream = iter(stream)
        while batch := list(islice(stream, batch_size)):
            try:
                self.set_annotations(batch, self.predict(batch))  # type: ignore[attr-defined]  # TrainablePipe has it.
                yield from batch
            except Exception as problem:
                self.get_error_handler()(self.name, self, batch, problem)  # type: ignore[attr-defined]

    def predict(self, docs: Iterable[Doc]) -> Any:
        """Return the final states of docs."""
        docs = list(docs)
        sizes = [len(doc) for doc in docs]
        if sum(sizes) < self.fewest * max(sizes, default=0) or not sum(sizes):
            return super().predict(docs)  # type: ignore[misc]
        self._ensure_labels_are_added(docs)  # type: ignore[attr-defined]
        return _run(self.model.predict(docs), self.moves.init_batch(docs), self)


def _run(step: Any, states: list[Any], component: Any) -> list[Any]:
    """Take all states to their end; `step` scores them."""
    weights, bias = numpy.ascontiguousarray(step.vec2scores.get_param("W").T), step.vec2scores.get_param("b")
    unseen = [i for i, seen in enumerate(step._class_mask) if not seen]
    left = [state for state in states if not state.is_final()]
    while left:
        scores = step.state2vec.predict(step.get_token_ids(left)) @ weights
        scores += bias
        if unseen:
            scores[:, unseen] = scores.min()
        left = component.transition_states(left, scores)
    step.clear_memory()
    return states


class TogetherParser(_Together, DependencyParser):  # type: ignore[misc]  # Compiled, without types.
    """spaCy's dependency parser."""

    fewest = 3.0


class TogetherRecognizer(_Together, EntityRecognizer):  # type: ignore[misc]
    """spaCy's entity recognizer."""

    fewest = 1.5


def speed_up(nlp: Language) -> Language:
    """Put these components in the place of a loaded pipeline's greedy ones; names, models and configuration stay."""
    for i, (name, component) in enumerate(nlp._components):
        greedy: Any = component
        kind: Any = {DependencyParser: TogetherParser, EntityRecognizer: TogetherRecognizer}.get(type(greedy))
        if kind and greedy.cfg["beam_width"] == 1 and greedy.model.attrs["has_upper"]:
            together = kind(nlp.vocab, greedy.model, name, greedy.moves, scorer=greedy.scorer)
            together.cfg = greedy.cfg
            nlp._components[i] = (name, together)
    return nlp
