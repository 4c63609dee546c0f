"""Passwords that were stolen elsewhere are refused, from a file that nobody else reads."""

import hashlib

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.health import examine, stolen_passwords
from core.stolen_passwords import is_stolen
from tests import factories as make

STOLEN = "correct horse battery staple"


def write(file, passwords):
    """A list as the downloader of Pwned Passwords writes it."""
    hashes = sorted(hashlib.sha1(each.encode()).hexdigest().upper() for each in passwords)
    file.write_text("".join(f"{each}:{place + 1}\r\n" for place, each in enumerate(hashes)))
    return file


@pytest.fixture
def listed(settings, tmp_path):
    file = write(tmp_path / "stolen.txt", ["password", STOLEN, *map(str, range(1000))])
    settings.STOLEN_PASSWORDS = str(file)
    return file


@given(
    passwords=st.sets(st.text(max_size=8), max_size=40),
    other=st.text(max_size=8),
)
def test_exactly_what_stands_in_the_list_is_found(tmp_path_factory, passwords, other):
    file = write(tmp_path_factory.mktemp("list") / "stolen.txt", passwords)
    for each in passwords:
        assert is_stolen(each, file)
    assert is_stolen(other, file) is (other in passwords)


@pytest.mark.django_db
def test_a_password_of_the_list_is_refused_in_a_form(client, listed):
    wil = make.UserFactory(language="nl")
    client.force_login(wil)
    url = reverse("account_change_password")
    said = {"oldpassword": make.PASSWORD, "password1": STOLEN, "password2": STOLEN}
    assert "elders gestolen" in client.post(url, said).text
    wil.refresh_from_db()
    assert wil.check_password(make.PASSWORD)
    other = STOLEN + "!"
    client.post(url, {"oldpassword": make.PASSWORD, "password1": other, "password2": other})
    wil.refresh_from_db()
    assert wil.check_password(other)


def test_the_doctor_knows_a_list_from_another_file(settings, listed, tmp_path):
    assert stolen_passwords().is_well
    listed.write_text("\n".join(map(str, range(100))))
    assert "BENCHLEARN_STOLEN_PASSWORDS" in stolen_passwords().advice
    settings.STOLEN_PASSWORDS = str(tmp_path / "gone.txt")
    assert "BENCHLEARN_STOLEN_PASSWORDS" in stolen_passwords().advice


@pytest.mark.django_db
def test_without_a_list_the_doctor_is_silent_about_it(settings):
    settings.STOLEN_PASSWORDS = ""
    assert stolen_passwords().part not in [found.part for found in examine()]
