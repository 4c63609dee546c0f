"""The addresses of this room: signing in and out, one's password, one's account.

The list names the views of allauth that make sense here. There is no sign-up (people are
invited), no page to change one's e-mail address (it is the name; an administrator does that), and
no code by mail (there is a link by mail).
"""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from people.views.accounts import account, set_language
from people.views.links import ask_for_link_view, sign_in_link
from people.views.signon import sign_on, sign_on_return
from people.views.tokens import token_withdraw, tokens

urlpatterns = [
    path("account/", account, name="account"),
    path("account/login/", allauth.login, name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/link/", ask_for_link_view, name="ask_for_link"),
    path("account/link/<str:token>/", sign_in_link, name="sign_in_link"),
    path("account/password/change/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    path("account/password/reset/", allauth.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/done/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:pk>/withdraw/", token_withdraw, name="token_withdraw"),
    path("account/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/organisation/", sign_on, name="sign_on"),
    path("account/organisation/<slug:organisation>/", sign_on_return, name="sign_on_return"),
    path("language/", set_language, name="set_language"),
]
