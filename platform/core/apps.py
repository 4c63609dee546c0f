from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from anymail.signals import tracking  # noqa: PLC0415

        from core.bounces import note_bounce  # noqa: PLC0415
        from core.delivery import sweep_mail  # noqa: PLC0415 - models exist only from here on
        from core.signals import sweep  # noqa: PLC0415

        tracking.connect(note_bounce, dispatch_uid="core.note_bounce")
        sweep.connect(sweep_mail, dispatch_uid="core.sweep_mail")
