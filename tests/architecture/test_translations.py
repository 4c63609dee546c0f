"""Every sentence on screen has one Dutch. (`make check` also looks for sentences without any.)"""

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOMS = [
    *(f"platform/{name}" for name in ("core", "people", "benchmarks", "website", "config")),
    "surveys",
    "learningcircles",
    "evaluation",
]


def entries(room):
    with (settings.ROOT / room / "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


def dutch(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_has_its_dutch_and_none_is_doubtful(room):
    assert [m.id for m in entries(room) if m.fuzzy or not all(dutch(m))] == []


def test_a_word_is_said_the_same_in_every_room():
    """Django merges the catalogues: with two translations of one sentence, one would vanish."""
    said = {}
    for room in ROOMS:
        for message in entries(room):
            texts = said.setdefault((message.context, message.id), {})
            texts.setdefault(dutch(message), []).append(room)
    assert {key[1]: texts for key, texts in said.items() if len(texts) > 1} == {}
