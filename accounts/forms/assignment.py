"""Who answers from when; one account or many."""

import datetime as dt
from collections.abc import Collection

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import AssignmentRole
from accounts.queries.gate_choice import gate_choices
from people.models import User, company_day, company_midnight

DateInput = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


def _day(value: object) -> dt.date | None:
    """Of a field as it was sent or begun; None when it is no day."""
    try:
        return forms.DateField(required=False).clean(value)
    except forms.ValidationError:
        return None


class PeopleSelect(forms.Select):
    """Those whom a rule stops stand in it too, shut, each with the reason."""

    closed: dict[str, str] = {}

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if why := self.closed.get(str(value)):
            option["attrs"]["disabled"] = True
            option["label"] = f"{label} ({why})"
        return option


class AssignForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), widget=PeopleSelect)
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

    def __init__(
        self, *args, reader: User, accounts: Collection[int], many: bool = False, **kwargs
    ):
        allowed = AssignmentRole.choices
        if not reader.is_director:
            own = (AssignmentRole.DEPUTY, AssignmentRole.ASSISTANT, AssignmentRole.TEAM)
            allowed = [pair for pair in allowed if pair[0] in own]
        initial = {"start": company_day(), "role": allowed[0][0]}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["user"].queryset = User.objects.active().order_by("name", "pk")
        self.fields["role"].choices = [(role, capfirst(label)) for role, label in allowed]
        self._offer(accounts)
        if many:
            del self.fields["to"]

    def _offer(self, accounts: Collection[int]) -> None:
        """Who may, for the role and the day as far as they are chosen; the gate asks again."""
        role = self["role"].value()
        role = role if role in dict(self.fields["role"].choices) else AssignmentRole.TEAM
        today = company_day()
        day = max(_day(self["start"].value()) or today, today)
        at = max(timezone.now(), company_midnight(day))
        found = gate_choices(accounts, role=role, day=day, at=at)
        field = self.fields["user"]
        field.widget.choices = [("", field.empty_label), *((c.user.pk, c.user) for c in found.rows)]
        field.widget.closed = found.closed
        field.help_text = found.who_can


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
