"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from learningcircles.views import actions, circles, practices, record, rules, sessions
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
    path("programmes/<slug:code>/actions/new/", actions.action_new, name="action_new"),
    path("programmes/<slug:code>/follow-up/", follow_up, name="follow_up"),
    path("programmes/<slug:code>/practices/new/", practices.practice_new, name="practice_new"),
    path("practices/", include(practice_urls)),
    path("thread/<slug:kind>/<int:pk>/", thread, name="thread"),
    path("actions/", include(action_urls)),
]
