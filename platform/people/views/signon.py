"""Signing in at one's own organisation."""

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import InvalidInput
from people.forms import LinkForm
from people.signon import CarefulAdapter, sign_on_for, way_to
from people.views.links import next_path_of


@never_cache
@require_http_methods(["GET", "POST"])
def sign_on(request: HttpRequest) -> HttpResponse:
    """Which organisation is it? Then a link to its own page to sign in."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form, next_path = LinkForm(request.POST or None), next_path_of(request)
    context = {"form": form, "next_path": next_path}
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="login"):
            return render(request, "429.html", status=429)
        try:
            found = sign_on_for(form.cleaned_data["email"])
        except InvalidInput as error:
            form.add_error("email", str(error.message))
        else:
            way = way_to(request, found, next_path=next_path)
            context |= {"way": way, "organisation": found.organisation}
    return render(request, "account/sign_on.html", context)


@never_cache
@require_safe
def sign_on_return(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Back from the organisation, with its word on who somebody is."""
    view = OAuth2CallbackView.adapter_view(CarefulAdapter(request, organisation))
    try:
        answer: HttpResponseBase = view(request)
    except ImmediateHttpResponse as refusal:
        return refusal.response
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    return answer
