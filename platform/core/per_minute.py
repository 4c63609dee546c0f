"""How often something happened in the present minute, counted in the process and nowhere else."""

import time
from collections import Counter
from collections.abc import Callable, Hashable

MINUTE = 60.0


class PerMinute:
    """How often something happened in the present minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._counts: Counter[Hashable] = Counter()

    def count(self, what: Hashable) -> int:
        """Count it once more, and say how often that is."""
        now = self._clock()
        if now - self._began >= MINUTE:
            self._began, self._counts = now, Counter()
        self._counts[what] += 1
        return self._counts[what]

    def forget(self) -> None:
        """Begin anew."""
        self._counts = Counter()
