"""MinHash signatures (Broder 1997) of texts: 128 minima over four-word shingles, whose equal places estimate the Jaccard similarity of two texts.

The numbers are those of `datasketch.MinHash(num_perm=128, seed=1, scheme="affine32")`, which a test holds them against. That package takes a second
and forty megabytes to import (scipy, redis) in each process, and as long again as this for a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import numpy as np

PERMUTATIONS = 128
_ROWS = 4  # Minima a band: texts of similarity 0.6 share one of the 32 bands with a chance of 98.8 percent, those of 0.3 with 23.
_MIN_WORDS = 20  # Shorter texts are alerts and captions, which resemble each other by their form.
_AT_ONCE = 4096  # Shingles permuted together: two megabytes, however long the text.

_WORD = re.compile(r"\w+")
# Multilinear hashing (Lemire and Kaser 2014): a shingle's hash is the upper half of the sum of its words' hashes, each times the odd number of its
# place. As good as hashing its letters, and every word is hashed once. Other numbers make all kept signatures worthless.
_PLACES = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], np.uint64)


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Return the factors, odd so that each permutation is one, and the summands, both of 32 bits."""
    drawn = np.random.RandomState(1)  # Seed and generator are part of what ops.signatures means.
    factors = drawn.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, drawn.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def shingles(words: list[str]) -> np.ndarray:
    """Return a hash of 32 bits for every four words that follow one another."""
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    last = len(hashes) - len(_PLACES) + 1
    summed = sum((hashes[n : n + last] * place for n, place in enumerate(_PLACES)), np.zeros(last, np.uint64))
    return (summed >> np.uint64(32)).astype(np.uint32)


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """Return the hashes through the finalizer of MurmurHash3, which lets numbers that are near each other go apart."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed: np.ndarray = hashes ^ (hashes >> np.uint32(16))
    return mixed


def signature(text: str) -> np.ndarray | None:
    """Return the MinHash signature of a text, None for one too short to compare."""
    words = _WORD.findall(text.lower())
    if len(words) < _MIN_WORDS:
        return None
    factors, summands = _permutations()
    hashes = _mixed(shingles(words))[:, np.newaxis]
    parts = (hashes[begin : begin + _AT_ONCE] for begin in range(0, len(hashes), _AT_ONCE))
    least: np.ndarray = np.minimum.reduce([(part * factors + summands).min(axis=0) for part in parts])
    return least


def bands(signed: np.ndarray) -> list[int]:
    """Return one hash for every group of four minima; its number is part of it."""
    return [crc32(group.tobytes()) << 8 | number for number, group in enumerate(signed.reshape(-1, _ROWS))]


def signature_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of ops.signatures for a row of documents; of a text too short it says so by empty lists."""
    signed = signature(document["text"])
    return {
        "document_id": document["document_id"],
        "revision": document["revision"],
        "signature": [] if signed is None else signed,
        "bands": [] if signed is None else bands(signed),
        "is_settled": False,
    }
