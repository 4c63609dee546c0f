"""What a file of a programme holds, and emptying an installation."""

import json
import zipfile

from core.backup import records
from core.moving.archive import MANIFEST
from learningcircles.models import PracticePage

ROOMS = ("core", "people", "benchmarks", "surveys", "learningcircles", "evaluation")


def parts_of(file):
    """Each part of a file, as bytes."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(file, kind):
    """The records of one kind."""
    raw = parts_of(file)[f"records/{kind}.jsonl"]
    return [json.loads(line) for line in raw.splitlines()]


def write_parts(file, parts):
    """A file of these parts, as they are."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def manifest_of(parts):
    return json.loads(parts[MANIFEST])


def lose_all_programmes():
    """Another installation: its pages are there, and nobody and nothing else."""
    for page in PracticePage.objects.all():
        page.delete()
    for model in reversed(records.tables()):
        if model._meta.app_label in ROOMS:
            records.empty(model)
