"""What a backup is held against: every record and every file of an installation."""

from django.core.files.storage import storages

from core.backup import carry, records


def snapshot():
    """Every record of every table, as a backup would have it, without what never comes along."""
    return {
        model._meta.label_lower: b"".join(records.lines_of(model)) for model in records.tables()
    }


def files():
    """Every file of people, with what is in it."""
    found = {}
    for alias in carry.FILES:
        for name in carry.names_in(alias):
            with storages[alias].open(name) as file:
                found[alias, name] = file.read()
    return found


def lose_files():
    for alias in (*carry.FILES, "keys"):
        for name in list(carry.names_in(alias)):
            storages[alias].delete(name)
