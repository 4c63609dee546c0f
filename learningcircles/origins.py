"""Where an action came from, as far as somebody sees that."""

from typing import Any

from benchmarks.models import Figure
from learningcircles.models import Action, Session, Topic


def origin_shown(action: Action, user: Any) -> dict[str, Any]:
    """What it came from, as far as this person sees that."""
    sees_session = (
        action.session_id is not None
        and Session.objects.visible_to(user).filter(pk=action.session_id).exists()
    )
    told = action.signal.figure if action.signal and sees_session else None
    figure = told or action.figure
    seen = Figure.objects.visible_to(user)
    topics = Topic.objects.visible_to(user)
    return {
        "sees_session": sees_session,
        "figure": figure,
        "sees_figure": figure is not None and seen.filter(pk=figure.pk).exists(),
        "topic": topics.filter(pk=action.topic_id).first() if action.topic_id else None,
    }
