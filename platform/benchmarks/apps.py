from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchmarksConfig(AppConfig):
    name = "benchmarks"
    verbose_name = _("Benchmarks")

    def ready(self) -> None:
        from benchmarks import offers  # noqa: PLC0415
        from benchmarks.managers import organisations_of_programmes_of  # noqa: PLC0415
        from core.deeds import collect_sections  # noqa: PLC0415
        from people.access import add_reach  # noqa: PLC0415
        from people.scopes import add_scope  # noqa: PLC0415

        add_scope("programmes:read", _("benchmarks, rounds and participants"), order=10)
        add_scope("figures:read", _("indicators and figures"), order=20)

        add_reach(organisations_of_programmes_of)
        collect_sections.connect(offers.sections, dispatch_uid="benchmarks.sections")
