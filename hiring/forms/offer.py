"""The terms of an offer."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.i18n import currencies
from hiring.forms.call import MOMENT, MomentInput
from hiring.models import Offer
from hiring.rules.offer import TERMS


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-control"})


class OfferForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    currency = forms.ChoiceField(label=_("Currency"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Offer
        fields = TERMS
        widgets = {
            "starts_on": DayInput(),
            "expires_at": MomentInput(),
            "commission": forms.Textarea(attrs={"rows": 4}),
            "conditions": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = currencies()
        self.fields["expires_at"].input_formats = [MOMENT]

    def terms(self) -> dict:
        return {name: self.cleaned_data[name] for name in TERMS}
