"""The networks' forward pass when nothing is learned: the same numbers as thinc's layers give, with less work.

Two thirds of the time of a small CNN go into its layers, so they are written out here for inference. A token's embedding depends on its row of
attributes alone, so each row goes through tables and mixing once and is then looked up. The window layers run over blocks that stay in the
processor's cache, however many texts come at once; a block reads as many tokens before and after as the layers can see, so its numbers are exact.

Traps: weights are prepared at the first prediction and dropped when the network is trained; whoever loads other weights into a pipeline that has
already predicted must load the pipeline anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

Floats = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
# Tokens of a block: 400 KB of the widest layer.
BLOCK = 384
# Rows kept: 384 bytes each, and as much for the key. A year of news has more, but the frequent ones are met again at once.
MOST_ROWS = 30_000


class RowCache:
    """Embeddings by row of attributes.

    Args:
        tables: The hash tables, from rows to what they hold side by side.
        mix: The layer that makes one vector of that.
    """

    def __init__(self, tables: Model[Any, Any], mix: Model[Any, Any]) -> None:
        self.tables, self.mix = tables, mix
        self.index: dict[bytes, int] = {}
        self.vectors: Floats = numpy.zeros((0, 0), dtype="float32")

    def __call__(self, rows: numpy.ndarray[Any, Any]) -> Floats:
        """Return the vectors of rows, shape (tokens, width)."""
        rows = numpy.ascontiguousarray(rows)
        keys = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        if new := [key for key in dict.fromkeys(keys) if key not in self.index]:
            if len(self.index) + len(new) > MOST_ROWS:
                self.index = {}
                new = list(dict.fromkeys(keys))
            fresh = numpy.frombuffer(b"".join(new), dtype=rows.dtype).reshape(-1, rows.shape[1])
            self._add(new, self.mix.predict(self.tables.predict(fresh)))
        return self.vectors[[self.index[key] for key in keys]]

    def _add(self, keys: list[bytes], vectors: Floats) -> None:
        used, needed = len(self.index), len(self.index) + len(keys)
        if needed > len(self.vectors):
            grown = numpy.zeros((max(needed, 2 * len(self.vectors), 4096), vectors.shape[1]), dtype="float32")
            if used:
                grown[:used] = self.vectors[:used]
            self.vectors = grown
        self.vectors[used:needed] = vectors
        self.index.update(zip(keys, range(used, needed), strict=True))


class WindowLayer:
    """One layer of the encoder: a window of tokens, the largest of several pieces, normalized, added to what came in."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        self.width, self.pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        weights, bias = numpy.asarray(maxout.get_param("W")), numpy.asarray(maxout.get_param("b"))
        # Piece by piece instead of unit by unit: the largest is then taken over whole rows.
        self.weights: Floats = numpy.ascontiguousarray(weights.transpose(2, 1, 0).reshape(-1, self.pieces * self.width))
        self.bias: Floats = numpy.ascontiguousarray(bias.T.reshape(-1))
        self.scale, self.shift = norm.get_param("G").copy(), norm.get_param("b").copy()

    def __call__(self, block: Floats) -> Floats:
        """Return the layer's output for a block, the ends of which see zeros beyond."""
        size, width = block.shape
        window = numpy.zeros((size, 3, width), dtype="float32")
        window[1:, 0], window[:, 1], window[:-1, 2] = block[:-1], block, block[1:]
        pieces = window.reshape(size, 3 * width) @ self.weights
        pieces += self.bias
        best = numpy.maximum(pieces[:, : self.width], pieces[:, self.width : 2 * self.width])
        for begin in range(2 * self.width, self.pieces * self.width, self.width):
            numpy.maximum(best, pieces[:, begin : begin + self.width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best *= ((best * best).mean(axis=1, keepdims=True) + numpy.float32(1e-08)) ** -0.5
        best *= self.scale
        best += self.shift
        best += block
        return best


class Encoder:
    """The window layers over a batch of texts."""

    def __init__(self, model: Model[Any, Any]) -> None:
        nodes = list(model.walk())
        pairs = zip((n for n in nodes if n.name == "maxout"), (n for n in nodes if n.name == "layernorm"), strict=True)
        self.layers = [WindowLayer(maxout, norm) for maxout, norm in pairs]
        self.pad = int(model.attrs["pad"])

    def __call__(self, vectors: Floats, lengths: Sequence[int]) -> list[Floats]:
        """Return what the layers make of the texts' vectors, which lie one after the other, text by text."""
        pad = self.pad
        padded = numpy.zeros((len(vectors) + pad * (len(lengths) + 1), vectors.shape[1]), dtype="float32")
        spans, read, write = [], 0, pad
        for length in lengths:
            padded[write : write + length] = vectors[read : read + length]
            spans.append((write, write + length))
            read, write = read + length, write + length + pad
        out = numpy.empty_like(padded)
        for begin in range(0, len(padded), BLOCK):
            end, first = min(begin + BLOCK, len(padded)), max(begin - pad, 0)
            block = padded[first : end + pad]
            for layer in self.layers:
                block = layer(block)
            out[begin:end] = block[begin - first : end - first]
        return [out[begin:end] for begin, end in spans]


def is_tok2vec(model: Model[Any, Any]) -> bool:
    """Say whether a model is a NameHashEmbed with a window encoder of one token to each side behind it."""
    if len(model.layers) != 2 or not model.layers[0].layers or model.layers[0].layers[0].name != "extract_name_features":
        return False
    windows = [n.attrs["window_size"] for n in model.layers[1].walk() if n.name == "expand_window"]
    kinds = {n.name for n in model.layers[1].walk() if not n.layers}
    return bool(windows) and set(windows) == {1} and kinds == {"expand_window", "maxout", "layernorm", "dropout"}


def _forward(model: Model[Any, Any]) -> Callable[..., Any]:
    embed, encode = model.layers
    features, tables, mix = embed.layers[0], embed.layers[2], embed.layers[3]
    trained = model._func
    prepared: list[tuple[RowCache, Encoder]] = []

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> Any:
        if is_train:
            prepared.clear()
            return trained(model, docs, is_train)
        if not prepared:
            prepared.append((RowCache(tables, mix), Encoder(encode)))
        vectors_of, encoded = prepared[0]
        rows = features.predict(docs)
        vectors = vectors_of(numpy.concatenate(rows)) if sum(map(len, rows)) else numpy.zeros((0, model.get_dim("nO")), dtype="float32")
        return encoded(vectors, [len(doc) for doc in docs]), _no_backprop

    return forward


def _no_backprop(d_output: Any) -> Any:
    raise RuntimeError("A prediction has no gradient.")


def speed_up(nlp: Language) -> Language:
    """Give the networks of a loaded pipeline that are built as the shipped ones this forward pass."""
    for _, component in nlp.pipeline:
        if isinstance(model := getattr(component, "model", None), Model):
            for node in model.walk():
                if is_tok2vec(node):
                    node._func = _forward(node)
    return nlp
