"""Coming in: the second factor, confirming again, invitations, an organisation's own sign-in."""

import os

# Who runs, evaluates or administers proves who they are with a second thing besides the mailbox or
# the password, from this many days after they first could; what reaches far is confirmed again.
SECOND_FACTOR_REQUIRED = os.environ.get("BENCHLEARN_SECOND_FACTOR", "1") == "1"
SECOND_FACTOR_GRACE_DAYS = int(os.environ.get("BENCHLEARN_SECOND_FACTOR_GRACE_DAYS", "14"))
CONFIRM_AGAIN = True
SESSION_IDLE_MINUTES = int(os.environ.get("BENCHLEARN_IDLE_MINUTES", "120"))
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
INVITATION_DAYS = int(os.environ.get("BENCHLEARN_INVITATION_DAYS", "14"))
MFA_ADAPTER = "people.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "activate_totp": "people.forms.SetUpAppForm",
    "add_webauthn": "people.forms.AddKeyForm",
    "edit_webauthn": "people.forms.NameKeyForm",
}
MFA_TOTP_ISSUER = "Benchlearn"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is made for an address, and a mail proves it
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
USERSESSIONS_ADAPTER = "people.factors.SessionsAdapter"

# An organisation's own sign-in (OpenID Connect); who may come in by it: people/signon.py.
SOCIALACCOUNT_ADAPTER = "people.signon.SignOnAdapter"
SIGN_ON_ON_LOOPBACK = False  # without TLS, on this machine alone: for tests
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
