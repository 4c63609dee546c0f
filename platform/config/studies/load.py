"""Loading a published study: everything or nothing, and a second time changes nothing."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from config.studies.study import Study, read_study
from config.studies.vensters import VENSTERS
from config.studies.workfirst import WORK_FIRST
from core.exceptions import InvalidInput

STUDIES: dict[str, Study] = {study.code: study for study in (WORK_FIRST, VENSTERS)}


def load_study(code: str, *, folder: Path | None = None) -> dict[str, int]:
    """Store a study from its csv files; returns how many records of each kind it has now.

    `folder` holds the files, or a folder with the study's name that holds them; without it they
    are read from `data/` of the checkout. Raises InvalidInput and stores nothing when anything is
    wrong.
    """
    study = STUDIES.get(code)
    if study is None:
        raise InvalidInput(
            _("There is no study “%(code)s”; known are: %(known)s.")
            % {"code": code, "known": ", ".join(STUDIES)}
        )
    rows = read_study(study, _folder_of(study, folder or settings.ROOT / "data"))
    with transaction.atomic():
        return study.store(rows)


def _folder_of(study: Study, folder: Path) -> Path:
    own = folder / study.code
    return own if own.is_dir() else folder
