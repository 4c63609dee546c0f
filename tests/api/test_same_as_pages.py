"""What a page shows and what the API gives is the same, cell for cell."""

import json

import pytest
from django.urls import reverse

from evaluation.domain.judgements import add_note
from evaluation.models import Run
from surveys.domain.waves import close_wave
from tests import factories as make
from tests.access.world.evaluation import finished_run
from tests.api.asking import ask, csv_rows, rows, token_for
from tests.surveys import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluator(client):
    """Somebody who evaluates, signed in for the pages and with a token for the API."""

    def of(programme):
        user = make.AppointmentFactory(programme=programme, role="evaluator").user
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return token_for(user)

    return of


class TestResults:
    @pytest.fixture
    def wave(self):
        """Three organisations of which the last is too small to be shown."""
        wave = stories.opened_wave(sizes=(6, 7, 2))
        for number, token in enumerate(stories.tokens_of(wave)):
            stories.answer_all(token, value=number % 5 + 1)
        return close_wave(wave, by=None, on=stories.TODAY)

    def page(self, client, wave, group):
        address = reverse("wave_results", args=[wave.cycle.programme.code, wave.pk])
        return client.get(address, {"of": group} if group else {}).context

    def test_groups_counts_and_means_are_those_of_the_page(self, client, evaluator, wave):
        token = evaluator(wave.cycle.programme)
        told = rows(token, f"waves/{wave.pk}/distributions/", limit=5000)
        means = rows(token, f"waves/{wave.pk}/results/", limit=5000)
        whole = self.page(client, wave, "")
        shown = ["", *(key for _label, choices in whole["choices"] for key, *_ in choices)]
        assert {_group(row) for row in told} == {_group(row) for row in means} == set(shown)
        for group in shown:
            bars = [bar for part in self.page(client, wave, group)["parts"] for bar in part.bars]
            counts = [row["count"] for row in told if _group(row) == group]
            assert counts == [count for bar in bars for count in bar.counts]
            assert [r["mean"] for r in means if _group(r) == group] == [b.mean for b in bars]

    def test_a_group_that_is_too_small_is_nowhere(self, evaluator, wave):
        token = evaluator(wave.cycle.programme)
        small = wave.invitations.order_by("-pk").first().organisation
        for name in ("results", "distributions", "constructs"):
            for form in ("json", "csv"):
                answer = ask(token, f"waves/{wave.pk}/{name}/", format=form, limit=5000)
                assert answer.status_code == 200
                assert small.code not in answer.content.decode()

    def test_constructs_are_those_of_the_page(self, client, evaluator, wave):
        token = evaluator(wave.cycle.programme)
        told = csv_rows(token, f"waves/{wave.pk}/constructs/")
        page = self.page(client, wave, "")["constructs"]
        whole = [(r["construct_code"], float(r["mean"])) for r in told if not r["breakdown"]]
        assert whole == [(each.code, each.bar.mean) for each in page]


def _group(row):
    """As the address of the page names a group."""
    return f"{row['breakdown']}:{row['group']}" if row["breakdown"] else ""


class TestEvaluations:
    @pytest.fixture
    def run(self):
        cycle = make.CycleFactory()
        make.ParticipationFactory(
            cycle=cycle, decided_by="contact", others_consulted="yes", motive="learning"
        )
        run = finished_run(cycle.programme)
        add_note(run, text="Zwolle stands apart.", actor=None)
        return run

    def test_it_has_the_schema_that_is_published(self, evaluator, run, settings):
        jsonschema = pytest.importorskip("jsonschema")
        schema = json.loads((settings.ROOT / "docs" / "evaluation.schema.json").read_text())
        told = ask(evaluator(run.programme), f"runs/{run.pk}/evaluation/").json()
        jsonschema.validate(told, schema)
        assert [each["text"] for each in told["notes"]] == ["Zwolle stands apart."]

    def test_a_public_report_is_read_without_what_names_organisations(self, run):
        stranger = token_for(make.UserFactory())
        assert ask(stranger, f"runs/{run.pk}/evaluation/").status_code == 404
        run.programme.has_public_report = True
        run.programme.save()
        assert ask(stranger, f"runs/{run.pk}/evaluation/").json()["notes"] == []

    def test_earlier_runs_are_for_who_makes_the_report(self, evaluator, run):
        run.programme.has_public_report = True
        run.programme.save()
        newest = finished_run(run.programme)
        told = [row["run"] for row in rows(evaluator(run.programme), "runs/")]
        assert told == [run.pk, newest.pk]
        stranger = token_for(make.UserFactory())
        assert [row["run"] for row in rows(stranger, "runs/")] == [newest.pk]
        assert ask(stranger, f"runs/{run.pk}/evaluation/").status_code == 404

    def test_one_that_is_not_finished_has_found_nothing(self, evaluator, run):
        waiting = Run.objects.create(programme=run.programme, seed=1)
        assert ask(evaluator(run.programme), f"runs/{waiting.pk}/evaluation/").status_code == 409
