"""A wave on paper: the sheet to print, and typing in what came back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exceptions import NotNow
from surveys.enums import WaveState
from surveys.forms.paper import PaperForm
from surveys.models import Wave
from surveys.modes import paper_promise
from surveys.paper import pages_on_paper
from surveys.queries import participating_organisations
from surveys.structure import questionnaire
from surveys.views.common import saved, wave_entered_by
from surveys.views.waves import READ_OR_POST
from website.templatetags.benchlearn import in_language

LANGUAGES = ("nl", "en")
PAPER = "surveys/paper/sheet.html"


def paper_crumbs(wave: Wave) -> list[tuple[str, str]]:
    """The way back up; a facilitator has no page of the wave itself."""
    programme = wave.cycle.programme
    return [(in_language(programme, "name"), reverse("programme", args=[programme.code]))]


@login_required
@require_safe
def wave_paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The questionnaire of a wave to print, in the language asked for."""
    wave = wave_entered_by(request, code, pk)
    programme = wave.cycle.programme
    language = request.GET.get("language", "")
    with translation.override(language if language in LANGUAGES else translation.get_language()):
        context = sheet_context(wave.version_id) | {
            "programme": programme,
            "wave": wave,
            "crumbs": paper_crumbs(wave),
            "programme_name": in_language(programme, "name"),
            "organisations": participating_organisations(wave.cycle).order_by("name"),
            "promise": paper_promise(wave.mode, minimum=programme.minimum_group),
        }
        return render(request, PAPER, context)


def sheet_context(version_id: int) -> dict[str, Any]:
    """What a sheet of any version shows, in the language of the moment."""
    language = translation.get_language()
    return {
        "asked": questionnaire(version_id),
        "pages": pages_on_paper(questionnaire(version_id)),
        "language": language,
        "other_language": "nl" if language == "en" else "en",
    }


@login_required
@READ_OR_POST
def wave_paper_enter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Type in one sheet after another."""
    wave = wave_entered_by(request, code, pk)
    if wave.state != WaveState.OPEN:
        raise NotNow(_("Paper answers can be entered while the wave is open."))
    organisation = request.GET.get("organisation", "")
    form = PaperForm(request.POST or None, wave=wave, organisation=organisation)
    if request.method == "POST":
        kept = saved(form, lambda: form.save(by=request.user, on=timezone.localdate()))
        if kept is not None:
            return _entered(request, form, is_new=kept)
    context = {
        "programme": wave.cycle.programme,
        "wave": wave,
        "crumbs": paper_crumbs(wave),
        "form": form,
        "pages": form.pages,
    }
    status = 422 if form.is_bound else 200
    return render(request, "surveys/paper/enter.html", context, status=status)


def _entered(request: HttpRequest, form: PaperForm, *, is_new: bool) -> HttpResponse:
    """Say so, and offer the next sheet, of the same organisation."""
    if is_new:
        messages.success(request, _("The sheet is entered. Here is an empty one for the next."))
    else:
        messages.info(request, _("This sheet was entered already; it is kept once."))
    url = reverse("wave_paper_enter", args=[form.wave.cycle.programme.code, form.wave.pk])
    return redirect(f"{url}?organisation={form.cleaned_data['organisation'].code}")
