"""What an export is about: the wave in words, for titles and the codebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.exporting.variables import Words


@dataclass(frozen=True, slots=True)
class Study:
    """A wave as a study: days as YYYY-MM-DD, empty where there is none."""

    identifier: str
    title: Words
    programme: str
    instrument: str
    universe: str
    collected: str
    made_on: str
    opened_on: str = ""
    closed_on: str = ""
    constructs: Mapping[str, Words] = field(default_factory=dict)
