from django.apps import AppConfig, apps


class ConfigAppConfig(AppConfig):
    name = "config"
    verbose_name = "Benchlearn"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415

        from config import sentry  # noqa: PLC0415
        from config.gauges import gauges  # noqa: PLC0415
        from core.metrics import collect_gauges  # noqa: PLC0415

        collect_gauges.connect(gauges, dispatch_uid="config.gauges")
        if apps.is_installed("surveys"):  # a process may be made of the core alone
            from config.privacy.deeds import deeds  # noqa: PLC0415
            from config.privacy.periods import keep_periods_daily  # noqa: PLC0415
            from core.deeds import collect_deeds  # noqa: PLC0415
            from core.signals import sweep  # noqa: PLC0415

            collect_deeds.connect(deeds, dispatch_uid="config.privacy")
            sweep.connect(keep_periods_daily, dispatch_uid="config.periods")
        if settings.SENTRY_DSN:
            sentry.start(settings.SENTRY_DSN)
