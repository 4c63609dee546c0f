"""Reads of codebooks and codings."""

from surveys.models import Codebook


def newest_codebook(programme: int) -> Codebook | None:
    """The newest version of a programme's codebook."""
    return Codebook.objects.filter(programme=programme).order_by("-version").first()
