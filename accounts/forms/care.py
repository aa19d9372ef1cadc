"""All figures for care of key accounts in one form."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CareSettings
from accounts.queries.care import flat
from accounts.rules import care as rule
from people.choices import Grade


def _label(name: str) -> str:
    label = str(CareSettings._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _tier(tier: str) -> str:
    return _("no tier") if tier == "N" else tier


class CareForm(forms.Form):
    pulse_days = forms.CharField(
        required=False, max_length=40,
        help_text=gettext_lazy("Days after the handover between commas, at most four; empty: not"
                               " asked."),
    )  # fmt: skip

    def __init__(self, *args, now: CareSettings, **kwargs):
        self.now = now
        super().__init__(*args, initial=kwargs.pop("initial", None) or self.values(), **kwargs)
        for name, (least, most) in rule.RANGES.items():
            self.fields[name] = forms.IntegerField(
                label=_label(name), min_value=least, max_value=most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.fields["key_grade"] = forms.TypedChoiceField(
            label=_label("key_grade"), choices=Grade.choices, coerce=int
        )
        self.fields["pulse_days"].label = _label("pulse_days")
        for name in rule.HOURS:
            for tier in rule.TIERS:
                self.fields[f"{name}_{tier}"] = forms.FloatField(
                    label=_("%(what)s: %(tier)s") % {"what": _label(name), "tier": _tier(tier)},
                    min_value=0, max_value=rule.MOST_HOURS,
                    widget=forms.NumberInput(
                        attrs={"inputmode": "decimal", "step": "any", "class": "form-control",
                               "aria-label": _("%(what)s: %(tier)s")
                               % {"what": _label(name), "tier": _tier(tier)}}
                    ),
                )  # fmt: skip

    def values(self) -> dict:
        """What stands now, as the form's fields hold it."""
        return flat(self.now)

    def figures(self) -> dict:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        found = {name: data[name] for name in rule.RANGES} | {"pulse_days": data["pulse_days"]}
        for name in rule.HOURS:
            found[name] = {tier: data[f"{name}_{tier}"] for tier in rule.TIERS}
        return found

    def clean_pulse_days(self) -> list[int]:
        parts = self.cleaned_data["pulse_days"].replace(";", ",").split(",")
        try:
            return sorted({int(part) for part in parts if part.strip()})
        except ValueError as error:
            raise forms.ValidationError(_("Write whole days, such as 30, 90.")) from error

    def clean(self) -> dict:
        data = super().clean()
        for name in data.keys() & {f"{name}_{tier}" for name in rule.HOURS for tier in rule.TIERS}:
            data[name] = rule.tidy(data[name])
        if "watch_days" in data and "undo_days" in data and data["undo_days"] > data["watch_days"]:
            self.add_error("undo_days", _("Not longer than the watch."))
        days, watch = data.get("pulse_days"), data.get("watch_days")
        if days and watch and not rule.are_days(days, most=watch):
            self.add_error("pulse_days", _("At most four days, within the watch."))
        return data

    def rows(self) -> list[dict]:
        """The two tables of hours: a label and the four cells."""
        return [
            {"label": _label(name), "cells": [self[f"{name}_{tier}"] for tier in rule.TIERS]}
            for name in rule.HOURS
        ]
