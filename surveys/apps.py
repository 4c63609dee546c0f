from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate  # noqa: PLC0415
        from wagtail.signals import published  # noqa: PLC0415

        from core.deeds import collect_deeds, collect_sections  # noqa: PLC0415
        from core.metrics import collect_gauges  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415
        from people.scopes import add_scope  # noqa: PLC0415
        from surveys import gauges, no_overlap, offers, previewing, rules  # noqa: PLC0415
        from surveys.domain import exports, reading, tabulations  # noqa: PLC0415
        from surveys.domain.publishing import freeze_published  # noqa: PLC0415
        from surveys.models import Instrument  # noqa: PLC0415
        from surveys.moving import offer  # noqa: PLC0415
        from surveys.tasks import sweep_interviews, sweep_waves  # noqa: PLC0415
        from website.cms import open_part  # noqa: PLC0415

        add_scope("results:read", _("results of surveys"), order=30)

        offer()
        collect_gauges.connect(gauges.gauges, dispatch_uid="surveys.gauges")
        collect_deeds.connect(offers.deeds, dispatch_uid="surveys.deeds")
        sweep.connect(sweep_waves, dispatch_uid="surveys.sweep")
        sweep.connect(sweep_interviews, dispatch_uid="surveys.interviews")
        collect_sections.connect(offers.sections, dispatch_uid="surveys.sections")
        sweep.connect(exports.give_back, dispatch_uid="surveys.exports")
        sweep.connect(tabulations.give_back, dispatch_uid="surveys.tabulations")
        published.connect(freeze_published, sender=Instrument, dispatch_uid="surveys.freeze")
        post_migrate.connect(
            reading.after_migrating, sender=self, dispatch_uid="surveys.second_reading"
        )
        post_migrate.connect(
            no_overlap.guard_after_migrating, sender=self, dispatch_uid="surveys.no_overlap"
        )
        Instrument.pages_to_preview = previewing.pages_to_preview
        Instrument.show_preview = previewing.show_preview
        open_part(rules.may_open_in_cms, front=f"{rules.EDITOR}:list")
