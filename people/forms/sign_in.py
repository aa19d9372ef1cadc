"""allauth's forms in our words: one password field, labels instead of placeholders."""

from allauth.account.forms import (
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa import app_settings as factors
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.jobs import enqueue
from people.models import User


def _word(field: forms.Field, label: str, **attrs: str) -> None:
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(
            self.fields["login"],
            _("E-mail address"),
            autocomplete="username webauthn",
            autofocus="",
        )
        _word(self.fields["password"], _("Password"))


class SignInAgainForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], _("Password"), autofocus="")


class ForgottenPasswordForm(ResetPasswordForm):
    """Known or not, an address costs one job; only the job finds out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("E-mail address"), autocomplete="username", autofocus="")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def save(self, request, **kwargs) -> str:
        email = self.cleaned_data["email"]
        user = User.objects.active().filter(email=email).first()
        enqueue("people.jobs.mail_password_reset", user_id=user.pk if user else 0)
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(self.fields["password1"], _("New password"), autofocus="")
        self.fields["password1"].help_text = password_help()


def password_help() -> str:
    return gettext("At least 12 characters. Several words are easiest to remember.")


class _Code:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(
            self.fields["code"],
            _("Code"),
            inputmode="numeric",
            maxlength="20",
            autofocus="",
        )


class _CodeOnce(_Code):
    """allauth keeps a used code in mind for one step; with its tolerance it is good for three."""

    def clean_code(self) -> str:
        code = super().clean_code()
        app = self.authenticator.wrap()
        if isinstance(app, TOTP):
            steps = 1 + 2 * factors.TOTP_TOLERANCE
            cache.set(app._get_used_cache_key(code), "y", steps * factors.TOTP_PERIOD)
        return code


class CodeForm(_CodeOnce, AuthenticateForm):
    pass


class CodeAgainForm(_CodeOnce, FactorAgainForm):
    pass


class AuthenticatorAppForm(_Code, ActivateTOTPForm):
    pass


class PasskeyForm(AddWebAuthnForm):
    """Always a passkey that signs in by itself: one thing to understand."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], pgettext_lazy("thing", "Name"), maxlength="60")
        self.fields["name"].help_text = _("So that you tell it from others: “Work laptop”.")

    def clean_name(self) -> str:
        return super().clean_name()[:60]


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=60)
