"""The words of the five-point scale in a language that isn't that of the moment."""

from django.utils import translation

from surveys.enums import Agreement


def agreement_in(language: str, value: int) -> str:
    """A point of the five-point scale in words."""
    with translation.override(language):
        return str(Agreement(value).label)
