"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from learningcircles.views import (
    action_files,
    actions,
    agenda,
    circles,
    feedback,
    handover,
    live,
    materials,
    minutes,
    own_readings,
    practices,
    record,
    rules,
    sessions,
    templates,
    topics,
)
from learningcircles.views import definition_issues as issues
from learningcircles.views.follow_up import follow_up
from learningcircles.views.thread import thread

circle_urls = [
    path("", circles.circle_list, name="circle_list"),
    path("new/", circles.circle_new, name="circle_new"),
    path("<int:pk>/", circles.circle, name="circle"),
    path("<int:pk>/edit/", circles.circle_edit, name="circle_edit"),
    path("<int:pk>/follow-up/", rules.circle_follow_up, name="circle_follow_up"),
    path("<int:pk>/members/add/", circles.circle_member_add, name="circle_member_add"),
    path(
        "<int:pk>/members/<int:member_pk>/remove/",
        circles.circle_member_remove,
        name="circle_member_remove",
    ),
    path(
        "<int:pk>/members/<int:member_pk>/intermediary/",
        circles.circle_intermediary,
        name="circle_intermediary",
    ),
    path("<int:pk>/handover/", handover.circle_handover, name="circle_handover"),
    path("<int:pk>/handover/make/", handover.handover_make, name="handover_make"),
    path("<int:pk>/handover/handover.pdf", handover.handover_pdf, name="handover_pdf"),
    path("<int:pk>/topics/", topics.circle_topics, name="circle_topics"),
    path("<int:pk>/topics/votes/", topics.circle_votes, name="circle_votes"),
    path("<int:pk>/topics/<int:topic_pk>/close/", topics.topic_close, name="topic_close"),
]

session_urls = [
    path("new/", sessions.session_new, name="session_new"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("<int:pk>/session.ics", sessions.session_ics, name="session_ics"),
    path("<int:pk>/reply/", sessions.session_reply, name="session_reply"),
    path("<int:pk>/invite/", sessions.session_invite, name="session_invite"),
    path("<int:pk>/guests/<int:guest_pk>/", sessions.session_withdraw, name="session_withdraw"),
    path("<int:pk>/conclude/", sessions.session_conclude, name="session_conclude"),
    path("<int:pk>/attendance/", record.session_attendance, name="session_attendance"),
    path("<int:pk>/signals/", record.session_signal, name="session_signal"),
    path("<int:pk>/notes/", record.session_note, name="session_note"),
    path("<int:pk>/actions/", record.session_action, name="session_action"),
]

agenda_urls = [
    path("", agenda.session_prepare, name="session_prepare"),
    path("fill/", agenda.agenda_fill, name="agenda_fill"),
    path("add/", agenda.agenda_add, name="agenda_add"),
    path("keep/", templates.agenda_template_keep, name="agenda_template_keep"),
    path(
        "templates/<int:template_pk>/remove/",
        templates.agenda_template_remove,
        name="agenda_template_remove",
    ),
    path("<int:item_pk>/", agenda.agenda_item, name="agenda_item"),
    path("<int:item_pk>/move/", agenda.agenda_item_move, name="agenda_item_move"),
    path("<int:item_pk>/remove/", agenda.agenda_item_remove, name="agenda_item_remove"),
]

material_urls = [
    path("materials/", materials.material_add, name="material_add"),
    path("materials/<int:material_pk>/", materials.material, name="material"),
    path("materials/<int:material_pk>/remove/", materials.material_remove, name="material_remove"),
    path("preparations/", materials.preparation_add, name="preparation_add"),
    path("preparations/<int:preparation_pk>/", materials.preparation_tick, name="preparation_tick"),
]

minutes_urls = [
    path("", minutes.session_minutes, name="session_minutes"),
    path("send/", minutes.minutes_send, name="minutes_send"),
    path("reopen/", minutes.minutes_reopen, name="minutes_reopen"),
    path("approve/", minutes.minutes_approve, name="minutes_approve"),
    path("finalise/", minutes.minutes_finalise, name="minutes_finalise"),
    path("addendum/", minutes.minutes_addendum, name="minutes_addendum"),
    path("minutes.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("pdf/", minutes.minutes_pdf_again, name="minutes_pdf_again"),
]

live_urls = [
    path("live/", live.session_live, name="session_live"),
    path("live/<int:item_pk>/text/", live.minute_text, name="minute_text"),
    path("live/edits/<int:edit_pk>/", live.minute_edit, name="minute_edit"),
    path("own/<int:organisation_pk>/", own_readings.own_reading, name="own_reading"),
]

action_urls = [
    path("", actions.my_actions, name="my_actions"),
    path("<int:pk>/", actions.action, name="action"),
    path("<int:pk>/edit/", actions.action_edit, name="action_edit"),
    path("<int:pk>/status/", actions.action_status, name="action_status"),
    path("<int:pk>/postpone/", actions.action_postpone, name="action_postpone"),
    path("<int:pk>/drop/", actions.action_drop, name="action_drop"),
    path("<int:pk>/hand-over/", actions.action_hand_over, name="action_hand_over"),
    path("<int:pk>/decide/", actions.action_decide, name="action_decide"),
    path("<int:pk>/notes/", actions.action_note, name="action_note"),
    path("<int:pk>/files/", action_files.action_file_add, name="action_file_add"),
    path("<int:pk>/files/<int:file_pk>/", action_files.action_file, name="action_file"),
    path(
        "<int:pk>/files/<int:file_pk>/remove/",
        action_files.action_file_remove,
        name="action_file_remove",
    ),
]

practice_urls = [
    path("", practices.practice_list, name="practice_list"),
    path("<int:pk>/", practices.practice, name="practice"),
    path("<int:pk>/edit/", practices.practice_edit, name="practice_edit"),
    path("<int:pk>/publish/", practices.practice_publish, name="practice_publish"),
    path("<int:pk>/adopt/", practices.practice_adopt, name="practice_adopt"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:code>/circles/", include(circle_urls)),
    path("programmes/<slug:code>/sessions/", include(session_urls)),
    path("programmes/<slug:code>/sessions/<int:pk>/prepare/", include(agenda_urls)),
    path("programmes/<slug:code>/sessions/<int:pk>/", include(material_urls)),
    path("programmes/<slug:code>/sessions/<int:pk>/", include(live_urls)),
    path("programmes/<slug:code>/sessions/<int:pk>/minutes/", include(minutes_urls)),
    path(
        "programmes/<slug:code>/definition-issues/",
        issues.definition_issues,
        name="definition_issues",
    ),
    path(
        "programmes/<slug:code>/definition-issues/<int:pk>/",
        issues.definition_issue,
        name="definition_issue",
    ),
    path("sessions/feedback/<str:token>/", feedback.session_feedback, name="session_feedback"),
    path("programmes/<slug:code>/actions/new/", actions.action_new, name="action_new"),
    path("programmes/<slug:code>/follow-up/", follow_up, name="follow_up"),
    path("programmes/<slug:code>/practices/new/", practices.practice_new, name="practice_new"),
    path("practices/", include(practice_urls)),
    path("thread/<slug:kind>/<int:pk>/", thread, name="thread"),
    path("actions/", include(action_urls)),
]
