"""Having a questionnaire read by a colleague before it is published: Wagtail's workflow."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowState, WorkflowTask
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from surveys.models import Instrument, SecondReading

NAME = "Meelezen / second reading"
BY_MAIL = {
    "submitted": workflow_submitted,
    "approved": workflow_approved,
    "rejected": workflow_rejected,
}


@transaction.atomic
def ship_second_reading() -> Workflow:
    """The workflow of questionnaires, made when no questionnaire has one yet."""
    kind = ContentType.objects.get_for_model(Instrument)
    known = WorkflowContentType.objects.filter(content_type=kind).select_related("workflow").first()
    if known is not None:
        return known.workflow
    workflow = Workflow.objects.create(name=NAME)
    task = SecondReading.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
    return workflow


def after_migrating(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Ship it as soon as all its tables are there."""
    needed = {SecondReading._meta.db_table, WorkflowContentType._meta.db_table}
    if needed <= set(connections[using].introspection.table_names()):
        ship_second_reading()


def tell_on_now_only() -> None:
    """Wagtail would send mail at once, past the outbox; who is waited for sees it on *Now*."""
    for verb, signal in BY_MAIL.items():
        mails = f"workflow_state_{verb}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=mails)
