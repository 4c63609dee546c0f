"""The source of the product, for the tests that read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "core": ROOT / "platform" / "core",
    "people": ROOT / "platform" / "people",
    "benchmarks": ROOT / "platform" / "benchmarks",
    "website": ROOT / "platform" / "website",
    "config": ROOT / "platform" / "config",
    "surveys": ROOT / "surveys",
    "learningcircles": ROOT / "learningcircles",
    "evaluation": ROOT / "evaluation",
}
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def committed() -> list[Path]:
    """Every file of the product that is committed or about to be."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    files = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


def of_rooms(suffix: str) -> list[Path]:
    """The files of the rooms with this suffix, without migrations."""
    folders = tuple(ROOMS.values())
    return [
        file
        for file in committed()
        if file.suffix == suffix
        and any(folder in file.parents for folder in folders)
        and "migrations" not in file.parts
    ]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def functions(file: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def shown(file: Path, line: int = 0) -> str:
    where = str(file.relative_to(ROOT))
    return f"{where}:{line}" if line else where
