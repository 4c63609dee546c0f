"""Respondents have web processes of their own: proxy, docker-compose.yml and
scripts/production_like.py agree, and no address of a respondent is forgotten."""

import re
import sys
from fnmatch import fnmatch

import pytest
import yaml

from tests.access.urlconf import addresses, filled
from tests.architecture.source import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import production_like

CADDYFILE = (ROOT / "deploy" / "caddy" / "Caddyfile").read_text()
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
ALL = list(addresses())
WITH_AN_ACCOUNT = {
    "interview_feed": "an interviewer's calendar program, which asks by itself",
    "sign_in_link": "leads to an account",
    "sign_on_return": "leads to an account",
}
"""Addresses with somebody's key in them that are not of a respondent, and whose they are."""


def matched():
    """What the proxy sends to respondents' processes."""
    [line] = re.findall(r"^\s*@respondents path (.+)$", CADDYFILE, re.MULTILINE)
    return line.split()


def is_sent_there(path):
    return any(fnmatch(path, pattern) for pattern in matched())


def with_a_key():
    """Addresses whose arguments hold a key, by name."""
    return {each.name: each.route for each in ALL if re.search(r"<\w+:token>", each.route)}


@pytest.mark.parametrize("name", sorted(with_a_key()))
def test_whoever_comes_by_a_link_gets_the_processes_of_respondents(name):
    path = filled(with_a_key()[name], {})
    assert is_sent_there(path) != (name in WITH_AN_ACCOUNT), path


def test_nobody_with_an_account_gets_them():
    others = [each for each in ALL if each.name not in with_a_key()]
    assert [each.name for each in others if is_sent_there(filled(each.route, {}))] == []
    assert len(matched()) == len({pattern.split("/")[1] for pattern in matched()})


def test_survey_and_booking_are_among_them():
    assert {"survey_start", "survey_step", "booking", "data_by_link"} < set(with_a_key())


def test_while_their_own_processes_are_away_the_others_answer():
    [pools] = re.findall(r"reverse_proxy (web-survey:8000.*) \{\s+lb_policy first", CADDYFILE)
    assert pools.split() == ["web-survey:8000", "web:8000"]
    assert {"web", "web-survey"} <= set(SERVICES["proxy"]["depends_on"])


def test_both_pools_are_the_same_but_for_how_many():
    web, survey = SERVICES["web"], SERVICES["web-survey"]
    different = {key for key in web | survey if web.get(key) != survey.get(key)}
    assert different == {"environment", "cpu_shares"}
    own = {key for key, told in web["environment"].items() if survey["environment"][key] != told}
    assert own == {"BENCHLEARN_WEB_PROCESSES"}
    hosts = web["environment"]["BENCHLEARN_ALLOWED_HOSTS"].split(",")
    assert {"web", "web-survey"} < set(hosts)


def test_by_hand_the_same_processes_run_as_in_containers():
    env = production_like.environment({})
    named = {re.sub(r"-\d+$", "", name) for name in production_like.commands(env)}
    waiting = {name for name, each in SERVICES.items() if "migrate" in each.get("depends_on", {})}
    assert named == waiting
    assert production_like.commands(env)["web"] == production_like.commands(env)["web-survey"]


def test_by_hand_each_pool_listens_and_counts_somewhere_else():
    env = production_like.environment({})
    survey = env | production_like.own_environment("web-survey", env)
    assert production_like.own_environment("web", env) == {}
    assert survey["BENCHLEARN_WEB_BIND"] == env["BENCHLEARN_SURVEY_BIND"]
    assert survey["BENCHLEARN_WEB_BIND"] != env["BENCHLEARN_WEB_BIND"]
    assert survey["BENCHLEARN_METRICS_FOLDER"].startswith(env["BENCHLEARN_VAR"])


def test_what_computes_gives_way_to_who_waits_for_a_page():
    given = production_like.commands(production_like.environment({}))["worker-compute-1"]
    assert given[:3] == SERVICES["worker-compute"]["command"][:3] == ["nice", "-n", "10"]
    shares = {name: each.get("cpu_shares", 1024) for name, each in SERVICES.items()}
    assert shares["worker-compute"] < shares["web"] < shares["web-survey"]
    assert shares["postgres"] == shares["web"]
