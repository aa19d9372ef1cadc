from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.choices import SheetKind
from hiring.queries.colleagues import possible_raters
from hiring.queries.sheets import Card
from people.models import User

ROUNDS = [
    (kind.value, kind.label)
    for kind in SheetKind
    if kind not in (SheetKind.SESSION, SheetKind.TASK)
]


class SheetForm(forms.Form):
    """A mark from 1 to 5 for each competency of the sheet, or none; and a remark."""

    remark = forms.CharField(
        label=_("Remark"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, card: Card, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(mark), str(mark)) for mark in range(1, 6))]
        for item in card.items:
            name = f"mark-{item.weight.competency_id}"
            self.fields[name] = forms.ChoiceField(choices=choices, required=False)

    def marks(self) -> dict[int, int | None]:
        """By competency; None where nothing was chosen."""
        return {
            int(name.removeprefix("mark-")): int(value) if value else None
            for name, value in self.cleaned_data.items()
            if name.startswith("mark-")
        }


class AskForm(forms.Form):
    rater = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))
    kind = forms.ChoiceField(label=_("Round"), choices=ROUNDS, initial=SheetKind.INTERVIEW)
    held_at = forms.DateTimeField(
        label=_("When it takes place"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("They see the person from seven days before to fourteen days after."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rater"].queryset = possible_raters()
