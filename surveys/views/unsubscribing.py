"""Pages of a link besides answering: no more mail, and taking a place by a wave's open link."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.domain.openlinks import find_open_link, take_place
from surveys.domain.stopping import invitation_of, stop_mail
from surveys.modes import promise
from surveys.queries import participating_organisations
from surveys.rendering import render_page
from surveys.structure import questionnaire
from website.templatetags.benchlearn import in_language


@csrf_exempt  # the link is the authority: see answering.py
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail. Opening the page changes nothing: mail scanners open links; POST does, from the
    button as well as from a mail program (RFC 8058)."""
    invitation = invitation_of(token)
    translation.activate(invitation.language)
    if request.method == "POST":
        stop_mail(token)
    context = {
        "programme_name": in_language(invitation.wave.cycle.programme, "name"),
        "email": invitation.email,
        "is_stopped": request.method == "POST",
        "data_path": f"/d/{token}/",  # the roof's: what is kept of a respondent
    }
    return render_page("surveys/answering/unsubscribe.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey_open(request: HttpRequest, token: str) -> HttpResponse:
    """The open link: for whom do you answer? Then on to a link of one's own."""
    link = find_open_link(token)
    wave, language = link.wave, translation.get_language() or "nl"
    organisations = list(participating_organisations(wave.cycle))
    chosen = [one for one in organisations if one.code == request.POST.get("organisation")]
    if request.method == "POST" and chosen:
        own = take_place(token, organisation=chosen[0], language=language)
        return HttpResponseRedirect(reverse("survey_start", args=[own]))
    context = {
        "programme_name": in_language(wave.cycle.programme, "name"),
        "asked": questionnaire(wave.version_id),
        "wave": wave,
        "organisations": organisations,
        "promise": promise(wave.mode, minimum=wave.cycle.programme.minimum_group),
        "is_wrong": request.method == "POST",
    }
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render_page("surveys/answering/open.html", context, status=status)
