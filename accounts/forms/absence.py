"""A time away, and who stands in for each account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.assignment import PeopleSelect
from accounts.forms.touchpoint import DayInput, capped
from accounts.queries.absences import possible_people
from people.choices import AbsenceKind
from people.models import Absence, User, company_day


class AbsenceForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Why"), choices=capped((k, k.label) for k in AbsenceKind), widget=forms.RadioSelect
    )
    start = forms.DateField(label=_("First day away"), widget=DayInput)
    to = forms.DateField(label=_("First day back"), widget=DayInput)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False,
        help_text=_("Only you, your lead and directors read why you are away."),
    )  # fmt: skip

    def __init__(self, *args, reader: User, absence: Absence | None = None, **kwargs):
        initial = self.values(absence, reader) | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        people = possible_people(reader)
        if absence is not None or people.count() < 2:
            del self.fields["user"]
        else:
            self.fields["user"].queryset = people

    @staticmethod
    def values(absence: Absence | None, reader: User) -> dict:
        if absence is None:
            return {"user": reader.pk, "kind": AbsenceKind.HOLIDAY, "start": company_day()}
        return {
            "kind": absence.kind, "start": absence.valid_from, "to": absence.valid_to,
            "note": absence.note,
        }  # fmt: skip


class CoverForm(forms.Form):
    """A select for each account of a plan (`queries.cover.Plan`), the best choice first."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.choices]
        for line in self.lines:
            closed = {
                str(one.user.pk): str(_("may not at a key account"))
                for one in line.choices
                if not one.may
            }
            widget = type("CoverSelect", (PeopleSelect,), {"closed": closed})
            options = [(one.user.pk, self._words(one)) for one in line.choices]
            field = forms.TypedChoiceField(
                choices=[("", _("Nobody")), *options], coerce=int, empty_value=None,
                required=False, initial=line.chosen, widget=widget,
                label=_("Who stands in at %(account)s") % {"account": line.account.name},
            )  # fmt: skip
            self.fields[self.name_of(line)] = field

    @staticmethod
    def name_of(line) -> str:
        return f"account_{line.account.pk}"

    @staticmethod
    def _words(one) -> str:
        if one.candidate.days_away:
            return _("%(name)s, away too") % {"name": one.user}
        if one.candidate.is_deputy:
            return _("%(name)s, deputy") % {"name": one.user}
        return str(one.user)

    def chosen(self) -> dict[int, int | None]:
        """Account → person, for those that were sent along."""
        return {
            line.account.pk: self.cleaned_data[self.name_of(line)]
            for line in self.lines
            if self.name_of(line) in self.data
        }
