"""The one step of the workflow of questionnaires: a colleague reads it before it is published."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from surveys.models.instruments import Instrument


class SecondReading(Task):
    """Somebody else who may edit the questionnaire approves it, or asks for changes.

    Until then whoever submitted it can't change it: the version that is read is the one that is
    published.
    """

    class Meta:
        verbose_name = _("reading by a colleague")
        verbose_name_plural = _("readings by a colleague")

    def may_read(self, obj: Any, user: Any) -> bool:
        """Is this person another one than who submitted it, and may they edit it?"""
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id == user.pk:
            return False
        return Instrument.objects.editable_by(user).filter(pk=obj.pk).exists()

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_read(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self.may_read(obj, user):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), False),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        mine = map(str, Instrument.objects.editable_by(user).values_list("pk", flat=True))
        waiting = TaskState.objects.filter(
            task=self.task_ptr,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=list(mine),
        )
        return waiting.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> Any:
        return _("Another coordinator of the benchmark reads the questionnaire.")
