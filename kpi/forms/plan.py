"""What a plan is begun with, adopted with, and the cells of its table."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.formats import language, locale_of
from common.ids import row_id
from common.reading.errors import REASONS, Rejected
from common.reading.values import Numbers, as_decimal
from kpi.forms.pins import day_field
from kpi.queries.plans.cells import Key
from kpi.rules.plan import MONTHS


class BeginForm(forms.Form):
    """How a draft begins."""

    year = forms.IntegerField(min_value=2000, max_value=2100)
    source = forms.ChoiceField(
        choices=[
            ("last_year", gettext_lazy("from last year")),
            ("copy", gettext_lazy("from the plan in force")),
            ("empty", gettext_lazy("empty")),
        ]
    )
    percent = forms.DecimalField(
        label=gettext_lazy("Growth, per cent"), required=False, max_digits=5, decimal_places=2
    )


class AdoptForm(forms.Form):
    start = day_field(gettext_lazy("In force from"))
    note = forms.CharField(
        label=gettext_lazy("What changes, and why"), max_length=300, required=False
    )


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))


def read_cells(
    sent: Mapping[str, str], measure: str
) -> tuple[dict[Key, Decimal | None], dict[Key, Decimal | None]]:
    """What the page showed and what is wanted, of the cells that differ; RuleBroken for a text
    that is no number."""
    numbers = Numbers(decimal=locale_of(language()).number_symbols["latn"]["decimal"])
    seen: dict[Key, Decimal | None] = {}
    wanted: dict[Key, Decimal | None] = {}
    for name in (name for name in sent if name.startswith("cell-")):
        key = _key(name, measure)
        was, value = _plain(sent.get(f"seen-{name[5:]}", "")), _number(numbers, sent[name])
        if value != was:
            seen[key], wanted[key] = was, value
    return seen, wanted


def _key(name: str, measure: str) -> Key:
    _cell, _mark, place = name.partition("-")
    user, _mark, month = place.partition("-")
    who, number = row_id(user), row_id(month)
    if who is None or number is None or not 1 <= number <= MONTHS:
        raise RuleBroken(_("There is no such cell in a plan. Reload the page."))
    return who, measure, number


def _number(numbers: Numbers, text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return as_decimal(numbers[text.strip()[:60]])
    except Rejected as rejected:
        raise RuleBroken(
            _("“%(text)s” was not saved. %(reason)s")
            % {"text": text.strip()[:40], "reason": REASONS[rejected.code]}
        ) from rejected


def _plain(text: str) -> Decimal | None:
    try:
        value = Decimal(text[:40]) if text else None
    except InvalidOperation:
        return None
    return value if value is None or value.is_finite() else None


def suggested_start(today: dt.date, year: int) -> dt.date:
    """Today within the year, else the year's first day."""
    return max(today, dt.date(year, 1, 1))
