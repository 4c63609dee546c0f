"""What is agreed before figures are laid side by side."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Charter, CharterConsent, Programme
from benchmarks.sharing import participants_of
from core.audit import Deed, record
from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from people.models import Organisation

WORDS = ("purpose", "ownership", "visibility")
FLAGS = ("coordinator_sees", "facilitator_sees", "evaluator_sees")


@transaction.atomic
def write_charter(programme: Programme, *, by: Any = None, seen: int = 0, **said: Any) -> Charter:
    """Write the next version of the charter, to which everybody is asked to agree anew.

    `seen` is the version that the writer started from (0: none). Nothing changed: that version
    stays. Raises InvalidInput for an empty text, EditConflict when there is a newer version.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    newest = programme.charters.first()
    if (newest.version if newest else 0) != seen:
        raise EditConflict(_("Somebody else changed the charter in between. Look at it again."))
    if not all(str(said.get(word, "")).strip() for word in WORDS):
        raise InvalidInput(_("Fill in all parts of the charter."))
    if newest and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    charter = Charter.objects.create(programme=programme, version=seen + 1, **said)
    log_activity(charter, "charter written", actor=by, version=charter.version)
    record(Deed.CHARTER_WRITTEN, charter, by=by, scope=programme, version=charter.version)
    return charter


@transaction.atomic
def give_consent(
    charter: Charter, organisation: Organisation, *, by: Any = None, given_on: Any = None
) -> CharterConsent:
    """An organisation agrees to this version of the charter; a second time changes nothing."""
    _newest(charter)
    if not participants_of(charter.programme).filter(pk=organisation.pk).exists():
        raise InvalidInput(_("This organisation doesn't take part in this round."))
    day = given_on or timezone.localdate()
    consent, new = CharterConsent.objects.get_or_create(
        charter=charter,
        organisation=organisation,
        defaults={"given_by": by, "given_on": day},
    )
    if consent.withdrawn_on is not None:
        consent.withdrawn_on, consent.given_by, consent.given_on = None, by, day
        consent.save()
        new = True
    if new:
        log_activity(charter, "charter agreed", actor=by, organisation=organisation.code)
        _record(Deed.CHARTER_AGREED, charter, organisation, by)
    return consent


@transaction.atomic
def withdraw_consent(charter: Charter, organisation: Organisation, *, by: Any = None) -> None:
    """Take the agreement back: from now on figures are shown against the group only."""
    _newest(charter)
    given = charter.consents.filter(organisation=organisation, withdrawn_on=None)
    if given.update(withdrawn_on=timezone.localdate()):
        log_activity(charter, "consent withdrawn", actor=by, organisation=organisation.code)
        _record(Deed.CHARTER_WITHDRAWN, charter, organisation, by)


def _record(deed: Deed, charter: Charter, organisation: Organisation, by: Any) -> None:
    about = {"organisation": organisation.pk, "version": charter.version}
    record(deed, charter, by=by, scope=charter.programme, **about)


def _newest(charter: Charter) -> None:
    if charter.programme.charters.filter(version__gt=charter.version).exists():
        raise NotNow(_("There is a newer version of the charter. Look at that one."))
