"""Orders and draws of units, a chunk at a time: the same question gets the same answer.

Draws come in chunks, each from a stream of its own that follows from the seed and the chunk's
number. So they may be made by one worker or by ten, in any order, and are the same draws.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

CHUNK = 1_000
KEPT = 10
"""Chunks of orders that stay in memory: of 400 units they take 8 MB."""


def stream(seed: int, chunk: int) -> np.random.Generator:
    """The generator of one chunk.

    >>> bool(stream(1, 0).integers(100) == stream(1, 0).integers(100))
    True
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(chunk,)))


def is_exact(units: int, resamples: int) -> bool:
    """Are there so few orders of the units that all can be gone through?

    >>> is_exact(7, 10_000), is_exact(8, 10_000)
    (True, False)
    """
    return math.factorial(min(units, 20)) <= resamples


def orders(units: int, resamples: int, seed: int) -> Iterator[NDArray[np.intp]]:
    """Orders of the units, a chunk of rows at a time, the observed order first of all.

    All orders where there are no more than `resamples`; otherwise the observed one and
    `resamples` drawn at random. A share of rows is then a p-value that is never 0.

    >>> [len(chunk) for chunk in orders(3, 10, seed=1)], [len(c) for c in orders(9, 2500, seed=1)]
    ([6], [1, 1000, 1000, 500])
    """
    if is_exact(units, resamples):
        yield np.array(list(permutations(range(units))), dtype=np.intp)
        return
    yield np.arange(units, dtype=np.intp)[None, :]
    for chunk, size in enumerate(_sizes(resamples)):
        yield _order(units, size, seed, chunk).astype(np.intp)


@lru_cache(maxsize=2 * KEPT)
def _order(units: int, size: int, seed: int, chunk: int) -> NDArray[np.unsignedinteger]:
    """One chunk of orders. The next measure of as many units asks for the same ones."""
    drawn = np.argsort(stream(seed, chunk).random((size, units)), axis=1)
    return drawn.astype(np.uint16 if units < 2**16 else np.uint32)


def draws(units: int, resamples: int, seed: int) -> Iterator[NDArray[np.intp]]:
    """Units drawn with replacement, a chunk of rows at a time.

    >>> [chunk.shape for chunk in draws(4, 1500, seed=1)]
    [(1000, 4), (500, 4)]
    """
    for chunk, size in enumerate(_sizes(resamples)):
        yield stream(seed, chunk).integers(0, units, (size, units))


def _sizes(resamples: int) -> list[int]:
    whole, rest = divmod(resamples, CHUNK)
    return [CHUNK] * whole + ([rest] if rest else [])
