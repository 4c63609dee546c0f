from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = _("Website")

    def ready(self) -> None:
        from website.cms import give_choosers_the_nonce  # noqa: PLC0415 - needs loaded apps

        give_choosers_the_nonce()
