from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import queries
from people.choices import Grade, Role
from people.forms.company import role_choices
from people.models import Employment, Team, User, company_day

MOST_INVITED = 50
LONGEST_EMAIL = 254


class PeopleFilter(forms.Form):
    """What /settings/people/ narrows by; a wrong value is no filter."""

    q = forms.CharField(required=False, max_length=100)
    role = forms.ChoiceField(required=False)
    team = forms.ModelChoiceField(Team.objects.none(), required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[("active", _("May sign in")), ("closed", _("Closed")), ("all", _("Everybody"))],
    )

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Any role")), *role_choices()]
        self.fields["team"].queryset = Team.objects.visible_to(reader)
        self.fields["team"].empty_label = _("Any team")


class InviteForm(forms.Form):
    people = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "One a line, with the name in front if you like: Anna Lindqvist anna@example.com"
        ),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("No team")
    )

    def __init__(self, *args, actor: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices(queries.grantable_roles(actor))
        self.fields["team"].queryset = Team.objects.visible_to(actor)

    def clean_people(self) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            words = line.strip(" \t,;").split()
            if not words:
                continue
            *name, email = words
            email = email.strip("<>")
            try:
                validate_email(email)
                MaxLengthValidator(LONGEST_EMAIL)(email)
            except ValidationError as error:
                raise ValidationError(
                    _("Line %(number)d is not an e-mail address."), params={"number": number}
                ) from error
            found[email.lower()] = " ".join(name).strip("\"',; ")[:120]
        if not found:
            raise ValidationError(self.fields["people"].error_messages["required"])
        if len(found) > MOST_INVITED:
            raise ValidationError(
                _("Invite at most %(most)d people at once."), params={"most": MOST_INVITED}
            )
        return list(found.items())


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "title"]
        labels = {"name": _("Name"), "title": _("Job title")}


class RolesForm(forms.Form):
    """Roles the reader may not give or take stay as they are."""

    roles = forms.MultipleChoiceField(label="", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, actor: User, person: User, **kwargs):
        super().__init__(*args, initial={"roles": list(person.roles)}, **kwargs)
        allowed = queries.grantable_roles(actor)
        self.kept = {role for role in person.roles if role not in allowed}
        self.fields["roles"].choices = role_choices(allowed)

    def clean_roles(self) -> set[str]:
        return set(self.cleaned_data["roles"]) | self.kept


class TeamForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name", "lead"]
        labels = {"name": pgettext_lazy("thing", "Name"), "lead": _("Lead")}

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        leads = User.objects.visible_to(reader).active()
        leads = leads.filter(role_grants__role__in=[Role.KAM, Role.DIRECTOR]).distinct()
        self.fields["lead"].queryset = leads
        self.fields["lead"].empty_label = _("Nobody yet")

    def validate_unique(self):
        """The command says it better, whatever the case of the letters."""


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(
            initial=company_day,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **kwargs,
        )


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), empty_label=_("Choose"))
    day = DayField(label=_("From"))

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.visible_to(reader).active()


class EmploymentForm(forms.Form):
    """Grade and probation from a day on."""

    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    on_probation = forms.BooleanField(label=_("On probation"), required=False)
    day = DayField(label=_("From"))
    reason = forms.CharField(
        label=_("Rests on"), max_length=300,
        help_text=_("A contract, a review, a passed probation."),
    )  # fmt: skip

    def __init__(self, *args, now: Employment | None = None, **kwargs):
        initial = {"grade": now and now.grade, "on_probation": bool(now and now.on_probation)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["grade"].choices = [("", _("Not graded")), *Grade.choices]


class DayForm(forms.Form):
    day = DayField(label=_("Until"))


class AttachmentForm(forms.Form):
    assistant = forms.ModelChoiceField(
        User.objects.none(), label=_("Assistant"), empty_label=_("Choose")
    )
    manager = forms.ModelChoiceField(
        User.objects.none(), label=_("Key account manager"), empty_label=_("Choose")
    )
    day = DayField(label=_("From"))

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(reader).active()
        self.fields["assistant"].queryset = people.holding(Role.ASSISTANT)
        self.fields["manager"].queryset = people.holding(Role.KAM)


class RecordFilter(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), required=False, empty_label=_("Anybody"))
    kind = forms.ChoiceField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, reader: User, kinds: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.visible_to(reader)
        self.fields["kind"].choices = [("", _("Anything")), *kinds]
