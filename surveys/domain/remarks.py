"""Decisions about remarks: nobody but the coordinator sees one before it is released."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, InvalidInput, NotNow
from core.models import log_activity
from surveys.enums import WaveState
from surveys.models import RemarkReview, Wave
from surveys.models.remarks import RemarkState
from surveys.queries import remarks_of
from surveys.tables import WHOLE
from surveys.tabulating import respondents_shown

MOST_THEMES = 8
LONGEST_THEME = 40


class NoSuchRemark(DomainError):
    """This wave has no such remark."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(_("This remark is not known."))


def remarks_may_be_read(wave: Wave) -> bool:
    """May anyone read what was written? Only of a closed wave that enough people answered."""
    return wave.state == WaveState.CLOSED and WHOLE in respondents_shown(wave)


def read_themes(text: str) -> list[str]:
    """Themes as they are typed, with commas between, each once.

    >>> read_themes(" Planning, tools,planning ,")
    ['Planning', 'tools']
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        theme = " ".join(part.split())
        if theme:
            found.setdefault(theme.casefold(), theme)
    return list(found.values())


@transaction.atomic
def review_remark(
    wave: Wave, *, answer_id: int, text: str, themes: Iterable[str], release: bool, by: Any
) -> RemarkReview:
    """Release a remark to others as `text`, or keep it back; either can be taken back later.

    Raises NotNow while the wave is open or when too few answered, InvalidInput when nothing would
    be left to show, NoSuchRemark for an answer of another wave or kind.
    """
    if not remarks_may_be_read(wave):
        raise NotNow(
            _("These remarks can't be read: too few people answered, or the wave is open.")
        )
    remark = remarks_of(wave).filter(pk=answer_id).first()
    if remark is None:
        raise NoSuchRemark
    text, kept = text.strip(), list(themes)
    if release and not text:
        raise InvalidInput(_("Leave some text to show, or keep the remark back."))
    if len(kept) > MOST_THEMES or any(len(theme) > LONGEST_THEME for theme in kept):
        raise InvalidInput(_("Give at most eight themes of at most forty characters."))
    state = RemarkState.RELEASED if release else RemarkState.WITHHELD
    review, _new = RemarkReview.objects.update_or_create(
        answer=remark,
        defaults={"state": state, "text": text, "themes": kept, "reviewed_by": by},
    )
    log_activity(wave, "remark reviewed", actor=by, state=str(state))
    return review
