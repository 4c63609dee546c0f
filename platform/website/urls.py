"""The addresses of the website: Now, about, privacy, and the mailbox of a demonstration."""

from django.urls import path

from website.views.bounces import mail_bounced
from website.views.health import live, ready
from website.views.mailbox import demo_mail, demo_mails
from website.views.manuals import all_manuals, help_me, manual
from website.views.metrics import metrics
from website.views.now import now
from website.views.pages import about, privacy

urlpatterns = [
    path("now/", now, name="now"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    path("help/", help_me, name="help"),
    path("help/all/", all_manuals, name="manuals"),
    path("help/<slug:name>/", manual, name="manual"),
    path("health/live/", live, name="health_live"),
    path("health/ready/", ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
    path("mail/bounces/", mail_bounced, name="mail_bounced"),
    path("demo/mail/", demo_mails, name="demo_mails"),
    path("demo/mail/<str:name>/", demo_mail, name="demo_mail"),
]
