"""Which address asked: what a proxy of ours wrote, and nothing that a visitor made up."""

import pytest

from people.lockout import client_address


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 192.0.2.2", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
    ],
)
def test_what_our_proxies_wrote_counts(rf, settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": header})
    assert client_address(request) == address
