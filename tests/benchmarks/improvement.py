"""How often improvement is called: 1,000 invented programmes for each state of affairs.

Not a matter of speed, but measured too, and printed beside what is asked. Also by itself:
`python -m tests.benchmarks.improvement [RUNS]`.
"""

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.evaluation.measures.simulated import World, called, called_naively

RUNS = 1_000
RESAMPLES = 999
HEAD = ["what is true", "before", "after", "runs", "improvement called", "asked"]
WORLDS = (
    ("nothing changes", World(1), "at most 5%"),
    ("nothing changes", World(2), "at most 5%"),
    ("nothing changes", World(4), "at most 5%"),
    ("those who act rise 0.8 sd", World(2, effect=0.8), "at least 70%"),
    ("those who act rise 0.8 sd", World(4, effect=0.8), ""),
    ("nothing changes, luck goes on (0.5)", World(2, luck_goes_on=0.5), ""),
    ("all come closer (40%)", World(2, converging=0.4), ""),
    ("the weak were rising all along", World(4, rising=0.15), ""),
)


def rows(runs: int = RUNS) -> list[list[str]]:
    """A line for each state of affairs, and one for a naive test."""
    with ProcessPoolExecutor(max_workers=2) as workers:
        found = list(workers.map(_called, [world for _name, world, _asked in WORLDS], [runs] * 8))
    lines = [
        _line(name, world, runs, share, asked)
        for (name, world, asked), share in zip(WORLDS, found, strict=True)
    ]
    naive = called_naively(World(1), runs)
    return [HEAD, *lines, _line("nothing changes; naive test", World(1), runs, naive, "about 40%")]


def _called(world: World, runs: int) -> float:
    return called(world, runs, resamples=RESAMPLES)


def _line(name: str, world: World, runs: int, share: float, asked: str) -> list[str]:
    return [name, str(world.periods), str(world.periods), str(runs), f"{share:.1%}", asked]


if __name__ == "__main__":
    for line in rows(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS):
        sys.stdout.write("  ".join(cell.rjust(20) for cell in line) + "\n")
