"""The codebook that ships: what the studies read from interviews, each variable with what is meant,
how to choose a value, and a passage that shows it, in both languages."""

from surveys.codebooks import shipped_learning, shipped_taking_part
from surveys.codebooks.spec import VariableSpec

SHIPPED: tuple[VariableSpec, ...] = (*shipped_taking_part.VARIABLES, *shipped_learning.VARIABLES)
