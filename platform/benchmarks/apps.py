from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchmarksConfig(AppConfig):
    name = "benchmarks"
    verbose_name = _("Benchmarks")

    def ready(self) -> None:
        from benchmarks import offers  # noqa: PLC0415
        from benchmarks.domain.appointments import end_all  # noqa: PLC0415
        from benchmarks.domain.programme_files import give_back  # noqa: PLC0415
        from benchmarks.managers import organisations_of_programmes_of  # noqa: PLC0415
        from benchmarks.moving import offer  # noqa: PLC0415
        from benchmarks.rules import runs_or_evaluates  # noqa: PLC0415
        from core.deeds import collect_deeds, collect_sections  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415
        from people.access import add_far_reaching, add_reach  # noqa: PLC0415
        from people.scopes import add_scope  # noqa: PLC0415
        from people.signals import invitation_expired  # noqa: PLC0415

        add_scope("programmes:read", _("benchmarks, rounds and participants"), order=10)
        add_scope("figures:read", _("indicators and figures"), order=20)
        offer()
        add_reach(organisations_of_programmes_of)
        invitation_expired.connect(end_all, dispatch_uid="benchmarks.invitation_expired")
        add_far_reaching(runs_or_evaluates)
        sweep.connect(give_back, dispatch_uid="benchmarks.programme_files")
        collect_deeds.connect(offers.deeds, dispatch_uid="benchmarks.deeds")
        collect_sections.connect(offers.sections, dispatch_uid="benchmarks.sections")
