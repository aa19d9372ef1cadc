from django import forms
from django.utils.translation import gettext_lazy as _

from common.i18n import currencies


class CurrencyForm(forms.Form):
    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = currencies()
