"""The files of an installation hold what docs/settings.md and docs/operations.md promise."""

import re

import pytest
import yaml

from config.queues import KINDS, name_of
from tests.architecture.source import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name for name, each in SERVICES.items() if each.get("image", "").startswith("benchlearn:")}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PINNED = re.compile(r"^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$")
SECRET = re.compile(r"(SECRET|PASSWORD|TOKEN|KEY|DSN)\w*$")


def test_the_parts_of_an_installation_are_there():
    assert {"proxy", "migrate", "web", "beat", "postgres", "redis"} < set(SERVICES)
    assert {f"worker-{kind}" for kind in KINDS} < set(SERVICES)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - OURS))
def test_images_of_others_are_pinned(name):
    assert PINNED.match(SERVICES[name]["image"]), SERVICES[name]["image"]


def test_the_image_is_built_on_a_pinned_one_without_build_tools_in_what_runs():
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2 and all(PINNED.match(base) for base in bases)
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert not re.search(r"build-essential|gcc|pip install|hatch", last)
    assert "pip uninstall" in last
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", last, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_container_can_write_to_its_image_or_become_more_than_it_is(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "/tmp" in service["tmpfs"]
    # The proxy alone must open ports under 1024; it keeps that one right and no other.
    assert name == "proxy" or service["user"] not in ("0", "root")
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])


def test_nothing_of_ours_starts_before_the_migrations_are_done():
    for name in OURS - {"migrate"}:
        awaited = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert awaited == "service_completed_successfully", name
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["restart"] == "no"


def variables():
    """Of every service: name, and what it is set to."""
    for service in SERVICES.values():
        yield from service.get("environment", {}).items()


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    given = dict(re.findall(r"\$\{(\w+)(?::[-?]([^}]*))?\}", text))
    with_default = {name for name in re.findall(r"\$\{(\w+):-[^}]+\}", text) if SECRET.search(name)}
    assert with_default == set()
    assert {"BENCHLEARN_SECRET_KEY", "POSTGRES_PASSWORD"} <= set(given)
    for name, value in variables():
        if SECRET.search(name):
            assert str(value).startswith("${"), name
    for needed in ("BENCHLEARN_SECRET_KEY", "POSTGRES_PASSWORD", "BENCHLEARN_HOST"):
        assert f"${{{needed}:?" in text


def test_every_variable_is_documented():
    page = (ROOT / "docs" / "settings.md").read_text()
    text = (ROOT / "docker-compose.yml").read_text() + DOCKERFILE
    names = set(re.findall(r"\bBENCHLEARN_[A-Z_]+\b|\bPOSTGRES_PASSWORD\b", text))
    names |= set(re.findall(r"\{\$(\w+)\}", (ROOT / "deploy/caddy/Caddyfile").read_text()))
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_each_queue_has_a_worker_of_its_own_and_there_is_one_beat():
    for kind in KINDS:
        command = SERVICES[f"worker-{kind}"]["command"]
        assert command[command.index("-Q") + 1] == name_of(kind, "benchlearn")
    assert [name for name, each in SERVICES.items() if "beat" in each.get("command", [])] == [
        "beat"
    ]


def test_the_mail_catcher_is_only_there_for_development():
    assert SERVICES["mailcatcher"]["profiles"] == ["development"]
    assert [name for name, each in SERVICES.items() if each.get("profiles")] == ["mailcatcher"]


def test_only_the_proxy_can_be_reached_from_outside():
    ports = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    assert set(ports) == {"proxy", "mailcatcher"}
    assert all(port.startswith("127.0.0.1:") for port in ports["mailcatcher"])


def test_halves_of_keys_stand_on_a_volume_of_their_own():
    for name in OURS:
        assert "keys:/keys" in SERVICES[name]["volumes"]
    assert "BENCHLEARN_KEYS=/keys" in DOCKERFILE
