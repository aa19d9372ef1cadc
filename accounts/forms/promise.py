"""Write a promise down, change it, say how it ended."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import PromiseState
from accounts.forms.touchpoint import DayInput, capped
from accounts.models import Contact, Promise
from people.models import User

SETTLED = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RELEASED)


class PromiseForm(forms.Form):
    promise_by = forms.ChoiceField(
        label=_("Whose"), widget=forms.RadioSelect,
        choices=[("ours", pgettext_lazy("promise", "We promised")),
                 ("theirs", pgettext_lazy("promise", "They promised"))],
    )  # fmt: skip
    text = forms.CharField(label=_("What"), max_length=400)
    contact = forms.TypedChoiceField(
        label=_("Of theirs"), coerce=int, empty_value=None, required=False
    )
    colleague = forms.TypedChoiceField(label=_("Of ours"), coerce=int)
    due = forms.DateField(label=_("Due"), required=False, widget=DayInput)
    made_on = forms.DateField(label=_("Promised on"), widget=DayInput)
    heard_by = forms.CharField(label=_("Heard by"), max_length=200, required=False)

    def __init__(
        self, *args, people: Iterable[Contact], ours: Iterable[User],
        promise: Promise | None = None, **kwargs,
    ):  # fmt: skip
        self.ours = {user.pk: user for user in ours}
        super().__init__(*args, initial=self.values(promise), **kwargs)
        self.fields["contact"].choices = [("", "—"), *((row.pk, row.name) for row in people)]
        self.fields["colleague"].choices = [(pk, str(user)) for pk, user in self.ours.items()]

    def values(self, promise: Promise | None) -> dict:
        if promise is None:
            first = next(iter(self.ours), None)
            return {"promise_by": "ours", "made_on": timezone.localdate(), "colleague": first}
        return {
            "promise_by": "ours" if promise.is_ours else "theirs", "text": promise.text,
            "contact": promise.contact_id, "colleague": promise.colleague_id, "due": promise.due,
            "made_on": promise.made_on, "heard_by": promise.heard_by,
        }  # fmt: skip

    def said(self) -> dict:
        """Arguments of the commands."""
        given = self.cleaned_data
        return {
            "is_ours": given["promise_by"] == "ours", "text": given["text"],
            "contact_id": given["contact"], "colleague": self.ours[given["colleague"]],
            "due": given["due"], "made_on": given["made_on"], "heard_by": given["heard_by"],
        }  # fmt: skip


class SettleForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How it ended"), choices=capped((s, s.label) for s in SETTLED)
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
