"""A whole programme out of this installation as a file in open formats, and into another."""

from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from benchmarks.models import Programme
from benchmarks.moving import PROGRAMME
from core.audit import Deed, record
from core.exceptions import InvalidInput
from core.models import log_activity
from core.moving.arriving import bring_in
from core.moving.kinds import Leave
from core.moving.writing import write_programme


def export_programme(
    programme: Programme, file: Path, *, by: Any = None, private: bool = False
) -> dict[str, Any]:
    """Write a programme with all that belongs to it to a new file; how many records of each kind.

    `by` is a person, who takes along what their pages show; None is who runs the installation.
    `private` asks for recordings, transcripts, names behind pseudonyms and private parts as well,
    as far as `by` may read them. Raises InvalidInput when there is no folder to write in, or the
    file is there already.
    """
    if not file.parent.is_dir() or file.is_dir():
        raise InvalidInput(_("There is no folder to write %(file)s in.") % {"file": file})
    told = write_programme(programme, file, leave=Leave(user=by, private=private))
    count = sum(told["records"].values())
    log_activity(programme, "export_programme", actor=by, records=count)
    details = {"records": count, "files": told["files"], "private": private}
    record(Deed.PROGRAMME_TAKEN, programme, by=by, scope=programme, **details)
    return told


def import_programme(file: Path | IO[bytes], *, by: Any = None) -> dict[str, Any]:
    """Take a programme in from such a file: all of it, or nothing. How many records of each kind
    are new, and which were here already (people by their address, organisations by their code).

    Raises InvalidInput for a file that isn't whole, NotNow for one that can't come in.
    """
    told = bring_in(file, programme=PROGRAMME)
    programme = Programme.objects.get(code=told["programme"])
    count = sum(told["new"].values())
    log_activity(programme, "import_programme", actor=by, records=count)
    details = {"records": count, "files": told["files"]}
    record(Deed.PROGRAMME_BROUGHT, programme, by=by, scope=programme, **details)
    return told
