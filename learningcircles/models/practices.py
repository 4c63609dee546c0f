"""Good practices, which are pages that may be public, and how far each organisation has come."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from benchmarks.models import Indicator, Programme
from core.models import TimestampedModel
from learningcircles.enums import AdoptionLevel, EvidenceStrength
from learningcircles.managers import AdoptionQuerySet, PracticeQuerySet
from learningcircles.models.actions import Action
from people.models import Organisation

NEEDS_REASON = (AdoptionLevel.REJECTED, AdoptionLevel.STOPPED)


def _evidence(label: Any) -> models.CharField:
    return models.CharField(
        label, max_length=4, choices=EvidenceStrength, default=EvidenceStrength.NONE
    )


class PracticePage(Page):
    """What works somewhere, for whom and in which context, and how strong the evidence is.

    A page in Wagtail for its drafts, revisions and editor. It holds nothing of one reader only:
    who reads it while it isn't public is decided by `PracticeQuerySet.visible_to`, and its address
    is the one page that asks there.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("benchmark")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    what = models.TextField(_("what"))
    for_whom = models.TextField(_("for whom"), blank=True)
    context = models.TextField(_("context"), blank=True)
    what_worked = models.TextField(_("what worked"), blank=True)
    costs = models.TextField(_("costs"), blank=True)
    evidence_theory = _evidence(_("evidence from theory"))
    evidence_process = _evidence(_("evidence of the process"))
    evidence_result = _evidence(_("evidence of the result"))
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("figure that it moves"),
    )
    source_action = models.ForeignKey(
        Action,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("action it came from"),
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Anyone may read it, without signing in.")
    )
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = PageManager.from_queryset(PracticeQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("programme"),
        FieldPanel("organisation"),
        *(FieldPanel(name) for name in ("what", "for_whom", "context", "what_worked", "costs")),
        MultiFieldPanel(
            [FieldPanel(f"evidence_{kind}") for kind in ("theory", "process", "result")],
            heading=_("Evidence"),
        ),
        FieldPanel("indicator"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("is_public")]
    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its one address asks who may read it; this one doesn't tell that it is there."""
        if not PracticePage.objects.visible_to(request.user).filter(pk=self.pk).exists():
            raise Http404
        return redirect(reverse("practice", args=[self.pk]))


class AdoptionStep(TimestampedModel):
    """How far an organisation has come with a practice, from a day on. The last step counts."""

    practice = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="steps")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoption_steps"
    )
    level = models.CharField(_("how far"), max_length=12, choices=AdoptionLevel)
    on = models.DateField(_("since"))
    reason = models.TextField(_("why"), blank=True)
    changed = models.TextField(_("what was changed"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(level__in=NEEDS_REASON) | ~Q(reason=""), name="adoption_end_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(level=AdoptionLevel.ADAPTED) | ~Q(changed=""),
                name="adoption_adapted_says_what",
            ),
        ]
        indexes = [models.Index(fields=["practice", "organisation"], name="adoption_of_practice")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.practice} {self.level}"
