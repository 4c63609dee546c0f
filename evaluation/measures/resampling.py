"""How often is resampled, and from which seed: the same question gets the same answer."""

SEED = 2007
RESAMPLES = 10_000
