"""Templates of agendas: keeping one, and throwing one away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningcircles.domain.templates import remove_template
from learningcircles.forms.agenda import TemplateForm
from learningcircles.models import AgendaTemplate
from learningcircles.views.agenda import prepare_page, to_agenda
from learningcircles.views.common import led_session, saved


@login_required
@require_POST
def agenda_template_keep(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keep the agenda under a name, for other sessions of the benchmark."""
    session = led_session(request, code, pk)
    form = TemplateForm(request.POST, session=session, user=request.user)
    if (template := saved(form)) is None:
        return prepare_page(request, session, template_form=form)
    messages.success(request, _("The agenda is kept as “%(name)s”.") % {"name": template.name})
    return to_agenda(session)


@login_required
@require_POST
def agenda_template_remove(
    request: HttpRequest, code: str, pk: int, template_pk: int
) -> HttpResponse:
    """Throw a template away."""
    session = led_session(request, code, pk)
    templates = AgendaTemplate.objects.visible_to(request.user)
    template = get_object_or_404(templates, programme=session.programme, pk=template_pk)
    remove_template(template, by=request.user)
    messages.success(
        request, _("The template “%(name)s” is thrown away.") % {"name": template.name}
    )
    return to_agenda(session)
