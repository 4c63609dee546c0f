"""What could be on the agenda of a session: small pictures for the page and for the draft.

Words of another session never come along: an item names an indicator, a topic of the circle itself
or a number of actions. Who may read more, reads it where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benchmarks.models import Indicator, IndicatorDefinition
from benchmarks.standing import Standing, standing_out, topics_that_stand_out
from learningcircles.agenda import organisations_at
from learningcircles.enums import AgendaOrigin, AgendaSection
from learningcircles.managers import ActionQuerySet
from learningcircles.models import Action, DefinitionIssue, Session, Topic
from learningcircles.presentation import meaning_of
from learningcircles.votes import topics_by_votes
from people.models import Organisation

MOST_ISSUES = 3
MOST_TOPICS = 6
MOST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that could be on the agenda."""

    source: str
    title: str
    section: str
    origin: str
    minutes: int
    why: str = ""
    organisation: Organisation | None = None
    indicator: Indicator | None = None
    topic: Topic | None = None
    issue: DefinitionIssue | None = None

    def as_fields(self) -> dict[str, Any]:
        """The fields of the agenda item that it becomes."""
        names = ("source", "title", "section", "origin", "minutes")
        told = (*names, "organisation", "indicator", "topic", "issue")
        return {name: getattr(self, name) for name in told}

    def longer(self, minutes: int) -> "Suggestion":
        """The same with more time."""
        return replace(self, minutes=self.minutes + minutes)


def carried_actions(session: Session, user: Any) -> ActionQuerySet:
    """What was agreed before and is still open: in the circle's earlier sessions, by the
    organisation whose session it is, or in earlier joint sessions."""
    actions = Action.objects.visible_to(user).filter(programme=session.programme_id).open()
    earlier = Q(session__starts_at__lt=session.starts_at) & ~Q(session=session)
    if session.circle_id:
        return actions.filter(earlier, session__circle=session.circle_id)
    if session.organisation_id:
        return actions.filter(~Q(session=session), organisation=session.organisation_id)
    return actions.filter(
        earlier, session__circle=None, session__organisation=None, session__kind=session.kind
    )


def _carried(session: Session, user: Any) -> Iterator[Suggestion]:
    n = carried_actions(session, user).count()
    if n:
        yield Suggestion(
            source="actions",
            title=_("What became of what we agreed"),
            section=AgendaSection.LOOKING_BACK,
            origin=AgendaOrigin.ACTIONS,
            minutes=min(30, 5 * ((n + 3) // 2)),
            why=ngettext("%(n)d action is open", "%(n)d actions are open", n) % {"n": n},
        )


def _definition_issues(session: Session, user: Any) -> Iterator[Suggestion]:
    """Open issues, one item an indicator: the doubt itself stays with the session it came from."""
    parked = DefinitionIssue.objects.visible_to(user).parked().filter(programme=session.programme)
    seen: set[int] = set()
    for issue in parked.select_related("indicator").prefetch_related("indicator__definitions"):
        if issue.indicator_id in seen or len(seen) >= MOST_ISSUES:
            continue
        seen.add(issue.indicator_id)
        yield Suggestion(
            source=f"issue:{issue.pk}",
            title=_("What do we mean by: %(meaning)s") % {"meaning": name_of(issue.indicator)},
            section=AgendaSection.DEFINITIONS,
            origin=AgendaOrigin.DEFINITION,
            minutes=10,
            why=_("parked, to be settled outside the talk; here only what is needed for it"),
            indicator=issue.indicator,
            issue=issue,
        )


def name_of(indicator: Indicator) -> str:
    """What an indicator means by its newest definition, or its code."""
    newest = next(iter(indicator.definitions.all()), None)
    return meaning_of(newest) if newest else indicator.code


def _topics(session: Session, user: Any) -> Iterator[Suggestion]:
    if session.circle is None:
        return
    for topic in topics_by_votes(session.circle, user)[:MOST_TOPICS]:
        yield Suggestion(
            source=f"topic:{topic.pk}",
            title=topic.title,
            section=AgendaSection.TOPICS,
            origin=_origin_of(topic),
            minutes=20,
            why=ngettext("%(n)d point", "%(n)d points", topic.given) % {"n": topic.given},
            organisation=topic.organisation,
            topic=topic,
        )


def _origin_of(topic: Topic) -> str:
    known = (AgendaOrigin.ORGANISATION, AgendaOrigin.OUTSIDE)
    return topic.origin if topic.origin in known else AgendaOrigin.TOPIC


def _standing_out(session: Session, user: Any) -> Iterator[Suggestion]:
    """Figures that stand out. For several organisations together it is said how many, never
    which: an item of the agenda is read by all of them."""
    if session.organisation_id:
        yield from _of_one(session)
        return
    at_table = organisations_at(session)
    for topic in topics_that_stand_out(session.programme, at_table)[:MOST_FIGURES]:
        n = topic.count
        yield _of_figure(
            topic.definition,
            ngettext(
                "stands out for %(n)d organisation at the table",
                "stands out for %(n)d organisations at the table",
                n,
            )
            % {"n": n},
        )


def _of_one(session: Session) -> Iterator[Suggestion]:
    """Those of one organisation, the strongest first, each indicator once."""
    found = standing_out(session.programme, organisations=[session.organisation_id or 0])
    seen: set[int] = set()
    for each in sorted(found, key=lambda standing: -standing.strength):
        if each.indicator not in seen and len(seen) < MOST_FIGURES:
            seen.add(each.indicator)
            yield _of_figure(each.definition, _why(each))


def _why(standing: Standing) -> str:
    if standing.stands_out_group:
        verdict = standing.verdict_group.label
        return _("%(verdict)s than the others, %(period)s") % {
            "verdict": verdict,
            "period": standing.period,
        }
    verdict = standing.verdict_past.label
    return _("%(verdict)s than before, %(period)s") % {
        "verdict": verdict,
        "period": standing.period,
    }


def _of_figure(definition: IndicatorDefinition, why: str) -> Suggestion:
    return Suggestion(
        source=f"indicator:{definition.indicator_id}",
        title=meaning_of(definition),
        section=AgendaSection.FIGURES,
        origin=AgendaOrigin.STANDS_OUT,
        minutes=20,
        why=why,
        indicator=definition.indicator,
    )


def suggestions_for(session: Session, user: Any) -> list[Suggestion]:
    """All that could be on this agenda, the most pressing first."""
    sources = (_carried, _standing_out, _topics, _definition_issues)
    return [each for source in sources for each in source(session, user)]
