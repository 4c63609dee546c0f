"""Reads of this room: querysets, nothing decided here."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from wagtail.models import WorkflowState

from benchmarks.models import Cycle, Participation
from core.models import MailState, OutboxMail
from people.models import Membership, Organisation
from surveys.content import CODE
from surveys.enums import ItemKind, ResponseState, WaveState
from surveys.measures.moments import Moments
from surveys.models import (
    Answer,
    Instrument,
    InstrumentVersion,
    Invitation,
    MailStop,
    RemarkReview,
    Response,
    UsedLink,
    Wave,
)
from surveys.models.remarks import RemarkState
from surveys.tables import BREAKDOWNS

SUMS_AT_ONCE = 500
"""PostgreSQL gives 1,664 columns at most; a scale of sixty items has 1,891 sums."""
NOT_ARRIVED = (MailState.REFUSED, MailState.FAILED, MailState.BOUNCED)


def waves_of(programme: Any, user: Any) -> QuerySet[Wave]:
    """The waves of a programme that this person may know of, newest cycle first."""
    return Wave.objects.visible_to(user).filter(cycle__programme=programme).select_related("cycle")


def instruments_to_read(user: Any) -> QuerySet[Instrument]:
    """Questionnaires that a colleague submitted, and that this person may approve."""
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type__app_label="surveys",
        base_content_type__model="instrument",
    ).exclude(requested_by=user)
    keys = [int(key) for key in waiting.values_list("object_id", flat=True)]
    return Instrument.objects.editable_by(user).filter(pk__in=keys).select_related("programme")


def versions_to_ask(programme: Any, user: Any) -> QuerySet[InstrumentVersion]:
    """The newest version of each questionnaire of this programme, without the one that ships (which
    is asked where none is chosen)."""
    mine = Instrument.objects.visible_to(user).filter(Q(programme=programme) | Q(programme=None))
    published = InstrumentVersion.objects.filter(published_on__isnull=False)
    newest = published.filter(instrument=OuterRef("instrument")).order_by("-number").values("pk")
    rows = published.filter(instrument__in=mine.values("pk"), pk=Subquery(newest[:1]))
    return (
        rows.exclude(instrument__code=CODE, number=1)
        .select_related("instrument")
        .order_by("instrument__code")
    )


def participating_organisations(cycle: Cycle) -> QuerySet[Organisation]:
    """Who takes part in a cycle."""
    return Organisation.objects.filter(
        pk__in=Participation.objects.filter(cycle=cycle).values("organisation")
    )


def people_to_invite(wave: Wave) -> QuerySet[Membership]:
    """Members of the participating organisations, without who left and who was invited."""
    invited = Invitation.objects.filter(wave=wave)
    return (
        Membership.objects.filter(
            organisation__in=participating_organisations(wave.cycle),
            left_on=None,
            user__is_active=True,
        )
        .exclude(user__email__in=invited.values("email"))
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )


def narrowed(people: QuerySet[Membership], wanted: dict[str, str]) -> QuerySet[Membership]:
    """Of these people those with a role, in a department, of an organisation (its code)."""
    paths = {"role": "roles__role", "organisation": "organisation__code"}
    paths["department"] = "department"
    chosen = {paths[name]: value for name, value in wanted.items() if value and name in paths}
    return people.filter(**chosen).distinct()


def contacts_of(cycle: Cycle) -> set[int]:
    """Primary keys of memberships that are a contact person in the cycle."""
    pairs = Participation.objects.filter(cycle=cycle, contacts__isnull=False)
    return set(pairs.values_list("contacts", flat=True))


def invited_by_organisation(wave: Wave) -> dict[int, int]:
    """How many were invited of each organisation."""
    rows = Invitation.objects.filter(wave=wave).order_by()
    return dict(rows.values_list("organisation").annotate(n=Count("pk")))


def wave_before(wave: Wave) -> Wave | None:
    """The closed wave of the same programme and instrument that came before this one."""
    return (
        Wave.objects.filter(
            cycle__programme=wave.cycle.programme_id,
            version__instrument=wave.version.instrument_id,
            state=WaveState.CLOSED,
        )
        .filter(Q(opened_on__lt=wave.opened_on) | Q(opened_on=wave.opened_on, pk__lt=wave.pk))
        .select_related("cycle__programme", "version")
        .order_by("-opened_on", "-pk")
        .first()
        if wave.opened_on
        else None
    )


def respondent_cells(wave: Wave) -> dict[tuple[str, ...], int]:
    """Respondents by what they are in each breakdown. Not for show: see tabulating.py."""
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by()
    counted = rows.values_list(*BREAKDOWNS).annotate(n=Count("pk"))
    return {(str(organisation or ""), *rest): n for organisation, *rest, n in counted}


def value_cells(
    wave: Wave, items: Sequence[int], across: Sequence[str]
) -> Iterable[tuple[Any, ...]]:
    """Counts of items that are answered with a single value, in one pass: item, these breakdowns,
    value (None is "not applicable"), n. Not for show: see tabulating.py.

    No more columns than it takes: each one more is compared for every answer.
    """
    rows = _answers_to(wave, items).values_list("item", *_of_response(across), "value")
    return rows.annotate(n=Count("*"))


def chosen_cells(
    wave: Wave, items: Sequence[int], across: Sequence[str]
) -> Iterable[tuple[Any, ...]]:
    """Counts of the other items that are put together: item, these breakdowns, chosen, "not
    applicable", n, and of numbers their sum and sum of squares. Not for show."""
    rows = _answers_to(wave, items).values_list(
        "item", *_of_response(across), "chosen", "not_applicable"
    )
    return rows.annotate(n=Count("*"), total=Sum("number"), squares=Sum(F("number") * F("number")))


def _of_response(names: Iterable[str]) -> list[str]:
    return [f"response__{name}" for name in names]


def _answers_to(wave: Wave, items: Sequence[int]) -> QuerySet[Answer]:
    """All answers to some items of a wave. They are counted without a cursor: PostgreSQL uses one
    process only for what is fetched through one."""
    return Answer.objects.filter(
        response__wave=wave, response__state=ResponseState.SUBMITTED, item__in=items
    ).order_by()


def moments_of_scales(wave: Wave, scales: Sequence[Sequence[int]]) -> list[Moments]:
    """For each scale (its items) sums and sums of products over respondents who answered all of it
    with a value, counted by the database in one pass. Not for show: see tabulating.py."""
    columns: dict[str, Any] = {}
    sums: dict[str, Any] = {}
    for number, items in enumerate(scales):
        columns[f"c{number}"] = Count("value", filter=Q(item__in=items))
        columns |= {f"v{item}": Max("value", filter=Q(item=item)) for item in items}
        sums |= _sums(number, items)
    every = [item for items in scales for item in items]
    rows = _answers_to(wave, every).values("response").annotate(**columns)
    found: dict[str, Any] = {}
    for some in batched(sums.items(), SUMS_AT_ONCE):
        found |= rows.aggregate(**dict(some))
    return [_moments(number, items, found) for number, items in enumerate(scales)]


def _sums(number: int, items: Sequence[int]) -> dict[str, Any]:
    """What is summed of a scale, over who answered it whole."""
    whole = Q(**{f"c{number}": len(items)})
    sums: dict[str, Any] = {f"n{number}": Count("response", filter=whole)}
    for place, one in enumerate(items):
        sums[f"s{one}"] = Sum(f"v{one}", filter=whole)
        for other in items[place:]:
            sums[f"p{one}_{other}"] = Sum(F(f"v{one}") * F(f"v{other}"), filter=whole)
    return sums


def _moments(number: int, items: Sequence[int], found: dict[str, Any]) -> Moments:
    def product(one: int, other: int) -> int:
        places = sorted((one, other))
        return found[f"p{items[places[0]]}_{items[places[1]]}"] or 0

    every = range(len(items))
    return Moments(
        n=found[f"n{number}"],
        sums=tuple(found[f"s{item}"] or 0 for item in items),
        products=tuple(tuple(product(one, other) for other in every) for one in every),
    )


def remarks_of(wave: Wave) -> QuerySet[Answer]:
    """Remarks, in the order of their text: the order in which they came could point at people."""
    return (
        Answer.objects.filter(
            response__wave=wave,
            response__state=ResponseState.SUBMITTED,
            item__kind=ItemKind.OPEN_TEXT,
        )
        .select_related("item")
        .order_by("item__block__position", "item__position", "text")
    )


def unread_remarks(wave: Wave) -> QuerySet[Answer]:
    """Remarks that the coordinator hasn't decided on yet."""
    return remarks_of(wave).filter(review=None)


def remarks_to_review(wave: Wave) -> QuerySet[Answer]:
    """All remarks with what was decided, those still to be read first."""
    first = Case(When(review=None, then=0), default=1)
    return (
        remarks_of(wave)
        .select_related("review")
        .order_by(first, "item__block__position", "item__position", "text")
    )


def released_remarks(wave: Wave) -> QuerySet[RemarkReview]:
    """What others may read of the remarks, item by item in the order of their text."""
    rows = RemarkReview.objects.filter(answer__response__wave=wave, state=RemarkState.RELEASED)
    return rows.select_related("answer__item").order_by(
        "answer__item__block__position", "answer__item__position", "text"
    )


def open_invitations_of(user: Any) -> QuerySet[Invitation]:
    """What somebody with an account was asked to answer, whether they did or not: see is_used."""
    return (
        Invitation.objects.filter(
            membership__user=user,
            membership__left_on=None,
            state="open",
            wave__state=WaveState.OPEN,
        )
        .select_related("wave__cycle__programme")
        .order_by("wave__last_day")
    )


def stopped_in(wave: Wave) -> QuerySet[MailStop]:
    """Who of a wave wants no mail about the programme."""
    return MailStop.objects.filter(
        programme=wave.cycle.programme_id, email__in=wave.invitations.values("email")
    )


def used_digests(wave: Wave) -> set[str]:
    """The digests of the links of a wave that were used to submit."""
    return set(UsedLink.objects.filter(wave=wave).values_list("digest", flat=True))


def is_used(digest: str) -> bool:
    """Was the link with this digest (links.used_digest_of) used to submit?"""
    return UsedLink.objects.filter(digest=digest).exists()


def mails_of(wave: Wave) -> QuerySet[OutboxMail]:
    """The mails that were written for a wave's invitations."""
    return OutboxMail.objects.filter(reference__startswith=f"wave:{wave.pk}:")


def mails_waiting(wave: Wave) -> QuerySet[OutboxMail]:
    """Mails that are still on their way."""
    underway = (MailState.WAITING, MailState.CLAIMED, MailState.DELIVERING)
    return mails_of(wave).filter(state__in=underway)


def mails_in_trouble(wave: Wave) -> QuerySet[OutboxMail]:
    """Mails that didn't arrive, or of which nobody knows."""
    return mails_of(wave).filter(state__in=(MailState.UNSURE, *NOT_ARRIVED))
