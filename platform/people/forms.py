"""Forms about one's own account. Saving goes through domain/."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain.accounts import change_details, change_language, signed_in_lately
from people.domain.tokens import make_token
from people.models import AccessToken, User
from people.scopes import known_scopes


class SetUpAppForm(ActivateTOTPForm):
    """The first code of an app, six digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code from the app")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs["inputmode"] = "numeric"


class AddKeyForm(AddWebAuthnForm):
    """A passkey or key that is set up, under a name of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class NameKeyForm(EditWebAuthnForm):
    """Another name for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class SignInForm(LoginForm):
    """Address and password, with labels instead of placeholders that vanish on typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class ForgottenForm(ResetPasswordForm):
    """The address that a link to choose a new password goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class LinkForm(forms.Form):
    """Ask for a link to sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LinkCodeForm(forms.Form):
    """The code that stands in the browser in which a link was asked for."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("six digits"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8}
        ),
    )


class AccountForm(forms.Form):
    """Name, telephone and language of one's own account."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("The members of your learning circles see it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For the pages and the mails that you get."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial = {"name": user.name, "phone": user.phone, "language": user.language}

    def save(self) -> None:
        """Change the account."""
        data = self.cleaned_data
        change_details(self.user, name=data["name"], phone=data["phone"])
        change_language(self.user, language=data["language"])


class TokenForm(forms.Form):
    """Make a token of the API; with one's password again, where one has a password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What it is for, e.g. “Yearly report in R”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"),
        help_text=_("Never more than you may see yourself."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[(30, _("a month")), (90, _("three months")), (365, _("a year"))],
        initial=90,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("Once more, so that nobody makes a token at a computer that you left."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.code, scope.label) for scope in known_scopes()
        ]
        user: Any = request.user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean(self) -> dict[str, Any] | None:
        """Is it really them? Raises when the password is wrong, or signing in was long ago."""
        user: Any = self.request.user
        if "password" in self.fields:
            given = self.cleaned_data.get("password")
            if given and authenticate(self.request, email=user.email, password=given) is None:
                self.add_error("password", _("This is not your password."))
        elif not signed_in_lately(user):
            raise forms.ValidationError(
                _("You signed in a while ago. Sign out, sign in by a link again, and come back.")
            )
        return self.cleaned_data

    def save(self) -> tuple[AccessToken, str]:
        """The row and the token itself."""
        user: Any = self.request.user
        data = self.cleaned_data
        last_day = timezone.localdate() + timedelta(days=data["days"])
        return make_token(user, name=data["name"], scopes=data["scopes"], expires_on=last_day)
