"""How a circle follows up its actions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningcircles.forms.rules import FollowUpRuleForm
from learningcircles.views.common import crumbs, led_circle, page, saved


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def circle_follow_up(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """When are people reminded, and when does an action go to management?"""
    circle = led_circle(request, code, pk)
    form = FollowUpRuleForm(request.POST or None, circle=circle, user=request.user)
    if request.method == "POST" and saved(form):
        messages.success(request, _("The circle follows up its actions like this from now on."))
        return redirect("circle", code=code, pk=pk)
    way = crumbs(circle.programme, (circle, reverse("circle", args=[code, pk])))
    context = {"programme": circle.programme, "circle": circle, "form": form, "crumbs": way}
    return page(request, "circle_follow_up", context, form)
