"""The nouns of the surveys room, a file a noun."""

from surveys.models.codings import Codebook, CodedVariable, Coding, Level

__all__ = ["Codebook", "CodedVariable", "Coding", "Level"]
