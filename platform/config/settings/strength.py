"""Is a secret strong enough? What production asks before it starts."""

import os

from django.core.exceptions import ImproperlyConfigured

LENGTHS = {
    "BENCHLEARN_SECRET_KEY": 50,
    "BENCHLEARN_METRICS_TOKEN": 32,
    "BENCHLEARN_BOUNCE_SECRET": 20,
}
"""Characters that each needs at least, when it is given."""
FEWEST_DIFFERENT = 10
FROM_A_BOOK = ("changeme", "change-me", "insecure", "password", "secret-key", "example", "12345678")
NEEDED = {
    "BENCHLEARN_SECRET_KEY": "it signs sessions and links",
    "BENCHLEARN_DATABASE_URL": "the database is the truth",
    "BENCHLEARN_BROKER_URL": "workers are woken through it",
    "BENCHLEARN_BASE_URL": "it stands in every mail",
}
MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'


def check_environment() -> None:
    """Raises ImproperlyConfigured with one sentence about the first thing that won't do."""
    for name, why in NEEDED.items():
        if not os.environ.get(name):
            raise ImproperlyConfigured(f"{name} is missing; {why} (see docs/settings.md).")
    for name, length in LENGTHS.items():
        if (value := os.environ.get(name, "")) and (fault := weakness(value, length)):
            raise ImproperlyConfigured(f"{name} is weak: it {fault}. Make one with {MAKE_ONE}")
    if os.environ.get("BENCHLEARN_BOUNCE_SERVICE") and not os.environ.get(
        "BENCHLEARN_BOUNCE_SECRET"
    ):
        raise ImproperlyConfigured(
            "BENCHLEARN_BOUNCE_SECRET is missing: without it anybody could tell that a mail came "
            "back (see docs/settings.md)."
        )


def weakness(value: str, length: int) -> str:
    """What is wrong with a secret, to stand behind "it"; empty when nothing is."""
    if len(value) < length:
        return f"has {len(value)} characters, and needs at least {length} random ones"
    if len(set(value)) < FEWEST_DIFFERENT:
        return f"has {len(set(value))} different characters, which is not random"
    if any(word in value.lower() for word in FROM_A_BOOK):
        return "holds a word from an example"
    return ""
