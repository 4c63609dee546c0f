"""Responses and answers: what somebody said, and who only where the wave's mode says so."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from people.models import Organisation
from surveys.enums import LONGEST_REMARK, Channel, ResponseState
from surveys.models.items import Item
from surveys.models.waves import Background, Invitation, Wave

_LOWEST_ID, _HIGHEST_ID = 2**40, 2**62


def new_row_id() -> int:
    """A primary key of chance, so that the order of rows doesn't tell who came first.

    Above what a sequence reaches, below where the next automatic one would not fit any more.
    """
    return _LOWEST_ID + secrets.randbelow(_HIGHEST_ID - _LOWEST_ID)


class Response(Background):
    """What one respondent answered. It knows no time but the day.

    A draft is found by `draft_digest`, which only its link leads to; submitting erases it.
    `invitation` is set in a wave *by name* only, `pseudonym` also in a *pseudonymous* one. In an
    *anonymous* wave neither is, and closing takes away what could tell people apart: the day, and
    the organisation, role, department or function that too few were asked with; then
    `organisation` is None. `pages_done` is how far the respondent came. `shown_order` holds the
    order in which a shuffled block was shown: {"2": [item, ...]}, by page, as primary keys.
    `begun` is the second of the first answer, readable with the link only (domain/durations.py);
    submitting leaves the `minutes` that it took instead, and closing not even those.
    """

    wave = models.ForeignKey(
        Wave,
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,  # the index `response_of_wave` begins with it
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="survey_responses",
    )
    draft_digest = models.CharField(max_length=64, null=True, blank=True)
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="response"
    )
    pseudonym = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.LINK)
    state = models.CharField(max_length=9, choices=ResponseState, default=ResponseState.DRAFT)
    pages_done = models.PositiveSmallIntegerField(default=0)
    submitted_on = models.DateField(null=True, blank=True)
    shown_order = models.JSONField(default=dict, blank=True)
    begun = models.BigIntegerField(null=True, blank=True, editable=False)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["wave", "state"], name="response_of_wave"),
            models.Index(
                fields=["pseudonym"], condition=~Q(pseudonym=""), name="response_pseudonym"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ResponseState.DRAFT,
                    draft_digest__isnull=False,
                    invitation__isnull=True,
                    pseudonym="",
                    submitted_on__isnull=True,
                )
                | Q(
                    state=ResponseState.SUBMITTED,
                    draft_digest__isnull=True,
                    submitted_on__isnull=False,
                    begun__isnull=True,
                ),
                name="response_draft_or_submitted",
            ),
            # Not `unique=True`: that brings a second index, for texts that begin alike, and
            # both would hold what is submitted as well.
            models.UniqueConstraint(
                fields=["draft_digest"],
                condition=Q(draft_digest__isnull=False),
                name="one_draft_a_link",
            ),
            models.UniqueConstraint(
                fields=["wave", "pseudonym"],
                condition=~Q(pseudonym=""),
                name="pseudonym_once_a_wave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, {self.organisation}: {self.state}"


NOTHING = {
    "value__isnull": True,
    "not_applicable": False,
    "text": "",
    "number__isnull": True,
    "day__isnull": True,
    "chosen": "",
}


def _is_one_thing() -> Q:
    """Exactly one column of an answer holds something."""
    return (
        Q(**NOTHING | {"value__isnull": False})
        | Q(**NOTHING | {"not_applicable": True})
        | Q(**NOTHING | {"number__isnull": False})
        | Q(**NOTHING | {"day__isnull": False})
        | (Q(**_without("text")) & ~Q(text=""))
        | (Q(**_without("chosen")) & ~Q(chosen=""))
    )


def _without(column: str) -> dict[str, Any]:
    return {name: value for name, value in NOTHING.items() if name != column}


class Answer(models.Model):
    """One answer, in exactly one of these columns. What was left open has no row.

    | kind of item | column |
    | --- | --- |
    | statement, one choice | `value`: the value of the point or option |
    | several choices, ranking | `chosen`: the values as ",1,4,", ascending or in their rank |
    | number | `number` |
    | date | `day` |
    | short text, open remark | `text` |
    | any of these | `not_applicable`: an answer, and a kind of missing value of its own |
    """

    response = models.ForeignKey(
        Response,
        on_delete=models.CASCADE,
        related_name="answers",
        db_index=False,  # the index of `answer_once` begins with it
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    text = models.TextField(blank=True, max_length=LONGEST_REMARK)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    chosen = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["response", "item"]
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="answer_once"),
            models.CheckConstraint(condition=_is_one_thing(), name="answer_is_one_thing"),
        ]

    def __str__(self) -> str:
        parts = (self.value, self.number, self.day, self.chosen, self.text[:20])
        given = next((part for part in parts if part not in (None, "")), "n/a")
        return f"{self.item_id}: {given}"
