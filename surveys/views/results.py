"""The results of a closed wave: what do people say, and how many say it?"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.models import Organisation
from surveys import queries
from surveys.charts import construct_rows, statement_blocks, what_it_shows
from surveys.enums import WaveState
from surveys.results import ItemResult, item_results, responses_shown
from surveys.views.common import frame, wave_read_by


@login_required
@require_safe
def wave_results(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Results by statement and construct, of all or of one organisation where that may be."""
    wave = wave_read_by(request, code, pk)
    if wave.state != WaveState.CLOSED:
        return redirect("waves", code=code)
    results = item_results(wave)
    organisations = _organisations_shown(results)
    chosen = _chosen(request, organisations)
    shown = [result for result in results if result.organisation_id == (chosen and chosen.pk)]
    visible = [result for result in shown if result.counts is not None]
    responses = responses_shown(wave)
    context = frame(wave.cycle.programme, wave) | {
        "crumbs": frame(wave.cycle.programme)["crumbs"],
        "organisations": organisations,
        "chosen": chosen,
        "blocks": statement_blocks(wave, shown),
        "constructs": construct_rows(visible),
        "shows": what_it_shows(visible),
        "has_results": bool(visible),
        "has_hidden": len(visible) < len(shown),
        "respondents": responses.by_organisation.get(chosen.pk) if chosen else responses.total,
        "remarks": queries.remarks_of(wave) if visible and not chosen else [],
    }
    return render(request, "surveys/wave_results.html", context)


def _organisations_shown(results: list[ItemResult]) -> list[Organisation]:
    """Organisations of which at least one statement may be shown."""
    shown = {
        result.organisation_id
        for result in results
        if result.organisation_id is not None and result.counts is not None
    }
    return list(Organisation.objects.filter(pk__in=shown))


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation | None:
    """The organisation asked for; 404 for one that can't be shown or doesn't exist."""
    wanted = request.GET.get("organisation", "")
    if not wanted:
        return None
    for organisation in organisations:
        if organisation.code == wanted:
            return organisation
    raise Http404
