"""Help: which manual is for me, and the manuals themselves."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from website import manuals


def _language_of(request: HttpRequest) -> str:
    """That of the page; `in` names it for who has said nothing yet, since the link of a survey is
    in a language of its own."""
    asked = request.GET.get("in", "")
    if (
        asked in dict(settings.LANGUAGES)
        and not request.user.is_authenticated
        and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
    ):
        return asked
    return translation.get_language() or settings.LANGUAGE_CODE


@require_safe
def help_me(request: HttpRequest) -> HttpResponse:
    """To the manual of one's role, and there to the page that `of` names; else to all manuals."""
    roles = manuals.roles_of(request.user)
    name, anchor = manuals.way_to(request.GET.get("of", ""), roles, _language_of(request))
    if not name:
        return redirect("manuals")
    return redirect(reverse("manual", args=[name]) + (f"#{anchor}" if anchor else ""))


@require_safe
def all_manuals(request: HttpRequest) -> HttpResponse:
    """Which manuals there are."""
    shown = manuals.manuals(_language_of(request))
    return render(request, "website/manuals.html", {"manuals": shown})


@require_safe
def manual(request: HttpRequest, name: str) -> HttpResponse:
    """One manual. Anyone may read it: it tells how things go, not what is in them."""
    language = _language_of(request)
    try:
        shown = manuals.manual(name, language)
    except KeyError as error:
        raise Http404 from error
    with translation.override(language):
        context = {"manual": shown, "manuals": manuals.manuals(language)}
        answer = render(request, "website/manual.html", context)
    answer["Content-Language"] = language
    return answer
