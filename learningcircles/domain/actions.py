"""Decisions on actions: agreeing them, changing them, handing them to management."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Figure, Indicator, Participation, Programme
from core.exceptions import InvalidInput, NotNow
from learningcircles.domain.changes import apply_changes, check_aim, first_line
from learningcircles.domain.conflicts import ActionConflict
from learningcircles.domain.sessions import cycle_at
from learningcircles.enums import ActionStatus, Direction, Horizon, ManagementAnswer
from learningcircles.models import Action, ActionNote, ManagementDecision, Session, Signal, Topic
from people.models import Membership, Organisation


def check_owner(organisation: Organisation, owner: Membership | None) -> None:
    """An owner with an account is somebody of the organisation that the action belongs to."""
    if owner is None:
        return
    if owner.organisation_id != organisation.pk:
        raise InvalidInput(_("The owner must be somebody of the organisation itself."))
    if owner.left_on is not None:
        raise InvalidInput(_("This person left the organisation."))


def _check_new(programme: Programme, action: Action) -> None:
    """What the database would refuse or can't know, said in words."""
    if not action.title:
        raise InvalidInput(_("Write what will be done."))
    takes_part = Participation.objects.filter(
        cycle__programme=programme, organisation=action.organisation
    )
    if not takes_part.exists():
        raise InvalidInput(_("This organisation does not take part in the benchmark."))
    check_owner(action.organisation, action.owner)
    check_aim(action)
    if action.owner and action.owner_name:
        raise InvalidInput(_("Name one owner: a person with an account, or a name."))
    if action.due and action.agreed_on and action.due < action.agreed_on:
        raise InvalidInput(_("The date lies before the day on which the action was agreed."))
    topic, signal = action.topic, action.signal
    for origin in (
        action.session,
        signal and signal.session,
        topic and topic.circle,
        action.figure and action.figure.indicator,
        action.indicator,
    ):
        if origin and origin.programme_id != programme.pk:
            raise InvalidInput(_("This belongs to another benchmark."))
    if action.figure and action.figure.organisation_id != action.organisation_id:
        raise InvalidInput(_("This figure is of another organisation."))


@transaction.atomic
def agree_action(
    programme: Programme,
    *,
    by: Any,
    organisation: Organisation,
    title: str,
    why: str = "",
    owner: Membership | None = None,
    owner_name: str = "",
    due: date | None = None,
    horizon: str = Horizon.SHORT,
    session: Session | None = None,
    signal: Signal | None = None,
    topic: Topic | None = None,
    figure: Figure | None = None,
    indicator: Indicator | None = None,
    direction: str = Direction.UNSAID,
    move_by: date | None = None,
    proposed: bool = False,
    at: datetime | None = None,
    key: UUID | None = None,
) -> Action:
    """Agree an action (or only propose it): what, of which organisation, who, by when.

    It remembers the session, signal, topic or figure that it came from, and which figure it should
    move, in which direction, by when. `at` is when it was agreed, now unless told. The same `key`
    (a form posted twice) gives the same action.
    """
    if key and (made := Action.objects.filter(key=key, programme=programme).first()):
        return made
    moment = at or timezone.now()
    action = Action(
        programme=programme,
        cycle=cycle_at(programme, moment),
        organisation=organisation,
        title=" ".join(title.split()),
        why=why.strip(),
        owner=owner,
        owner_name=" ".join(owner_name.split()),
        due=due,
        original_due=due,
        horizon=horizon,
        session=session or (signal.session if signal else None),
        signal=signal,
        topic=topic,
        figure=figure,
        indicator=indicator,
        direction=direction,
        move_by=move_by,
        status=ActionStatus.PROPOSED if proposed else ActionStatus.AGREED,
        agreed_on=None if proposed else timezone.localtime(moment).date(),
        key=key,
    )
    _check_new(programme, action)
    action.save()
    first_line(action, by=by, at=moment)
    return action


def _locked(action: Action) -> Action:
    """The action as it is now, held until the end of the transaction."""
    rows = Action.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "organisation", "owner__user", "indicator").get(
        pk=action.pk
    )


@transaction.atomic
def update_action(
    action: Action,
    *,
    by: Any,
    version: int,
    reason: str = "",
    at: datetime | None = None,
    **wanted: Any,
) -> Action:
    """Change an action, with a line in its history for each thing that changed.

    `wanted` are new values of title, why, owner, owner_name, horizon, due, status, indicator.
    `version` is the one that the editor saw: if the action moved on since, ActionConflict, and
    nothing is stored. What is wanted and already so is no conflict: a second tap on the same
    button is not an error.
    """
    current = _locked(action)
    if all(getattr(current, name) == value for name, value in wanted.items()):
        return current
    if current.version != version:
        raise ActionConflict(current, wanted)
    if "owner" in wanted:
        check_owner(current.organisation, wanted["owner"])
    apply_changes(current, wanted, by=by, reason=" ".join(reason.split()), at=at or timezone.now())
    return current


def postpone_action(
    action: Action, *, by: Any, version: int, due: date, reason: str, at: datetime | None = None
) -> Action:
    """Give an action a later date, and say why."""
    return update_action(action, by=by, version=version, due=due, reason=reason, at=at)


def drop_action(
    action: Action, *, by: Any, version: int, reason: str, at: datetime | None = None
) -> Action:
    """Stop with an action, and say why. It stays in the record."""
    return update_action(
        action, by=by, version=version, status=ActionStatus.DROPPED, reason=reason, at=at
    )


def hand_to_management(
    action: Action, *, by: Any, version: int, reason: str, at: datetime | None = None
) -> Action:
    """Ask the organisation's management to decide: `reason` says what is asked of it."""
    return update_action(
        action, by=by, version=version, status=ActionStatus.HANDED_OVER, reason=reason, at=at
    )


@transaction.atomic
def decide_on_action(
    action: Action,
    *,
    by: Any,
    version: int,
    decision: str,
    means: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Action:
    """Management endorses a handed-over action, supports it with means, or declines it with a
    reason. The decision stays with the action; the same one twice is one."""
    means, reason = " ".join(means.split()), " ".join(reason.split())
    if decision not in ManagementAnswer.values:
        raise InvalidInput(_("Endorse it, support it with means, or decline it."))
    if decision == ManagementAnswer.SUPPORTED and not means:
        raise InvalidInput(_("Say with which means you support it: hours, money, somebody."))
    if decision == ManagementAnswer.DECLINED and not reason:
        raise InvalidInput(_("Say why you decline it."))
    status = (
        ActionStatus.DROPPED if decision == ManagementAnswer.DECLINED else ActionStatus.UNDER_WAY
    )
    if action.status not in (ActionStatus.HANDED_OVER, status):
        raise NotNow(_("Nothing is asked of management for this action any more."))
    told = " ".join(part for part in (f"{means}." if means and reason else means, reason) if part)
    changed = update_action(action, by=by, version=version, status=status, reason=told, at=at)
    if changed.version == version + 1:
        ManagementDecision.objects.get_or_create(
            action=changed,
            version=changed.version,
            defaults={
                "decision": decision,
                "means": means,
                "reason": reason,
                "by": by,
                "at": at or timezone.now(),
            },
        )
    return changed


@transaction.atomic
def add_note(
    action: Action, *, by: Any, text: str, at: datetime | None = None, key: UUID | None = None
) -> ActionNote:
    """Write something with an action. A note is no change: it can't be in conflict."""
    if key and (made := action.notes.filter(key=key).first()):
        return made
    text = text.strip()
    if not text:
        raise InvalidInput(_("Write something first."))
    return ActionNote.objects.create(
        action=action, author=by, text=text, at=at or timezone.now(), key=key
    )
