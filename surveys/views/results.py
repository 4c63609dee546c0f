"""The results of a closed wave: what do people say, and how many say it?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from benchmarks.rules import is_coordinator
from surveys import queries, summaries
from surveys.changes import change_rows
from surveys.charts import what_it_shows
from surveys.domain.tabulations import count_again, stop_counting
from surveys.enums import WaveState
from surveys.groups import BREAKDOWN_LABELS, Choice, groups_shown
from surveys.models import Wave
from surveys.results import are_being_counted, on_paper_shown, pairs_of, tables_of
from surveys.structure import questionnaire
from surveys.tables import WHOLE, Group, Tables
from surveys.views.common import frame, wave_read_by, wave_run_by, wave_url


@login_required
@require_safe
def wave_results(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Results by statement and construct, of all or of one group where that may be."""
    wave = wave_read_by(request, code, pk)
    if wave.state != WaveState.CLOSED:
        return redirect("waves", code=code)
    context = frame(wave.cycle.programme, wave) | {"crumbs": frame(wave.cycle.programme)["crumbs"]}
    if are_being_counted(wave):
        context["tabulation"] = wave.tabulations.first()
        context["runs"] = is_coordinator(request.user, wave.cycle.programme)
        return render(request, "surveys/wave_results_wait.html", context)
    tables = tables_of(wave)
    if tables is None:
        raise Http404
    choices = groups_shown(tables)
    wanted, group, name = _chosen(request, choices)
    context |= _numbers(wave, tables, group, choices) | {
        "choices": [(BREAKDOWN_LABELS[each], rows) for each, rows in choices.items() if rows],
        "wanted": wanted,
        "group_name": name,
        "on_paper": None if wanted else on_paper_shown(wave),
        "runs": is_coordinator(request.user, wave.cycle.programme),
    }
    return render(request, "surveys/wave_results.html", context)


@login_required
@require_POST
def wave_counting(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Stop counting a large wave, or count it after all."""
    wave = wave_run_by(request, code, pk)
    decide = stop_counting if request.POST.get("do") == "stop" else count_again
    decide(wave, by=request.user)
    return redirect(wave_url("wave_results", wave))


def _numbers(
    wave: Wave, tables: Tables, group: Group, choices: dict[str, list[Choice]]
) -> dict[str, Any]:
    """Everything that is counted, of one group."""
    asked = questionnaire(wave.version_id)
    statements = [item for item in asked.items if item.is_statement]
    bars = [
        summaries.statement_bar(item, tables.of(item.id, group), turned=True) for item in statements
    ]
    organisations = [(each, name) for _key, each, name in choices["organisation"]]
    constructs = summaries.construct_rows(asked, tables, group)
    return {
        "respondents": tables.respondents.get(group),
        "parts": summaries.parts(asked, tables, group),
        "constructs": constructs,
        "construct_bars": [row.bar for row in constructs],
        "heads": [asked.construct_label(code) for code in summaries.constructs_of(asked)],
        "heat": summaries.heat_rows(asked, tables, organisations),
        "scales": summaries.scale_rows(asked, tables) if group == WHOLE else [],
        "shows": what_it_shows(bars),
        "has_results": any(group in groups for groups in tables.items.values()),
        "has_hidden": tables.has_hidden,
        **_changes(wave, tables, group),
        "remarks": queries.released_remarks(wave) if tables.respondents and group == WHOLE else [],
    }


def _changes(wave: Wave, tables: Tables, group: Group) -> dict[str, Any]:
    """What changed since the wave before, when its results are there too."""
    earlier = queries.wave_before(wave)
    if earlier is None or are_being_counted(earlier):
        return {}
    before = tables_of(earlier)
    if before is None:
        return {}
    rows = change_rows(
        (questionnaire(wave.version_id), tables),
        (questionnaire(earlier.version_id), before),
        group,
        pairs_of(wave, tables, earlier, before),
    )
    return {"earlier": earlier, "changes": rows}


def _chosen(request: HttpRequest, choices: dict[str, list[Choice]]) -> Choice:
    """The group asked for; 404 for one that can't be shown or doesn't exist."""
    wanted = request.GET.get("of", "")
    if not wanted:
        return "", WHOLE, ""
    for choice in (each for rows in choices.values() for each in rows):
        if choice[0] == wanted:
            return choice
    raise Http404
