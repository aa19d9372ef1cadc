"""All figures for work in the field in one form; it carries what it showed, signed (G03)."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from accounts.queries.field import Figures, fact_name, tier_name
from accounts.rules import field as rule

SALT = "accounts.field"


def name_of(figure: rule.Figure) -> str:
    return "-".join(part for part in figure if part)


def sealed(figures: Figures) -> str:
    return signing.dumps([[*figure, value] for figure, value in figures.items()], salt=SALT)


def opened(text: str) -> Figures:
    """The figures of `sealed`; none when the text was tampered with."""
    try:
        return {(a, b, c): value for a, b, c, value in signing.loads(text, salt=SALT)}
    except signing.BadSignature:
        return {}


class FieldForm(forms.Form):
    def __init__(self, *args, figures: Figures, **kwargs):
        super().__init__(*args, **kwargs)
        self.figures = figures
        for figure, value in figures.items():
            most = {"late_after_hours": rule.MOST_HOURS, "bow_tie_target": 100}
            self.fields[name_of(figure)] = forms.IntegerField(
                label=self.label_of(figure), initial=value, min_value=rule.LEAST,
                max_value=most.get(figure[0], rule.MOST), required=figure[0] != "cadence_days",
                widget=forms.NumberInput(
                    attrs={"class": "form-control", "inputmode": "numeric",
                           "aria-label": self.label_of(figure)}
                ),
            )  # fmt: skip

    def label_of(self, figure: rule.Figure) -> str:
        """Rows and columns name a field for the eye; this names it for the ear."""
        table, fact, tier = figure
        words = {"tier": tier_name(tier) if tier else "", "fact": fact_name(fact) if fact else ""}
        return {
            "cadence_days": _("Rhythm in days, tier %(tier)s"),
            "half_life_days": _("Half life in days, tier %(tier)s"),
            "shelf_days": _("Shelf life of “%(fact)s” in days, tier %(tier)s"),
            "late_after_hours": _("Told late after, hours"),
            "bow_tie_target": _("Most that may run through one manager, percent"),
        }[table] % words

    def values(self) -> Figures:
        return {figure: self.cleaned_data[name_of(figure)] for figure in self.figures}

    def usable(self) -> Figures:
        """What can be read of a form in the making: what is wrong counts as it was."""
        self.is_valid()
        found = dict(self.figures)
        for figure in found:
            if name_of(figure) in self.cleaned_data:
                found[figure] = self.cleaned_data[name_of(figure)]
        return found

    def row(self, table: str, fact: str = "") -> dict:
        cells = [self[name_of((table, fact, tier))] for tier in rule.TIERS]
        return {"name": fact_name(fact) if fact else "", "cells": cells}

    @property
    def cadence(self) -> dict:
        return self.row("cadence_days")

    @property
    def half_life(self) -> dict:
        return self.row("half_life_days")

    @property
    def shelves(self) -> list[dict]:
        return [self.row("shelf_days", fact) for fact in rule.default_shelf_life()]

    @property
    def singles(self) -> list:
        return [self["late_after_hours"], self["bow_tie_target"]]
