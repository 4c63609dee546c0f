"""Decisions on good practices: writing one up, publishing it, and how far it was adopted.

Who may do it is asked by the views, as everywhere; Wagtail's own permissions are of its editor.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from benchmarks.models import Indicator, Participation, Programme
from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from learningcircles.enums import AdoptionLevel
from learningcircles.models import Action, AdoptionStep, PracticePage
from learningcircles.models.practices import NEEDS_REASON
from people.models import Organisation
from website.models import HomePage

LONG_TEXTS = ("what", "for_whom", "context", "what_worked", "costs")


def _check_takes_part(programme: Programme, organisation: Organisation) -> None:
    rows = Participation.objects.filter(cycle__programme=programme, organisation=organisation)
    if not rows.exists():
        raise InvalidInput(_("This organisation does not take part in the benchmark."))


def _check(practice: PracticePage) -> None:
    if not practice.title:
        raise InvalidInput(_("Give it a title."))
    if not practice.what:
        raise InvalidInput(_("Write what it is."))
    _check_takes_part(practice.programme, practice.organisation)
    origins: tuple[Action | Indicator | None, ...] = (practice.source_action, practice.indicator)
    for origin in origins:
        if origin and origin.programme_id != practice.programme_id:
            raise InvalidInput(_("This belongs to another benchmark."))


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    told = {name: value.strip() if name in LONG_TEXTS else value for name, value in fields.items()}
    if "title" in told:
        told["title"] = " ".join(told["title"].split())
    return told


def shelf() -> Page:
    """The page below which practices stand, held until the end of the transaction: two that are
    written at once would else get the same place in the tree."""
    home = HomePage.objects.order_by("pk").first() or Page.get_first_root_node()
    return Page.objects.select_for_update().get(pk=home.pk)


@transaction.atomic
def write_practice(
    programme: Programme,
    *,
    by: Any,
    organisation: Organisation,
    key: UUID | None = None,
    **fields: Any,
) -> PracticePage:
    """Write up what works, as a draft that who leads the benchmark publishes.

    `fields` are those of PracticePage: title, what, for_whom, context, what_worked, costs, the
    three kinds of evidence, indicator and source_action. The same `key` gives the same page.
    """
    if key and (made := PracticePage.objects.filter(key=key, programme=programme).first()):
        return made
    practice = PracticePage(
        programme=programme,
        organisation=organisation,
        key=key,
        live=False,
        slug=f"practice-{uuid4().hex[:12]}",
        **_tidied(fields),
    )
    _check(practice)
    shelf().add_child(instance=practice)
    practice.save_revision(user=by)
    log_activity(practice, "write_practice", actor=by)
    return practice


@transaction.atomic
def edit_practice(
    practice: PracticePage, *, by: Any, revision_seen: int | None, **fields: Any
) -> PracticePage:
    """Change what a practice says; what it said before stays among its revisions.

    `revision_seen` is the primary key of the revision that the editor saw: when there is a newer
    one, EditConflict, and nothing is stored. What is wanted and already so is no conflict.
    """
    practice = PracticePage.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    wanted = _tidied(fields)
    if all(getattr(practice, name) == value for name, value in wanted.items()):
        return practice
    if practice.latest_revision_id != revision_seen:
        raise EditConflict(
            _("Somebody else changed this meanwhile. Nothing of theirs was overwritten.")
        )
    for name, value in wanted.items():
        setattr(practice, name, value)
    _check(practice)
    practice.save()
    revision = practice.save_revision(user=by)
    if practice.live:
        revision.publish(user=by, skip_permission_checks=True)
    log_activity(practice, "edit_practice", actor=by)
    return practice


@transaction.atomic
def publish_practice(practice: PracticePage, *, by: Any, public: bool) -> PracticePage:
    """Let those who take part in the benchmark read it, or anyone."""
    practice.is_public = public
    practice.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    practice.refresh_from_db()
    log_activity(practice, "publish_practice", actor=by, public=public)
    return practice


@transaction.atomic
def withdraw_practice(practice: PracticePage, *, by: Any) -> PracticePage:
    """Take it off the library; it is a draft again, with all that was noted of it."""
    practice.is_public = False
    practice.save()
    UnpublishPageAction(practice, user=by).execute(skip_permission_checks=True)
    practice.refresh_from_db()
    log_activity(practice, "withdraw_practice", actor=by)
    return practice


@transaction.atomic
def record_adoption(
    practice: PracticePage,
    *,
    by: Any,
    organisation: Organisation,
    level: str,
    reason: str = "",
    changed: str = "",
    on: date | None = None,
    at: datetime | None = None,
    key: UUID | None = None,
) -> AdoptionStep:
    """Note how far an organisation has come with a practice: since when, why, what was changed.

    Adapting says what was changed, rejecting and stopping say why. Earlier steps stay.
    """
    if key and (made := practice.steps.filter(key=key).first()):
        return made
    today = timezone.localtime(at or timezone.now()).date()
    since, reason, changed = on or today, reason.strip(), changed.strip()
    if level not in AdoptionLevel.values:
        raise InvalidInput(_("Say how far your organisation has come."))
    if not practice.live:
        raise NotNow(_("This practice isn't published."))
    if since > today:
        raise InvalidInput(_("This day is still to come."))
    if level in NEEDS_REASON and not reason:
        raise InvalidInput(_("Say why."))
    if level == AdoptionLevel.ADAPTED and not changed:
        raise InvalidInput(_("Say what was changed."))
    _check_takes_part(practice.programme, organisation)
    step = AdoptionStep.objects.create(
        practice=practice,
        organisation=organisation,
        level=level,
        on=since,
        reason=reason,
        changed=changed,
        by=by,
        key=key,
    )
    log_activity(practice, "record_adoption", actor=by, level=level)
    return step
