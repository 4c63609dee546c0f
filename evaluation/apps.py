from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from core.deeds import collect_deeds, collect_sections  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415
        from evaluation import offers, rules  # noqa: F401, PLC0415
        from evaluation.domain.agreement_counts import give_back_counts  # noqa: PLC0415
        from evaluation.domain.file_orders import give_back_files  # noqa: PLC0415
        from evaluation.domain.runs import give_back  # noqa: PLC0415
        from evaluation.moving import offer  # noqa: PLC0415
        from people.scopes import add_scope  # noqa: PLC0415

        add_scope("runs:read", _("evaluations"), order=50)

        offer()
        collect_deeds.connect(offers.deeds, dispatch_uid="evaluation.deeds")
        collect_sections.connect(offers.sections, dispatch_uid="evaluation.sections")
        sweep.connect(give_back, dispatch_uid="evaluation.runs")
        sweep.connect(give_back_counts, dispatch_uid="evaluation.agreement")
        sweep.connect(give_back_files, dispatch_uid="evaluation.files")
