"""Whom an organisation chooses to compare itself with."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import ChosenGroup, Programme
from benchmarks.sharing import is_shared, participants_of
from core.exceptions import InvalidInput, NotNow
from people.models import Organisation


@transaction.atomic
def choose_group(
    programme: Programme, organisation: Organisation, *, others: Iterable[Organisation]
) -> ChosenGroup:
    """Keep the organisations to compare with; it takes the place of the choice before.

    Raises NotNow before all participants agreed to share: two choices that differ in one
    organisation would give its figure away.
    """
    if not is_shared(programme):
        raise NotNow(_("You can choose once all participants have agreed to share their figures."))
    chosen = {each.pk for each in others} - {organisation.pk}
    known = set(participants_of(programme).values_list("pk", flat=True))
    if not chosen or not chosen <= known:
        raise InvalidInput(_("Choose other participants of this benchmark."))
    group, _new = ChosenGroup.objects.get_or_create(programme=programme, organisation=organisation)
    group.others.set(chosen)
    return group
