"""Decisions on preparing a session: who prepares what, and which files are shared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from core.uploads import accepted, name_of
from learningcircles.enums import SessionState
from learningcircles.models import Material, Preparation, Session
from people.models import Membership


@transaction.atomic
def add_material(
    session: Session, *, by: Any, title: str, file: File, key: UUID | None = None
) -> Material:
    """Share a file with those who see the session. The same `key` shares it once."""
    if key and (made := session.materials.filter(key=key).first()):
        return made
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    title = " ".join(title.split())
    if not title:
        raise InvalidInput(_("Say what it is."))
    kept = accepted(file)
    material = Material(
        session=session,
        title=title,
        file_name=name_of(kept),
        size=kept.size,
        shared_by=by,
        key=key,
    )
    material.file.save(material.file_name, kept, save=False)
    material.save()
    log_activity(material, "add_material", actor=by)
    return material


@transaction.atomic
def remove_material(material: Material, *, by: Any) -> None:
    """Take a file away; the file itself goes once that is certain."""
    storage, name = material.file.storage, str(material.file.name)
    log_activity(material.session, "remove_material", actor=by, title=material.title)
    material.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def ask_preparation(
    session: Session,
    *,
    by: Any,
    what: str,
    membership: Membership | None = None,
    key: UUID | None = None,
) -> Preparation:
    """Ask a guest to prepare something; it stands on their *Now* until the session."""
    if key and (made := session.preparations.filter(key=key).first()):
        return made
    if session.state != SessionState.PLANNED:
        raise NotNow(_("This session is not to come any more."))
    what = " ".join(what.split())
    if not what:
        raise InvalidInput(_("Say what is to be prepared."))
    if membership and not session.attendances.filter(membership=membership).exists():
        raise InvalidInput(_("Only somebody who is invited can prepare something."))
    asked = Preparation.objects.create(session=session, what=what, membership=membership, key=key)
    log_activity(asked, "ask_preparation", actor=by)
    return asked


@transaction.atomic
def tick_preparation(
    preparation: Preparation, *, by: Any, done: bool, at: datetime | None = None
) -> Preparation:
    """Say that it is prepared, or after all not yet."""
    day = timezone.localtime(at or timezone.now()).date()
    preparation.done_on = (preparation.done_on or day) if done else None
    preparation.save(update_fields=["done_on", "modified_at"])
    log_activity(preparation, "tick_preparation", actor=by, done=done)
    return preparation
