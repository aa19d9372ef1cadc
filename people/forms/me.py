from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.i18n import time_zones
from people.forms.sign_in import password_help
from people.models import User


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    digest_hour = forms.TypedChoiceField(
        label=_("At what hour"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )

    class Meta:
        model = User
        fields = [
            "name",
            "title",
            "language",
            "time_zone",
            "density",
            "scheme",
            "digest",
            "digest_hour",
        ]
        labels = {
            "name": _("Name"),
            "title": _("Job title"),
            "density": _("Rows in tables"),
            "scheme": _("Colours"),
            "digest": _("News by mail"),
        }

    def __init__(self, *args, company, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("density", "scheme", "digest"):
            field = self.fields[name]
            field.choices = [(code, capfirst(str(label))) for code, label in field.choices]
        self.fields["language"].choices = [("", _("As the browser")), *settings.LANGUAGES]
        same = _("As the company: %(zone)s") % {"zone": company.time_zone}
        self.fields["time_zone"].choices = [("", same), *time_zones()]


class PasswordForm(forms.Form):
    """The current password is asked of those who have one (people of the demo have none)."""

    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_help()
        if not user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("This is not your current password."))
        return self.cleaned_data["current"]

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("New e-mail address"), max_length=254)


class JoinForm(forms.Form):
    """What an invited person adds to the invitation."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = password_help()

    def clean_password(self) -> str:
        user = User(email=self.email, name=self.data.get("name", ""))
        validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]
