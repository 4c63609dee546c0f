"""The list of circles, a circle, and who is in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcircles import preparing, queries
from learningcircles.domain.circles import name_intermediary, remove_member
from learningcircles.following import with_times_carried
from learningcircles.forms.circles import CircleForm, MemberForm
from learningcircles.models import Circle, CircleMember
from learningcircles.views.common import (
    crumbs,
    led_circle,
    led_programme,
    page,
    programme_for,
    saved,
)
from learningcircles.votes import most_wanted

AGREEMENTS_SHOWN = 5
TOPICS_SHOWN = 3


@login_required
@require_safe
def circle_list(request: HttpRequest, code: str) -> HttpResponse:
    """Which circles are there, and when do they meet? And the sessions outside circles."""
    programme = programme_for(request, code)
    leads = queries.leads(request.user, programme)
    if not leads and not queries.takes_part(request.user, programme):
        raise Http404
    now = timezone.now()
    sessions = queries.sessions_of_programme(request.user, programme).filter(circle=None)
    context = {
        "programme": programme,
        "crumbs": crumbs(programme)[:1],
        "circles": queries.circles_of_programme(request.user, programme, now),
        "coming": sessions.planned().order_by("starts_at"),
        "past": sessions.exclude(state="planned").order_by("-starts_at")[:20],
        "leads": leads,
    }
    return page(request, "circle_list", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def circle_new(request: HttpRequest, code: str) -> HttpResponse:
    """Start a circle."""
    programme = led_programme(request, code)
    form = CircleForm(
        request.POST or None,
        programme=programme,
        user=request.user,
        initial={"facilitators": [request.user]},
    )
    if request.method == "POST" and (circle := saved(form)):
        messages.success(request, _("The circle has started. Now add its members."))
        return redirect("circle", code=code, pk=circle.pk)
    context = {"programme": programme, "form": form, "crumbs": crumbs(programme)}
    return page(request, "circle_form", context, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def circle_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change what a circle is about."""
    circle = led_circle(request, code, pk)
    form = CircleForm(
        request.POST or None,
        programme=circle.programme,
        user=request.user,
        initial={
            "theme": circle.theme,
            "goal": circle.goal,
            "facilitators": circle.facilitators.all(),
            "form": circle.form,
            "setting": circle.setting,
            "vote_budget": circle.vote_budget,
        },
    )
    if request.method == "POST" and saved(form, lambda: form.save(circle)):
        messages.success(request, _("The circle was changed."))
        return redirect("circle", code=code, pk=pk)
    context = {
        "programme": circle.programme,
        "circle": circle,
        "form": form,
        "crumbs": crumbs(circle.programme, (circle, _url(circle))),
    }
    return page(request, "circle_form", context, form)


def _url(circle: Circle) -> str:
    return reverse("circle", args=[circle.programme.code, circle.pk])


def _circle_page(
    request: HttpRequest, circle: Circle, member_form: MemberForm | None = None
) -> HttpResponse:
    user, programme = request.user, circle.programme
    leads, now = queries.leads(user, programme), timezone.now()
    sessions = list(queries.sessions_of_programme(user, programme).filter(circle=circle))
    actions = queries.actions_of_circle(circle, user)
    members = list(queries.members_of(circle, user))
    if leads and member_form is None:
        member_form = MemberForm(circle=circle, user=user)
    context = {
        "programme": programme,
        "circle": circle,
        "crumbs": crumbs(programme),
        "leads": leads,
        "facilitators": circle.facilitators.all(),
        "next_session": next((s for s in sessions if s.is_planned and s.ends_at >= now), None),
        "sessions": sessions[::-1],
        "agreements": actions.order_by("-agreed_on", "-id")[:AGREEMENTS_SHOWN],
        "open_actions": queries.with_right_to_change(
            with_times_carried(actions.open(), timezone.localdate()),
            user,
            led=[programme.pk] if leads else [],
        ),
        "members": members,
        "missed": preparing.missed_two_in_a_row(circle, user, members) if leads else [],
        "topics": most_wanted(circle, user, TOPICS_SHOWN),
        "member_form": member_form,
        "today": timezone.localdate(),
    }
    return page(request, "circle", context, *([member_form] if member_form else []))


@login_required
@require_safe
def circle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What are we learning: goal, next meeting, agreements, open actions, people."""
    circles = Circle.objects.visible_to(request.user).select_related("programme")
    return _circle_page(request, get_object_or_404(circles, programme__code=code, pk=pk))


@login_required
@require_POST
def circle_member_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let somebody join."""
    circle = led_circle(request, code, pk)
    form = MemberForm(request.POST, circle=circle, user=request.user)
    member = saved(form)
    if member is None:
        return _circle_page(request, circle, form)
    messages.success(
        request, _("%(name)s is in the circle now.") % {"name": member.membership.user}
    )
    return redirect(f"{_url(circle)}#members")


@login_required
@require_POST
def circle_member_remove(request: HttpRequest, code: str, pk: int, member_pk: int) -> HttpResponse:
    """Let somebody leave."""
    circle = led_circle(request, code, pk)
    members = CircleMember.objects.visible_to(request.user).filter(circle=circle)
    member = get_object_or_404(members.select_related("circle", "membership__user"), pk=member_pk)
    remove_member(member, by=request.user)
    messages.success(
        request,
        _("%(name)s left the circle. What they attended stays in the record.")
        % {"name": member.membership.user},
    )
    return redirect(f"{_url(circle)}#members")


@login_required
@require_POST
def circle_intermediary(request: HttpRequest, code: str, pk: int, member_pk: int) -> HttpResponse:
    """Name who passes on to an organisation."""
    circle = led_circle(request, code, pk)
    members = CircleMember.objects.visible_to(request.user).filter(circle=circle).current()
    member = get_object_or_404(
        members.select_related("circle", "membership__user", "membership__organisation"),
        pk=member_pk,
    )
    name_intermediary(member, by=request.user)
    messages.success(
        request,
        _("%(name)s passes on between the circle and %(organisation)s.")
        % {"name": member.membership.user, "organisation": member.membership.organisation},
    )
    return redirect(f"{_url(circle)}#members")
