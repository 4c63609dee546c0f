"""Who is compared with whom, and which groups may be shown before all agreed to share."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from benchmarks.enums import GroupKind
from benchmarks.measures.standing import Judged, best_of, value_in
from benchmarks.models import ChosenGroup, Programme
from benchmarks.protection import Traits, open_groups
from people.models import Organisation


def group_of_each(
    programme: Programme, organisations: Collection[int] | None, kind: GroupKind
) -> Mapping[int, Any] | None:
    """By organisation the group that it is compared within; None when that is everybody."""
    if kind in (GroupKind.ALL, GroupKind.BEST):
        return None
    if kind == GroupKind.CHOSEN:
        own = list(organisations or ())
        chosen = ChosenGroup.objects.filter(programme=programme, organisation__in=own)
        others = chosen.values_list("others", flat=True) if len(own) == 1 else ()
        return dict.fromkeys([*own, *(pk for pk in others if pk)], "chosen")
    field = "size_class" if kind == GroupKind.SIZE else "region"
    rows: Iterable[tuple[int, str]] = Organisation.objects.filter(
        participations__cycle__programme=programme
    ).values_list("pk", field)
    return {pk: value for pk, value in rows if value}


class Guard:
    """Before all agreed to share: may this organisation be laid beside this group?"""

    def __init__(self, programme: Programme) -> None:
        self.minimum = programme.minimum_organisations
        self.traits = {
            pk: (size, region)
            for pk, size, region in Organisation.objects.filter(
                participations__cycle__programme=programme
            ).values_list("pk", "size_class", "region")
        }

    def opens(
        self,
        kind: GroupKind,
        organisation: int,
        judged: Judged,
        histories: Mapping[Any, Any],
        better: str,
    ) -> bool:
        """May it, given the values of everybody by organisation?"""
        if kind == GroupKind.CHOSEN or judged.group.n < self.minimum:
            return False
        if kind == GroupKind.ALL:
            return True
        values = {
            other: value
            for other, history in histories.items()
            if other != organisation and (value := value_in(history, judged.period)) is not None
        }
        best = set(best_of(sorted(values.values()), better))
        others: list[Traits] = [
            (*self.traits.get(other, ("", "")), value in best) for other, value in values.items()
        ]
        return kind in open_groups(self.traits.get(organisation, ("", "")), others, self.minimum)
