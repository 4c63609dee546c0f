"""What this room offers upward: deeds for *Now*, and a section of a programme's page."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.deeds import Deed, Section
from surveys import queries
from surveys.booking_queries import interviews_to_do
from surveys.coding_queries import open_tasks_of
from surveys.domain.links import path_of, token_of, used_digest_of
from surveys.enums import InterviewState, WaveState
from surveys.models import Wave
from website.templatetags.benchlearn import in_language


def deeds(user: Any, today: dt.date, **kwargs: Any) -> list[Deed]:
    """To answer, to code, and for a coordinator to open, to close, and to read what was written."""
    return [
        *_to_answer(user, today),
        *_to_run(user, today),
        *_to_read(user),
        *_to_code(user),
        *_to_hold(user),
    ]


def _to_answer(user: Any, today: dt.date) -> Iterator[Deed]:
    for invitation in queries.open_invitations_of(user):
        if invitation.wave.last_day < today:
            continue
        token = token_of(invitation, invitation.wave)
        if not queries.is_used(used_digest_of(token)):
            yield Deed(
                title=_("How do you experience the benchmark?"),
                verb=_("Answer"),
                url=path_of(token),
                due=invitation.wave.last_day,
                context=in_language(invitation.wave.cycle.programme, "name"),
            )


def _to_run(user: Any, today: dt.date) -> Iterator[Deed]:
    mine = Wave.objects.run_by(user).exclude(state=WaveState.CLOSED)
    waves = mine.select_related("cycle__programme").annotate(invited=Count("invitations"))
    for wave in waves:
        args = [wave.cycle.programme.code, wave.pk]
        context = in_language(wave.cycle.programme, "name")
        if wave.state == WaveState.DRAFT:
            name = "wave_open" if wave.invited else "wave_invite"
            yield Deed(
                title=wave.name,
                verb=_("Open the wave") if wave.invited else _("Invite"),
                url=reverse(name, args=args),
                due=wave.last_day,
                context=context,
            )
        elif wave.last_day < today:
            yield Deed(
                title=wave.name,
                verb=_("Close the wave"),
                url=reverse("wave_close", args=args),
                due=wave.last_day,
                context=context,
            )


def _to_read(user: Any) -> Iterator[Deed]:
    for instrument in queries.instruments_to_read(user):
        yield Deed(
            title=_("Questionnaire: %(title)s") % {"title": instrument.title_nl},
            verb=_("Read and approve"),
            url=reverse("wagtailsnippets_surveys_instrument:edit", args=[instrument.pk]),
            context=in_language(instrument.programme, "name") if instrument.programme else "",
        )


def _to_code(user: Any) -> Iterator[Deed]:
    for task in open_tasks_of(user):
        programme = task.text.cycle.programme
        yield Deed(
            title=_("Code an interview"),
            verb=pgettext_lazy("verb", "Code"),
            url=reverse("coding_text", args=[programme.code, task.text_id]),
            context=f"{task.text.organisation}, {in_language(programme, 'name')}",
        )


def _to_hold(user: Any) -> Iterator[Deed]:
    """Interviews to hold soon, and reports to write of those that were held."""
    for interview in interviews_to_do(user, timezone.now()):
        held = interview.state == InterviewState.HELD
        people = ", ".join(seat.candidate.name for seat in interview.seats.all())
        yield Deed(
            title=_("Interview with %(people)s") % {"people": people},
            verb=_("Write the report") if held else _("Prepare the talk"),
            url=reverse("interview_report" if held else "talk", args=[interview.pk]),
            due=timezone.localdate(interview.starts_at),
            context=in_language(interview.round.cycle.programme, "name"),
        )


def sections(user: Any, programme: Any, **kwargs: Any) -> list[Section]:
    """The perception survey, to who runs or evaluates the programme; coding to who leads it too."""
    roles = set(programme.appointments.filter(user=user).values_list("role", flat=True))
    if not roles:
        return []
    coding = Section(
        title=_("Interviews and coding"),
        url=reverse("coding", args=[programme.code]),
        order=25,
        summary=_("What is read from interviews: codebook, texts, coders side by side."),
    )
    interviews = _interviews(programme) if roles & {"coordinator", "facilitator"} else []
    if not roles & {"coordinator", "evaluator"}:
        return [*interviews, coding, *_on_paper(user, programme)]
    return [
        *interviews,
        coding,
        Section(
            title=_("Perception survey"),
            url=reverse("waves", args=[programme.code]),
            order=20,
            summary=_("How participants experience the benchmark: waves, response and results."),
        ),
    ]


def _interviews(programme: Any) -> list[Section]:
    """To who runs or leads the programme: rounds of interviews."""
    return [
        Section(
            title=_("Interviews"),
            url=reverse("interview_rounds", args=[programme.code]),
            order=24,
            summary=_("Whom to talk to, when, and about what: rounds, topic guides, the sample."),
        )
    ]


def _on_paper(user: Any, programme: Any) -> list[Section]:
    """To a facilitator: typing in what was answered on paper, while a wave is open."""
    open_ones = Wave.objects.entered_by(user).filter(
        cycle__programme=programme, state=WaveState.OPEN
    )
    return [
        Section(
            title=_("On paper: %(wave)s") % {"wave": wave.name},
            url=reverse("wave_paper_enter", args=[programme.code, wave.pk]),
            order=21,
            summary=_("Print the perception survey, and enter what came back on paper."),
        )
        for wave in open_ones
    ]
