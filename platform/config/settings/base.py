"""Settings that hold everywhere; `local`, `test` and `production` only override.

Every value that differs between installations comes from the environment, under a name that
starts with BENCHLEARN_ (listed in docs/settings.md; a test holds the list to this file).
"""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config.settings.background import *  # noqa: F403
from config.settings.entrance import *  # noqa: F403
from config.settings.files import storages_of
from config.settings.logs import logging_as
from config.settings.operation import *  # noqa: F403
from config.settings.policies import ADMIN_CSP as ADMIN_CSP
from config.settings.policies import PREVIEW_CSP as PREVIEW_CSP
from config.settings.policies import SECURE_CSP as SECURE_CSP

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("BENCHLEARN_VAR", ROOT / "var"))

SECRET_KEY = os.environ.get("BENCHLEARN_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BENCHLEARN_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
BASE_URL = os.environ.get("BENCHLEARN_BASE_URL", "http://127.0.0.1:8000")

METRICS_FOLDER = os.environ.get("BENCHLEARN_METRICS_FOLDER") or str(VAR / "metrics")

INSTALLED_APPS = [
    "config",
    "evaluation",
    "surveys",
    "learningcircles",
    "website",
    "benchmarks",
    "people",
    "core",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "formtools",
    "rules",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # Wagtail's search asks for it when the database is PostgreSQL
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.request_counts.CountRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "website.middleware.ContentSecurityPolicyMiddleware",
    # Answers /s/... itself; what stands above holds there too (docs/decisions/0101).
    "surveys.middleware.SurveyLane",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.IdleMiddleware",
    "people.middleware.PrivatePagesMiddleware",
    "people.middleware.ActingMiddleware",
    "people.middleware.AccountLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.OnlyReadsMiddleware",
    "website.middleware.DomainErrorMiddleware",
    "website.middleware.CmsGateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context_processors.benchlearn",
            ],
        },
    }
]

# --- The truth: the database -------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("BENCHLEARN_DATABASE_URL", f"sqlite:///{VAR / 'benchlearn.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # WAL: readers don't wait for the writer. NORMAL survives a killed process (not a power
        # cut of the last instant); production runs on PostgreSQL.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        # What is deleted is overwritten: closing a wave must leave nothing behind.
        "PRAGMA secure_delete=ON;",
    }
elif os.environ.get("BENCHLEARN_PREPARED_STATEMENTS", "1") == "1":
    # Only queries that are sent with their values beside them are (surveys/prepared.py).
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 0
else:
    # Behind a pooler the next portion of a large answer would be asked of another connection.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "core.stolen_passwords.StolenPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "now"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False  # a link by mail instead: people/domain/links.py
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "reset_password": "people.forms.ForgottenForm",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 12
# Wide for one address, since a town hall has one. Wrong passwords are counted by axes alone.
ACCOUNT_RATE_LIMITS = {
    "login": "200/m/ip",
    "login_failed": None,
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
    "reauthenticate": "30/m/user",
}

# One wrong colleague must not lock a whole town hall: by name and address together.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_CALLABLE = "people.lockout.attempted_name"
AXES_CLIENT_IP_CALLABLE = "people.lockout.client_address"
TRUSTED_PROXIES = 0  # in front of the web server; production: one
AXES_LOCKOUT_CALLABLE = "people.views.accounts.locked"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # keep wrong tries, not who came when

# --- Languages ---------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# --- Pages, files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# The manuals that Help leads to, and their pictures (website/manuals.py).
MANUALS = ROOT / "docs" / "manual"
STATICFILES_DIRS = [("pictures", ROOT / "docs" / "pictures")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = storages_of(VAR)
WAGTAIL_SITE_NAME = "Benchlearn"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Security ----------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "website.views.errors.csrf_failure"

# --- The API -----------------------------------------------------------------------------------

# Of one token, counted in each web process by itself.
API_REQUESTS_A_MINUTE = int(os.environ.get("BENCHLEARN_API_REQUESTS_A_MINUTE", "300"))

# --- Mail; background work stands in background.py ----------------------------------------------

MAILERS = {
    "default": {
        "BACKEND": "core.smtp.Backend",
        "OPTIONS": {
            "host": os.environ.get("BENCHLEARN_EMAIL_HOST", "127.0.0.1"),
            "port": int(os.environ.get("BENCHLEARN_EMAIL_PORT", "25")),
            "username": os.environ.get("BENCHLEARN_EMAIL_USER", ""),
            "password": os.environ.get("BENCHLEARN_EMAIL_PASSWORD", ""),
            "use_tls": os.environ.get("BENCHLEARN_EMAIL_TLS", "") == "1",
            "timeout": 30,
        },
    }
}
CELERY_BROKER_FOLDER = VAR / "broker"
DEFAULT_FROM_EMAIL = os.environ.get(
    "BENCHLEARN_FROM_EMAIL", "Benchlearn <noreply@benchlearn.invalid>"
)

# Who tells that a mail came back: a name of django-anymail, e.g. "mailgun"; see docs/settings.md.
BOUNCE_SERVICE = os.environ.get("BENCHLEARN_BOUNCE_SERVICE", "")
ANYMAIL = {
    "WEBHOOK_SECRET": os.environ.get("BENCHLEARN_BOUNCE_SECRET", ""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": os.environ.get("BENCHLEARN_BOUNCE_SECRET", ""),
}

# --- Disclosure --------------------------------------------------------------------------------

MINIMUM_GROUP = 5
TABULATE_IN_A_PAGE = 10_000  # responses; of more, a worker counts the results

# --- What only development shows ---------------------------------------------------------------

SHOW_COMPONENTS = False
DEMO_MAILBOX: Path | None = None

LOGGING = logging_as("plain")
SILENCED_SYSTEM_CHECKS: list[str] = []
