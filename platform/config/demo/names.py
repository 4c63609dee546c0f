"""Names for people who don't exist."""

from itertools import product
from random import Random

FIRST = [
    "Anouk",
    "Bas",
    "Cees",
    "Daan",
    "Eline",
    "Fatima",
    "Gijs",
    "Hanna",
    "Ilse",
    "Jamal",
    "Kees",
    "Lotte",
    "Maud",
    "Nadia",
    "Olaf",
    "Petra",
    "Quinten",
    "Roos",
    "Sami",
    "Tess",
    "Umar",
    "Vera",
    "Wouter",
    "Xandra",
    "Youssef",
    "Zoë",
]
LAST = [
    "Aalders",
    "van Beek",
    "Cornelissen",
    "van Dalen",
    "El Amrani",
    "Franken",
    "de Groot",
    "Hendriks",
    "van der Iest",
    "Jonker",
    "Kuiper",
    "van Loon",
    "Mulders",
    "Nijboer",
    "Oomen",
    "Postma",
    "Rensen",
    "Schuurman",
    "Terpstra",
    "Uytdewilligen",
    "Vermaat",
    "Willemse",
    "Yıldız",
    "Zijlstra",
]


def invented_names(dice: Random, count: int) -> list[str]:
    """So many different names."""
    every = [f"{first} {last}" for first, last in product(FIRST, LAST)]
    return dice.sample(every, count)
