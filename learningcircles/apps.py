from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningCirclesConfig(AppConfig):
    name = "learningcircles"
    verbose_name = _("Learning circles")

    def ready(self) -> None:
        from benchmarks.told import collect_told  # noqa: PLC0415
        from core.deeds import collect_deeds, collect_sections  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415
        from learningcircles import about_figures, offers, rules  # noqa: F401, PLC0415
        from learningcircles.domain.papers import give_back  # noqa: PLC0415
        from learningcircles.domain.rounds import sweep_rounds  # noqa: PLC0415
        from learningcircles.moving import offer  # noqa: PLC0415
        from people.scopes import add_scope  # noqa: PLC0415
        from website.examples import collect_practices  # noqa: PLC0415
        from website.models import HomePage  # noqa: PLC0415

        add_scope("actions:read", _("actions and their history"), order=40)

        offer()
        collect_deeds.connect(offers.deeds, dispatch_uid="learningcircles.deeds")
        collect_sections.connect(offers.sections, dispatch_uid="learningcircles.sections")
        sweep.connect(give_back, dispatch_uid="learningcircles.papers")
        collect_told.connect(about_figures.told, dispatch_uid="learningcircles.told")
        collect_practices.connect(
            offers.public_practices, dispatch_uid="learningcircles.public_practices"
        )
        sweep.connect(sweep_rounds, dispatch_uid="learningcircles.rounds")
        HomePage.subpage_types = [*HomePage.subpage_types, "learningcircles.PracticePage"]
