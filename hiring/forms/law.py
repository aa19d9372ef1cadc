from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User


class LooksForm(forms.Form):
    """Whose looks, and on which days; every field may be left out."""

    by = forms.ModelChoiceField(
        User.objects.none(), required=False, label=_("Colleague"), empty_label=_("Everybody")
    )
    first = forms.DateField(required=False, label=_("From"))
    last = forms.DateField(required=False, label=_("Until"))

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = User.objects.visible_to(reader).order_by("name")


class HoldForm(forms.Form):
    reason = forms.CharField(max_length=400, label=_("Why the data has to be kept"))
    until = forms.DateField(required=False, label=_("Until"))
