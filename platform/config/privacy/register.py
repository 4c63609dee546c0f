"""The register of personal data: read from register.toml, held to the models, shown as a page."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from config.privacy.names import field_name, record_name

FILE = Path(__file__).parent / "register.toml"
HOUSE = ("people", "benchmarks", "surveys", "learningcircles", "evaluation", "core", "website")
LIBRARIES = ("account", "mfa", "usersessions", "socialaccount", "sessions", "axes")
"""Apps whose models must be in the register. What Wagtail keeps is pages, and no person's data
besides who edited one."""

WORK = frozenset({"state", "attempt", "not_before", "lease_until", "claimed_by", "progress"})
EVERYWHERE = frozenset({"id", "created_at", "modified_at", "last_error", *WORK})
"""Fields that say when a row was made, or how far a worker is with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of a model: `person` are the ways from it to an account."""

    model: str
    purpose: str
    purpose_nl: str
    ground: str
    period: str
    personal: list[str]
    other: list[str]
    person: list[str] = field(default_factory=list)

    def told(self) -> dict[str, str]:
        """Purpose, ground and period in words, in the language of the reader; how long is what
        is set here."""
        told = self.told_of_any_installation()
        return told | {"kept": as_set_here(told["kept"])}

    def told_of_any_installation(self) -> dict[str, str]:
        """The same, with settings by their names."""
        read, dutch = _read(), get_language() == "nl"
        return {
            "purpose": self.purpose_nl if dutch else self.purpose,
            "ground": read["grounds_nl" if dutch else "grounds"][self.ground],
            "kept": read["periods_nl" if dutch else "periods"][self.period],
        }


def as_set_here(period: str) -> str:
    """A period with years and days instead of the settings that say how many."""
    years, days = settings.PROGRAMME_YEARS, settings.INVITATION_DAYS
    if "BENCHLEARN_PROGRAMME_YEARS" in period and not years:
        return _("as long as the installation, or until the person asks")
    said = {
        "BENCHLEARN_PROGRAMME_YEARS": ngettext("%(n)d year", "%(n)d years", years) % {"n": years},
        "BENCHLEARN_INVITATION_DAYS": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
    }
    for setting, words in said.items():
        period = period.replace(setting, words)
    return period


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def entries() -> list[Entry]:
    """Models that hold data of people."""
    return [Entry(model=name, **said) for name, said in _read()["models"].items()]


def periods() -> dict[str, str]:
    """Each period in words."""
    return dict(_read()["periods"])


def gaps() -> list[str]:
    """Models and fields that the register doesn't speak of, and what it says of none that is."""
    known = {entry.model: entry for entry in entries()}
    impersonal = set(_read()["impersonal"]["models"])
    there = {m._meta.label: m for m in apps.get_models() if m._meta.app_label in HOUSE + LIBRARIES}
    found = [f"{name}: not in the register" for name in there if name not in {*known, *impersonal}]
    found += [f"{name}: no such model" for name in {*known, *impersonal} if name not in there]
    found += [f"{name}: both personal and not" for name in known.keys() & impersonal]
    for words in ("grounds", "periods"):
        untold = _read()[words].keys() ^ _read()[f"{words}_nl"].keys()
        found += [f"{words}: “{name}” is told in one language" for name in untold]
    for name, entry in known.items():
        if name in there:
            found += _gaps_of(there[name], entry)
    for name in impersonal & there.keys():
        found += [f"{name}.{one}: leads to a person" for one in _people_in(there[name])]
    return sorted(found)


def _gaps_of(model: type[models.Model], entry: Entry) -> list[str]:
    said = {*entry.personal, *entry.other}
    own = {each.name for each in model._meta.local_concrete_fields if not each.primary_key}
    all_of_it = {each.name for each in model._meta.concrete_fields}
    found = [f"{entry.model}.{name}: not in the register" for name in own - said - EVERYWHERE]
    found += [f"{entry.model}.{name}: no such field" for name in said - all_of_it]
    found += [
        f"{entry.model}.{name}: no ground"
        for name in [entry.ground]
        if name not in _read()["grounds"]
    ]
    found += [
        f"{entry.model}.{name}: no period" for name in [entry.period] if name not in periods()
    ]
    return found


def _people_in(model: Any) -> list[str]:
    """Fields of a model that is called impersonal which lead to an account or a membership."""
    people = {"people.User", "people.Membership"}
    return [
        each.name
        for each in model._meta.local_concrete_fields
        if each.is_relation and each.related_model._meta.label in people
    ]


def as_page(language: str = "en") -> str:
    """docs/privacy-register.md or docs/privacyregister.md: the processing record, a row for each
    model with personal data, in English or Dutch."""
    words = _read()["page"][language]
    with override(language):
        rows = [_row(entry, words["grounds"]) for entry in entries()]
    lines = [f"# {words['title']}", "", *words["made_by"], "", *table(words["heads"], rows)]
    grounds = _read()["grounds_nl" if language == "nl" else "grounds"]
    lines += ["", f"## {words['grounds_title']}", ""]
    lines += [f"- {words['grounds'][name]}: {told}" for name, told in grounds.items()]
    return "\n".join(lines) + "\n"


def _row(entry: Entry, grounds: dict[str, str]) -> list[str]:
    told = entry.told_of_any_installation()
    fields = ", ".join(field_name(entry.model, each) for each in entry.personal)
    name = f"{record_name(entry.model)} (`{entry.model}`)"
    return [name, fields, told["purpose"], grounds[entry.ground], told["kept"]]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown, line by line."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]
