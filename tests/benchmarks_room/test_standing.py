"""What stands out for an organisation, and what may be shown of the others."""

import datetime as dt

import pytest

from benchmarks.domain.charter import give_consent, withdraw_consent
from benchmarks.domain.indicators import settle_definition
from benchmarks.enums import GroupKind, Verdict
from benchmarks.models import ChosenGroup, Figure
from benchmarks.movement import Asked, movements
from benchmarks.standing import standing_out, standings_of, topics_that_stand_out
from tests import factories as make
from tests.benchmarks_room.figures import (
    all_agree,
    charter_of,
    figure,
    indicator_of,
    participants,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return make.CycleFactory(ends_on=dt.date(2099, 12, 31))


@pytest.fixture
def organisations(cycle):
    """Ten that lie close together."""
    return participants(cycle, 10)


@pytest.fixture
def waiting(cycle, organisations):
    indicator = indicator_of(cycle.programme)
    for place, organisation in enumerate(organisations):
        for year in range(2020, 2025):
            figure(indicator, organisation, str(year), 30 + place % 4 + year % 2)
    return indicator


def of_first(programme, organisations, **options):
    (found,) = standings_of(programme, organisations=[organisations[0].pk], **options)
    return found


def test_one_far_from_the_group_and_its_own_past_stands_out_as_worse(cycle, organisations, waiting):
    Figure.objects.filter(organisation=organisations[0], period="2024").update(value=70)
    (found,) = standing_out(cycle.programme)
    assert found.organisation == organisations[0].pk
    assert found.stands_out_group and found.stands_out_past
    assert (found.verdict_group, found.verdict_past) == (Verdict.WORSE, Verdict.WORSE)


def test_a_neutral_indicator_is_never_good_or_bad(cycle, organisations, waiting):
    waiting.definitions.update(better="neutral")
    Figure.objects.filter(organisation=organisations[0], period="2024").update(value=70)
    (found,) = standing_out(cycle.programme)
    assert (found.verdict_group, found.verdict_past) == (Verdict.HIGHER, Verdict.HIGHER)


def test_a_disputed_figure_counts_for_nothing_until_it_is_settled(cycle, organisations, waiting):
    Figure.objects.filter(organisation=organisations[0], period="2024").update(
        value=70, status="disputed"
    )
    assert standing_out(cycle.programme) == []
    assert of_first(cycle.programme, organisations).period == "2023"


def test_asking_for_one_organisation_gives_what_asking_for_all_gives(cycle, organisations, waiting):
    Figure.objects.filter(organisation=organisations[3], period="2024").delete()
    every = {each.organisation: each for each in standings_of(cycle.programme)}
    for place in (0, 3):
        (one,) = standings_of(cycle.programme, organisations=[organisations[place].pk])
        assert one == every[organisations[place].pk]


def test_figures_under_another_meaning_are_not_laid_beside_these(cycle, organisations, waiting):
    settle_definition(waiting, reason="Working days", comparable=False, numerator="working days")
    for organisation in organisations[:4]:
        figure(waiting, organisation, "2025", 21)
    found = of_first(cycle.programme, organisations)
    assert (found.period, found.past.n, found.group.n if found.group else None) == ("2025", 0, None)
    all_agree(cycle.programme, organisations)
    assert of_first(cycle.programme, organisations).group.n == 3


class TestBeforeAllAgree:
    def test_a_group_of_fewer_than_five_others_is_not_shown(self, cycle, organisations, waiting):
        assert of_first(cycle.programme, organisations).group.n == 9
        Figure.objects.filter(organisation__in=organisations[5:]).delete()
        assert of_first(cycle.programme, organisations).group is None

    def test_nor_one_that_leaves_a_few_others_over(self, cycle, organisations, waiting):
        for organisation in organisations:
            organisation.region = "North" if organisation in organisations[:7] else "South"
            organisation.save()
        found = of_first(cycle.programme, organisations, kind=GroupKind.REGION)
        assert found.group is None, "nine others, six of them in the region: three would be left"
        all_agree(cycle.programme, organisations)
        assert of_first(cycle.programme, organisations, kind=GroupKind.REGION).group.n == 6

    def test_a_free_choice_waits_too(self, cycle, organisations, waiting):
        chosen = ChosenGroup.objects.create(
            programme=cycle.programme, organisation=organisations[0]
        )
        chosen.others.set(organisations[1:9])
        found = of_first(cycle.programme, organisations, kind=GroupKind.CHOSEN)
        assert found.group is None
        all_agree(cycle.programme, organisations)
        assert of_first(cycle.programme, organisations, kind=GroupKind.CHOSEN).group.n == 8

    def test_a_circle_hears_how_many_stand_out_and_not_which(self, cycle, organisations, waiting):
        Figure.objects.filter(organisation=organisations[0], period="2024").update(value=70)
        keys = [each.pk for each in organisations[:4]]
        (topic,) = topics_that_stand_out(cycle.programme, keys)
        assert (topic.count, topic.standings) == (1, ())
        all_agree(cycle.programme, organisations)
        (topic,) = topics_that_stand_out(cycle.programme, keys)
        assert [each.organisation for each in topic.standings] == [organisations[0].pk]


class TestWhoSeesFigures:
    @pytest.fixture
    def member(self, organisations):
        return make.MembershipFactory(organisation=organisations[0], roles=["participant"]).user

    def seen(self, user):
        return set(Figure.objects.visible_to(user).values_list("organisation", flat=True))

    def test_a_member_sees_the_own_until_all_agreed(self, organisations, waiting, member):
        programme, own = waiting.programme, {organisations[0].pk}
        assert self.seen(member) == own
        charter = charter_of(programme)
        for organisation in organisations[1:]:
            give_consent(charter, organisation)
        assert self.seen(member) == own
        give_consent(charter, organisations[0])
        assert self.seen(member) == {each.pk for each in organisations}
        withdraw_consent(charter, organisations[4])
        assert self.seen(member) == own

    def test_another_text_must_be_agreed_to_anew(self, organisations, waiting, member):
        all_agree(waiting.programme, organisations)
        charter_of(waiting.programme, purpose="To account for what is spent.")
        assert self.seen(member) == {organisations[0].pk}

    def test_a_newcomer_closes_it_until_they_agree(self, cycle, organisations, waiting, member):
        charter = all_agree(waiting.programme, organisations)
        (newcomer,) = participants(cycle, 1)
        assert self.seen(member) == {organisations[0].pk}
        give_consent(charter, newcomer)
        assert len(self.seen(member)) == 10

    def test_the_coordinator_sees_what_the_charter_allows(self, organisations, waiting):
        coordinator = make.AppointmentFactory(programme=waiting.programme).user
        assert len(self.seen(coordinator)) == 10
        all_agree(waiting.programme, organisations, coordinator_sees=False)
        assert self.seen(coordinator) == set()
        charter_of(waiting.programme, coordinator_sees=True)
        assert self.seen(coordinator) == set(), "more is opened only when all have agreed to it"
        all_agree(waiting.programme, organisations, coordinator_sees=True, purpose="As agreed.")
        assert len(self.seen(coordinator)) == 10


class TestMovement:
    def moved(self, indicator, organisation, agreed, done):
        asked = Asked(
            indicator.pk,
            organisation.pk,
            dt.date.fromisoformat(agreed),
            dt.date.fromisoformat(done),
        )
        return movements([asked])[0]

    def test_from_before_the_agreement_to_a_cycle_after_it_was_done(self, cycle):
        indicator, (one,) = indicator_of(cycle.programme), participants(cycle, 1)
        for period, value in (("2023", 40), ("2024", 60), ("2025", 30)):
            figure(indicator, one, period, value)
        found = self.moved(indicator, one, "2024-03-01", "2024-11-30")
        assert (found.before.value, found.after.value, found.moved_right) == (40, 30, True)
        found = self.moved(indicator, one, "2023-03-01", "2023-11-30")
        assert (found.before.value, found.after.value, found.moved_right) == (40, 60, False)
        assert self.moved(indicator, one, "2025-03-01", "2025-04-01").verdict == Verdict.BETTER
        assert self.moved(indicator, one, "2026-03-01", "2026-04-01").verdict is None

    def test_not_across_a_break_in_the_series_and_never_right_where_neither_is(self, cycle):
        indicator, (one,) = indicator_of(cycle.programme, better="neutral"), participants(cycle, 1)
        figure(indicator, one, "2024", 40)
        figure(indicator, one, "2025", 30)
        found = self.moved(indicator, one, "2024-03-01", "2024-11-30")
        assert (found.verdict, found.moved_right) == (Verdict.LOWER, False)
        settle_definition(indicator, reason="Settled", comparable=False, numerator="other")
        Figure.objects.filter(period="2025").update(definition=indicator.definitions.first())
        assert self.moved(indicator, one, "2024-03-01", "2024-11-30").after is None
