from django.apps import AppConfig

STAYING = {
    "core.ActivityEntry": "what was done in this installation, by its accounts",
    "core.AuditEntry": "the log of this installation; a chain that can't be cut",
    "core.AuditHead": "the end of that chain",
    "core.OutboxMail": "mail of this installation, with its links",
    "core.Pulse": "signs of life of this machine",
}
"""Models that never go with a programme that moves, and why (core/moving)."""


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from anymail.signals import tracking  # noqa: PLC0415

        from core.bounces import note_bounce  # noqa: PLC0415
        from core.delivery import sweep_mail  # noqa: PLC0415 - models exist only from here on
        from core.moving.kinds import add_kinds  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415

        add_kinds([], staying=STAYING)
        tracking.connect(note_bounce, dispatch_uid="core.note_bounce")
        sweep.connect(sweep_mail, dispatch_uid="core.sweep_mail")
