from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningCirclesConfig(AppConfig):
    name = "learningcircles"
    verbose_name = _("Learning circles")
