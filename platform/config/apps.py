from django.apps import AppConfig


class ConfigAppConfig(AppConfig):
    name = "config"
    verbose_name = "Benchlearn"

    def ready(self) -> None:
        from config.privacy.periods import keep_periods_daily  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415

        sweep.connect(keep_periods_daily, dispatch_uid="config.periods")
