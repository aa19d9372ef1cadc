"""Who answers from when; one account or many."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import AssignmentRole
from people.models import User, company_day

DateInput = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class AssignForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    start = forms.DateField(label=_("From"), widget=DateInput)
    to = forms.DateField(
        label=_("Until"), widget=DateInput, required=False, help_text=_("First day without.")
    )
    function = forms.CharField(
        label=_("Function"), max_length=60, required=False,
        help_text=_("In the account team: logistics, finance, service…"),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    field_order = ["role", "user", "function"]

    def __init__(self, *args, reader: User, many: bool = False, **kwargs):
        initial = {"start": company_day(), "role": AssignmentRole.OWNER}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["user"].queryset = User.objects.active().order_by("name", "pk")
        allowed = AssignmentRole.choices
        if not reader.is_director:
            own = (AssignmentRole.DEPUTY, AssignmentRole.ASSISTANT, AssignmentRole.TEAM)
            allowed = [pair for pair in allowed if pair[0] in own]
        self.fields["role"].choices = [(role, capfirst(label)) for role, label in allowed]
        if many:
            del self.fields["to"]


class EndForm(forms.Form):
    day = forms.DateField(label=_("First day without"), widget=DateInput)


class OnDayForm(forms.Form):
    day = forms.DateField(
        label=_("On"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )


class NumberForm(forms.Form):
    source = forms.CharField(label=_("Source"), max_length=60)
    value = forms.CharField(label=_("Number"), max_length=120)


class LogoForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/heic"}
        ),
        help_text=_("PNG, JPEG, WebP or GIF, up to 5 MB."),
    )


class TagForm(forms.Form):
    add = forms.CharField(label=_("Add tags"), max_length=400, required=False)
    remove = forms.CharField(label=_("Take tags away"), max_length=400, required=False)

    def names(self, field: str) -> list[str]:
        return [name.strip() for name in self.cleaned_data[field].split(",") if name.strip()]
