from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from core.delivery import sweep_mail  # noqa: PLC0415 - models exist only from here on
        from core.signals import sweep  # noqa: PLC0415

        sweep.connect(sweep_mail, dispatch_uid="core.sweep_mail")
