from typing import Any

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa import signals as factor  # noqa: PLC0415
        from django.contrib.auth import signals as entrance  # noqa: PLC0415

        from core.deeds import collect_deeds  # noqa: PLC0415
        from core.signals import sweep  # noqa: PLC0415
        from people.domain.invitations import note_arrival  # noqa: PLC0415
        from people.entrance import note_refused, note_signed_in, note_signed_out  # noqa: PLC0415
        from people.factors import note_factor  # noqa: PLC0415
        from people.moving import offer  # noqa: PLC0415
        from people.offers import deeds  # noqa: PLC0415

        offer()
        entrance.user_logged_in.connect(note_arrival, dispatch_uid="people.arrival")
        entrance.user_logged_in.connect(note_signed_in, dispatch_uid="people.signed_in")
        entrance.user_logged_out.connect(note_signed_out, dispatch_uid="people.signed_out")
        entrance.user_login_failed.connect(note_refused, dispatch_uid="people.refused")
        for signal in _changes_of(factor):
            signal.connect(note_factor, dispatch_uid="people.factor")
        collect_deeds.connect(deeds, dispatch_uid="people.deeds")
        sweep.connect(look_after_invitations, dispatch_uid="people.invitations")


def _changes_of(factor: Any) -> tuple[Any, ...]:
    return factor.authenticator_added, factor.authenticator_removed, factor.authenticator_reset


def look_after_invitations(**signal: Any) -> None:
    """Beat's round: invitations that ran out."""
    from people.domain.invitations import expire_invitations  # noqa: PLC0415

    expire_invitations(timezone.now())
