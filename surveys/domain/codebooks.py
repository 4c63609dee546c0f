"""Codebooks that come in as files, and go out as files."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from benchmarks.models import Programme
from core.exceptions import InvalidInput
from surveys.codebooks.json_file import read_json, write_json
from surveys.codebooks.refi_qda import read_qdc, write_qdc
from surveys.codebooks.spec import VariableSpec
from surveys.codebooks.workbook import read_workbook, write_workbook
from surveys.domain.codings import make_codebook, spec_of
from surveys.models import Codebook

READERS: dict[str, Callable[[bytes], list[VariableSpec]]] = {
    "qdc": read_qdc,
    "xlsx": read_workbook,
    "json": read_json,
}
WRITERS: dict[str, Callable[[Iterable[VariableSpec]], bytes]] = {
    "qdc": write_qdc,
    "xlsx": write_workbook,
    "json": write_json,
}


def import_codebook(programme: Programme, raw: bytes, *, name: str) -> Codebook:
    """Make what a file holds the programme's codebook; the ending of its name tells the format.

    Nothing changes when the newest version says the same. Raises InvalidFile with everything that
    is wrong, or InvalidInput for another ending.
    """
    ending = name.rpartition(".")[2].lower()
    reader = READERS.get(ending)
    if reader is None:
        raise InvalidInput(_("A codebook is a .qdc, .xlsx or .json file."))
    return make_codebook(programme, variables=reader(raw))


def export_codebook(codebook: Codebook, *, format: str) -> bytes:
    """A version of a codebook as a file of this format (qdc, xlsx or json)."""
    return WRITERS[format](spec_of(row) for row in codebook.variables.all())
