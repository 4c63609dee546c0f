"""An organisation enters its own figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from benchmarks.forms.figures import EntryForm
from benchmarks.models import Figure, IndicatorDefinition
from benchmarks.periods import Period, read_period
from benchmarks.supplying import periods_offered, supplied
from benchmarks.views.common import crumbs, own_organisation, programme_for
from core.exceptions import EditConflict


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def figure_entry(request: HttpRequest, code: str, organisation: str, period: str) -> HttpResponse:
    """Fill in what one supplies for a period: all of it is stored, or nothing."""
    programme = programme_for(request, code)
    own = own_organisation(request, programme, organisation)
    definitions = supplied(programme)
    chosen = _period(period, definitions)
    mine = [each for each in definitions if each.period == chosen.kind]
    figures = {
        figure.indicator_id: figure
        for figure in Figure.objects.filter(
            organisation=own, period=period, indicator__programme=programme
        )
    }
    form = EntryForm(request.POST or None, definitions=mine, figures=figures)
    conflict = ""
    if form.is_valid():
        try:
            if form.save(programme, own, period=period, by=request.user) is not None:
                messages.success(request, _("The figures for %s are stored.") % period)
                return redirect("our_figures", code, organisation)
        except EditConflict as error:
            conflict = str(error.message)
    context = {
        "programme": programme,
        "organisation": own,
        "crumbs": crumbs(programme, own),
        "form": form,
        "period": period,
        "periods": periods_offered(definitions),
        "conflict": conflict,
    }
    return render(request, "benchmarks/figure_entry.html", context, status=_status(form, conflict))


def _status(form: EntryForm, conflict: str) -> int:
    if conflict:
        return 409
    return 422 if form.is_bound else 200


def _period(text: str, definitions: list[IndicatorDefinition]) -> Period:
    """The period in the address, if something is measured by its kind; else 404."""
    period = read_period(text)
    if period is None or period.kind not in {each.period for each in definitions}:
        raise Http404
    return period
