"""A programme out of this installation, as one file."""

from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.moment import one_moment
from core.moving.archive import Writing, writing
from core.moving.carrying import OutDesk, line, lists_of, told
from core.moving.kinds import Kind, Leave
from core.moving.picking import AT_ONCE, Picked


def write_programme(programme: Any, file: Path, *, leave: Leave) -> dict[str, Any]:
    """Write everything that belongs to a programme and that may be taken along; how many records of
    each kind there are, and how many stayed behind.

    The records are those of one moment, and nobody waits meanwhile.
    """
    with writing(file) as archive, one_moment():
        picked = Picked(programme, leave)
        desk = OutDesk(picked, archive)
        records = {
            kind.label: archive.add_lines(_name_of(kind), _lines(kind, picked, desk))
            for kind in picked.kinds
        }
        left_out = {label: count for label, count in sorted(picked.left_out.items()) if count}
        answer = {"records": records, "left_out": left_out, "missing": dict(desk.missing)}
        _sign(archive, programme, leave, answer)
    return answer | {"files": sum(name.startswith("files/") for name in archive.parts)}


def _sign(archive: Writing, programme: Any, leave: Leave, answer: dict[str, Any]) -> None:
    archive.add_manifest(
        {
            "programme": programme.code,
            "made_at": timezone.now().isoformat(),
            "complete": leave.private,
            **answer,
        }
    )


def _name_of(kind: Kind) -> str:
    return f"records/{kind.label}.jsonl"


def _lines(kind: Kind, picked: Picked, desk: OutDesk) -> Iterator[bytes]:
    rows = picked.each(kind)
    for some in batched(rows, AT_ONCE):
        lists = lists_of(kind, [row.pk for row in some], picked)
        for row in some:
            yield line(told(kind, row, lists[row.pk], desk))
