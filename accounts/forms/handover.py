"""Plan a handover; say what becomes of a promise or a task; a reason; a question of the list."""

import datetime as dt
from collections.abc import Collection, Sequence

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import ASKED_KINDS, HandoverCause, HandoverItemKind, Tier
from accounts.forms.assignment import DateInput, PeopleSelect
from accounts.forms.reference import NamedForm
from accounts.models import CareSettings
from accounts.queries.takers import Taker
from accounts.rules.handover import MOST_JOINT, QUESTION_LONGEST
from people.models import User, company_day

USUALLY = 14  # days from planning to the signature, until somebody says another day


class PlanForm(forms.Form):
    to_user = forms.ModelChoiceField(
        User.objects.none(), label=_("New manager"), widget=PeopleSelect, empty_label="—",
        help_text=_("Whom it suits best stands first."),
    )  # fmt: skip
    planned_for = forms.DateField(
        label=_("Changes hands on"), widget=DateInput,
        help_text=_("The day aimed at; the account changes hands when the new manager signs."),
    )  # fmt: skip
    cause = forms.ChoiceField(label=_("Why"))
    joint_meetings = forms.IntegerField(
        label=_("Joint meetings"), min_value=0, max_value=MOST_JOINT,
        help_text=_("With both managers, besides the introductions."),
    )  # fmt: skip
    former_stays = forms.BooleanField(
        label=_("The former manager stands in until the watch ends"), required=False, initial=True
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )  # fmt: skip

    def __init__(self, *args, takers: Sequence[Taker], **kwargs):
        settings = CareSettings.current()
        aimed = company_day() + dt.timedelta(days=USUALLY)
        initial = {"planned_for": aimed, "joint_meetings": settings.joint_meetings}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        field = self.fields["to_user"]
        field.queryset = User.objects.filter(pk__in=[one.user.pk for one in takers])
        field.widget.choices = [("", "—"), *((one.user.pk, str(one.user)) for one in takers)]
        field.widget.closed = {str(one.user.pk): one.refusal for one in takers if one.refusal}
        self.fields["cause"].choices = [(c.value, capfirst(c.label)) for c in HandoverCause]


class WhyForm(forms.Form):
    """One sentence of reason."""

    reason = forms.CharField(
        label=_("Why"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )  # fmt: skip

    def __init__(self, *args, is_needed: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_needed


class PassForm(forms.Form):
    """What becomes of one promise or task: `outcomes` are its ends, besides being passed to."""

    choice = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    taker = forms.ModelChoiceField(
        User.objects.none(), label=_("To"), required=False, empty_label="—",
        help_text=_("Only when it is passed to somebody else."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args, takers, outcomes: Collection[tuple[str, str]], new: User, **kwargs):
        super().__init__(*args, **kwargs)
        on = (_("%(name)s takes it over") % {"name": new},)
        self.fields["choice"].choices = [
            ("on", on[0]), ("to", _("Passed to somebody else")),
            *((value, capfirst(label)) for value, label in outcomes),
        ]  # fmt: skip
        self.fields["taker"].queryset = takers

    def clean(self) -> dict:
        data = super().clean()
        if data.get("choice") == "to" and not data.get("taker"):
            self.add_error("taker", _("Say to whom."))
        return data


class QuestionForm(NamedForm):
    kind = forms.ChoiceField(label=_("Kind"))
    tiers = forms.MultipleChoiceField(
        label=_("Asked for accounts of these tiers"),
        choices=[(tier.value, tier.label) for tier in Tier],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            HandoverItemKind.QUESTION: _("question, answered in words"),
            HandoverItemKind.CHECK: _("check, ticked"),
            HandoverItemKind.LETTER: _("check of the letter to the customer"),
        }
        self.fields["kind"].choices = [(kind.value, labels[kind]) for kind in ASKED_KINDS]
        for name, field in self.fields.items():
            if name.startswith("name_"):
                field.max_length = QUESTION_LONGEST
                field.validators = []
                field.widget = forms.Textarea(
                    attrs={"rows": 2, "maxlength": QUESTION_LONGEST, "class": "form-control"}
                )
