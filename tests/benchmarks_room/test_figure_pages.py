"""The pages of figures: where an organisation stands, entry, import in two steps, the charter."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks.models import CharterConsent, Figure, FigureImport
from tests import factories as make
from tests.benchmarks_room.figures import (
    all_agree,
    charter_of,
    figure,
    indicator_of,
    participants,
)

pytestmark = pytest.mark.django_db
SECRET = 4711


@pytest.fixture
def cycle():
    return make.CycleFactory(ends_on=dt.date(2099, 12, 31))


@pytest.fixture
def programme(cycle):
    return cycle.programme


@pytest.fixture
def organisations(cycle):
    return participants(cycle, 7, region="North")


@pytest.fixture
def waiting(programme, organisations):
    """The last of them has a figure that nobody else may learn."""
    indicator = indicator_of(programme, meaning="Waiting time")
    for place, organisation in enumerate(organisations):
        for year in (2021, 2022, 2023, 2024):
            figure(indicator, organisation, str(year), 30 + place % 3)
    Figure.objects.filter(organisation=organisations[-1], period="2024").update(value=SECRET)
    return indicator


@pytest.fixture
def signed_in(client, organisations):
    def sign_in(role, organisation=None):
        own = organisation or organisations[0]
        member = make.MembershipFactory(organisation=own, roles=[role])
        client.force_login(member.user)
        return client

    return sign_in


def coordinate(client, programme):
    client.force_login(make.AppointmentFactory(programme=programme).user)
    return client


def ours(programme, organisations, name="our_figures", *further):
    return reverse(name, args=[programme.code, organisations[0].code, *further])


class TestOurFigures:
    def test_shows_what_stands_out_and_no_other_organisation(
        self, signed_in, programme, organisations, waiting
    ):
        Figure.objects.filter(organisation=organisations[0], period="2024").update(value=90)
        page = signed_in("management").get(ours(programme, organisations)).content.decode()
        assert "slechter dan eerder" in page
        for other in organisations[1:]:
            assert other.name not in page
        assert str(SECRET) not in page

    def test_says_so_when_nothing_stands_out(self, signed_in, programme, organisations, waiting):
        page = signed_in("participant").get(ours(programme, organisations)).content.decode()
        assert "valt er niets op" in page

    @pytest.mark.parametrize("agreed", [False, True])
    @pytest.mark.parametrize("group", ["all", "size", "region", "chosen", "best", "nonsense"])
    def test_before_all_agreed_no_page_gives_another_figure_away(
        self, signed_in, programme, organisations, waiting, agreed, group
    ):
        if agreed:
            all_agree(programme, organisations)
        client = signed_in("participant")
        pages = [
            client.get(ours(programme, organisations, *way), {"group": group}).content.decode()
            for way in (("our_figures",), ("indicator", "waiting"))
        ]
        named = organisations[-1].name in pages[1]
        assert named == (agreed and group in ("all", "region", "best", "nonsense"))
        assert named or not any(f"{SECRET}" in page for page in pages)

    def test_the_number_of_queries_does_not_grow_with_the_indicators(
        self, signed_in, programme, organisations, waiting, django_assert_max_num_queries
    ):
        client = signed_in("management")
        client.get(ours(programme, organisations))
        for number in range(3):
            more = indicator_of(programme, f"more-{number}")
            for place, organisation in enumerate(organisations):
                figure(more, organisation, "2024", 90 if place == 0 else 30 + place % 3)
        with django_assert_max_num_queries(24):
            client.get(ours(programme, organisations))

    def test_a_facilitator_follows_the_charter(self, client, programme, organisations, waiting):
        lead = make.AppointmentFactory(programme=programme, role="facilitator").user
        client.force_login(lead)
        assert client.get(ours(programme, organisations)).status_code == 200
        charter_of(programme, facilitator_sees=False)
        assert client.get(ours(programme, organisations)).status_code == 404


class TestOneIndicator:
    def test_shows_trend_definition_and_a_gap(self, signed_in, programme, organisations, waiting):
        Figure.objects.filter(organisation=organisations[0], period="2022").delete()
        response = signed_in("participant").get(
            ours(programme, organisations, "indicator", "waiting")
        )
        trend = response.context["trend"]
        assert (len(trend.dots), len(trend.lines)) == (3, 1)
        assert "Waiting time" in response.content.decode()
        assert "geen cijfer" in response.content.decode()

    def test_a_disputed_figure_is_shown_and_not_compared(
        self, signed_in, programme, organisations, waiting
    ):
        client = signed_in("participant")
        address = ours(programme, organisations, "figure_status", "waiting", "2024")
        client.post(address, {"status": "disputed", "remark": "Twice counted."})
        page = client.get(ours(programme, organisations, "indicator", "waiting"))
        assert page.context["newest"].disputed and page.context["newest"].group is None
        assert "Twice counted." in page.content.decode()
        client.post(address, {"status": "checked", "remark": ""})
        assert Figure.objects.get(organisation=organisations[0], period="2024").status == "disputed"

    def test_a_definition_that_is_settled_shows_both_versions(
        self, client, programme, organisations, waiting
    ):
        coordinate(client, programme)
        address = reverse("definition_new", args=[programme.code, "waiting"])
        data = {"meaning": "Waiting time", "unit": "weeks", "better": "lower", "period": "year"}
        data |= {"supplied_by": "organisation", "comparable": "on"}
        assert client.post(address, data).status_code == 422
        assert client.post(address, data | {"reason": "Weeks."}).status_code == 302
        newest, before = waiting.definitions.all()
        assert (newest.version, newest.unit, newest.comparable) == (2, "weeks", False)
        assert before.unit == "days"


class TestEntry:
    def fields(self, waiting, value, **more):
        return {f"value_{waiting.pk}": value, **more}

    def test_a_value_is_stored_and_shown_and_can_be_taken_back(
        self, signed_in, programme, organisations, waiting
    ):
        client = signed_in("participant")
        address = ours(programme, organisations, "figure_entry", "2025")
        assert client.post(address, self.fields(waiting, "31,5")).status_code == 302
        assert Figure.objects.get(period="2025").value == 31.5
        seen = {f"seen_{waiting.pk}": "31.5"}
        client.post(address, self.fields(waiting, "", **seen))
        assert not Figure.objects.filter(period="2025").exists()

    def test_one_impossible_value_stores_none(self, signed_in, programme, organisations, waiting):
        other = indicator_of(programme, "reach", unit="percent")
        response = signed_in("participant").post(
            ours(programme, organisations, "figure_entry", "2025"),
            self.fields(waiting, "31", **{f"value_{other.pk}": "140"}),
        )
        assert response.status_code == 422
        assert not Figure.objects.filter(period="2025").exists()

    def test_a_jump_is_asked_about_once(self, signed_in, programme, organisations, waiting):
        client = signed_in("participant")
        address = ours(programme, organisations, "figure_entry", "2025")
        assert client.post(address, self.fields(waiting, "310")).status_code == 422
        assert not Figure.objects.filter(period="2025").exists()
        assert client.post(address, self.fields(waiting, "310", looked="on")).status_code == 302
        assert Figure.objects.get(period="2025").value == 310

    def test_two_at_once_never_overwrite_one_another_unseen(
        self, signed_in, programme, organisations, waiting
    ):
        client = signed_in("participant")
        address = ours(programme, organisations, "figure_entry", "2025")
        client.post(address, self.fields(waiting, "31"))
        response = client.post(address, self.fields(waiting, "33"))
        assert response.status_code == 409
        assert Figure.objects.get(period="2025").value == 31

    def test_a_period_that_nothing_is_measured_by_is_not_there(
        self, signed_in, programme, organisations, waiting
    ):
        address = ours(programme, organisations, "figure_entry", "2025-Q1")
        assert signed_in("participant").get(address).status_code == 404


class TestImportInTwoSteps:
    def upload(self, client, programme, text):
        file = SimpleUploadedFile("figures.csv", text.encode())
        return client.post(reverse("figure_import", args=[programme.code]), {"file": file})

    def test_errors_are_shown_by_row_and_column_and_nothing_is_kept(
        self, client, programme, organisations, waiting
    ):
        text = f"organisation,period,waiting\n{organisations[0].code},2025,many\n"
        response = self.upload(coordinate(client, programme), programme, text)
        assert response.status_code == 422
        assert "figures.csv, rij 2, waiting" in response.content.decode()
        assert not FigureImport.objects.exists()

    def test_what_is_striking_is_shown_and_stored_on_somebody_s_word(
        self, client, programme, organisations, waiting
    ):
        coordinate(client, programme)
        text = f"organisation,period,waiting\n{organisations[0].code},2025,310\n"
        check = self.upload(client, programme, text)
        assert "springt naar 310" in client.get(check.url).content.decode()
        assert not Figure.objects.filter(period="2025").exists()
        client.post(check.url)
        assert Figure.objects.get(period="2025").value == 310
        assert client.post(check.url).status_code == 409

    def test_not_where_the_charter_keeps_figures_from_the_coordinator(
        self, client, programme, organisations, waiting
    ):
        charter_of(programme, coordinator_sees=False)
        coordinate(client, programme)
        assert client.get(reverse("figure_import", args=[programme.code])).status_code == 409
        assert client.get(reverse("figures", args=[programme.code])).status_code == 200
        assert client.get(ours(programme, organisations)).status_code == 404


class TestCharter:
    def test_management_agrees_for_the_own_organisation_and_takes_it_back(
        self, signed_in, programme, organisations
    ):
        charter = charter_of(programme)
        client = signed_in("management")
        address = reverse("charter_consent", args=[programme.code, charter.version])
        client.post(address, {"organisation": organisations[0].code})
        consent = CharterConsent.objects.get()
        assert (consent.organisation, consent.withdrawn_on) == (organisations[0], None)
        client.post(address, {"organisation": organisations[0].code, "withdraw": "yes"})
        assert CharterConsent.objects.get().withdrawn_on is not None
        assert client.post(address, {"organisation": organisations[1].code}).status_code == 404

    def test_a_participant_reads_how_many_agreed_and_not_who(
        self, signed_in, programme, organisations
    ):
        all_agree(programme, organisations[1:])
        page = signed_in("participant").get(reverse("charter", args=[programme.code]))
        text = page.content.decode()
        assert "6 van de 7" in text
        assert not any(other.name in text for other in organisations[1:])

    def test_who_agrees_to_an_old_version_is_shown_the_new_one(
        self, signed_in, programme, organisations
    ):
        old = charter_of(programme)
        charter_of(programme, purpose="Another one.")
        address = reverse("charter_consent", args=[programme.code, old.version])
        response = signed_in("management").post(address, {"organisation": organisations[0].code})
        assert response.status_code == 409
        assert not CharterConsent.objects.exists()

    def test_two_coordinators_do_not_overwrite_one_another(self, client, programme):
        coordinate(client, programme)
        address = reverse("charter_write", args=[programme.code])
        words = dict.fromkeys(("purpose", "ownership", "visibility"), "As agreed.")
        assert client.post(address, words | {"seen": 0}).status_code == 302
        assert client.post(address, words | {"seen": 0, "purpose": "x"}).status_code == 409


def test_choosing_whom_to_compare_with_waits_until_all_agreed(
    signed_in, programme, organisations, waiting
):
    client = signed_in("participant")
    address = ours(programme, organisations, "reference_group")
    chosen = {"others": [organisations[1].pk, organisations[2].pk, organisations[3].pk]}
    assert client.post(address, chosen).status_code == 409
    all_agree(programme, organisations)
    response = client.post(address, chosen, follow=True)
    assert response.context["kind"] == "chosen"
    assert response.context["page"].lines[0].standing.group.n == 3
    assert client.post(address, {}).status_code == 422
