"""Input shapes of the import pages."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from babel.numbers import list_currencies
from django import forms
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import LedgerField
from common.reading.encodings import OFFERED
from common.reading.errors import FileUnusable
from common.reading.expressions import parse_condition
from common.reading.layout import Layout

REQUIRED = (LedgerField.CUSTOMER, LedgerField.DATE, LedgerField.AMOUNT)
PRODUCT = "*"  # stands for quantity times unit price


class UploadForm(forms.Form):
    source = forms.CharField(
        label=_("Source"),
        max_length=60,
        help_text=_("The system the file comes from. Columns are remembered for it."),
    )
    file = forms.FileField(label=_("File"))


class LayoutForm(forms.Form):
    """How the file is written; each part as detected, each changeable."""

    header = forms.ChoiceField(
        label=_("First row"),
        choices=[("yes", _("names of the columns")), ("no", _("data"))],
    )
    decimal = forms.ChoiceField(
        label=_("Decimal mark"), choices=[(".", _("point: 1,234.56")), (",", _("comma: 1.234,56"))]
    )

    def __init__(self, *args, layout: Layout, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {
            "encoding": layout.encoding,
            "delimiter": layout.delimiter,
            "decimal": layout.decimal,
            "header": "yes" if layout.header else "no",
            "sheet": layout.sheet,
        }
        if layout.typed:
            sheets = [(name, name) for name in layout.sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=sheets)
        else:
            names = dict.fromkeys([layout.encoding, *OFFERED])
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Encoding"), choices=[(name, name.upper()) for name in names]
            )
            marks = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
            marks.setdefault(layout.delimiter, layout.delimiter)
            # A tab would be trimmed on its way back, so marks travel by their number.
            choices = [(str(ord(mark)), name) for mark, name in marks.items()]
            self.fields["delimiter"] = forms.ChoiceField(label=_("Delimiter"), choices=choices)
            self.initial["delimiter"] = str(ord(layout.delimiter))

    def said(self) -> dict:
        values = dict(self.cleaned_data)
        values["header"] = values["header"] == "yes"
        if "delimiter" in values:
            values["delimiter"] = chr(int(values["delimiter"]))
        return values


class ColumnsForm(forms.Form):
    """Which column is which."""

    field_choices: type[TextChoices]
    required_fields: tuple[str, ...] = ()
    terms_shown: tuple[str, ...] = ()
    date_format = forms.ChoiceField(
        label=_("Order of a date"),
        required=False,
        choices=[
            ("", _("as found in the file")),
            ("dmy", _("day, month, year")),
            ("mdy", _("month, day, year")),
            ("ymd", _("year, month, day")),
            ("serial", _("days as a spreadsheet counts them")),
        ],
    )

    def __init__(self, *args, layout: Layout, **kwargs):
        super().__init__(*args, **kwargs)
        self.layout = layout
        for field in self.field_choices:
            self.fields[field.value] = forms.ChoiceField(
                label=capfirst(field.label), choices=self.columns_for(field.value),
                required=field in self.required_fields,
            )  # fmt: skip

    def columns_for(self, field: str) -> list[tuple[str, str]]:
        return [("", _("not in the file")), *((name, name) for name in self.layout.columns)]

    @property
    def columns(self) -> list:
        return [self[field.value] for field in self.field_choices]

    @property
    def terms(self) -> list:
        return [self[name] for name in self.terms_shown]

    def mapping(self) -> dict[str, str]:
        return {field.value: self.cleaned_data[field.value] for field in self.field_choices}

    def options(self) -> dict:
        return {"date_format": self.cleaned_data["date_format"]}


class MapForm(ColumnsForm):
    """Of a ledger. Conditions stand one to a line."""

    field_choices, required_fields = LedgerField, REQUIRED
    terms_shown = ("source", "default_currency", "date_format", "where", "replace_documents")
    source = forms.CharField(label=_("Source"), max_length=60)
    default_currency = forms.CharField(
        label=_("Currency of lines without one"), max_length=3, min_length=3
    )
    where = forms.CharField(
        label=_("Only rows where"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One condition a line: COLUMN=VALUE or COLUMN!=VALUE."),
    )
    replace_documents = forms.BooleanField(
        label=_("Remove lines that a document no longer has"),
        required=False,
        help_text=_("Otherwise they stay, and the report lists them."),
    )

    def columns_for(self, field: str) -> list[tuple[str, str]]:
        choices = super().columns_for(field)
        if field == LedgerField.AMOUNT:
            choices.insert(1, (PRODUCT, _("quantity times unit price")))
        return choices

    def clean_default_currency(self) -> str:
        return _known_currency(self.cleaned_data["default_currency"])

    def clean_where(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["where"].splitlines() if line.strip()]
        for line in lines:
            try:
                parse_condition(line, self.layout.columns)
            except FileUnusable as error:
                raise forms.ValidationError(str(error)) from error
        return lines

    def clean(self) -> dict:
        values = super().clean()
        if values.get(LedgerField.AMOUNT) == PRODUCT and not (
            values.get(LedgerField.QUANTITY) and values.get(LedgerField.UNIT_PRICE)
        ):
            self.add_error("amount", _("Choose the columns of quantity and unit price too."))
        return values

    def mapping(self) -> dict[str, str]:
        values = super().mapping()
        if values["amount"] == PRODUCT:
            values["amount"] = f"{values['quantity']}*{values['unit_price']}"
        return values

    def options(self) -> dict:
        options = {name: self.cleaned_data[name] for name in ("where", "replace_documents")}
        return super().options() | options | {"currency": self.cleaned_data["default_currency"]}


def map_initial(
    mapping: dict, options: dict, source: str, currency: str, columns: tuple[str, ...]
) -> dict:
    """What the form starts with, from what was guessed, remembered or said before."""
    start = dict(mapping)
    left, mark, right = start.get("amount", "").partition("*")
    if mark and left in columns and right in columns:
        start |= {"amount": PRODUCT, "quantity": left, "unit_price": right}
    return start | {
        "source": source,
        "default_currency": options.get("currency") or currency,
        "date_format": options.get("date_format", ""),
        "where": "\n".join(options.get("where", [])),
        "replace_documents": options.get("replace_documents", False),
    }


class RateForm(forms.Form):
    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    day = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rate = forms.DecimalField(
        label=_("Rate"), max_digits=20, decimal_places=10, min_value=Decimal("0.0000000001")
    )

    def clean_currency(self) -> str:
        return _known_currency(self.cleaned_data["currency"])


def _known_currency(text: str) -> str:
    if text.upper() not in list_currencies():
        raise forms.ValidationError(_("This is not a currency code such as EUR or USD."))
    return text.upper()


class RateFileForm(forms.Form):
    """Rates by the dozen: one `currency;day;rate` a line, pasted or from a file."""

    text = forms.CharField(
        label=_("Rates"),
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "USD;2026-01-31;0.9231"}),
        help_text=_("One a line: currency, day, rate, with tabs or semicolons between."),
    )

    def clean_text(self) -> list[tuple[str, dt.date, Decimal]]:
        rates = []
        for number, line in enumerate(self.cleaned_data["text"].splitlines(), 1):
            if line.strip():
                rates.append(_rate(number, line))
        return rates


def _rate(number: int, line: str) -> tuple[str, dt.date, Decimal]:
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    try:
        currency, day, rate = parts
        value = Decimal(rate.replace(",", "."))
        is_known = currency.upper() in list_currencies()
        if not value.is_finite() or not 0 < value < 10**9 or not is_known:
            raise ValueError
        return currency.upper(), dt.date.fromisoformat(day), value
    except (ValueError, InvalidOperation) as error:
        raise forms.ValidationError(
            _("Line %(number)d cannot be read: %(line)s")
            % {"number": number, "line": line.strip()[:60]}
        ) from error
