from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = _("Website")

    def ready(self) -> None:
        from core.moving.kinds import add_kinds  # noqa: PLC0415 - needs loaded apps
        from website.cms import give_choosers_the_nonce  # noqa: PLC0415

        add_kinds([], staying={"website.HomePage": "the front page of this installation"})
        give_choosers_the_nonce()
