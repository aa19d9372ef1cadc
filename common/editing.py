"""A form that somebody else may save first: what it showed travels along, sealed."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

SALT = "edit"


def sealed(values: dict) -> str:
    """What a form showed, signed, to be sent along and compared when it is saved."""
    return signing.dumps({name: plain(value) for name, value in values.items()}, salt=SALT)


def opened(text: str) -> dict:
    """The values of `sealed`; empty when the text was tampered with."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}


def plain(value):
    """A form value as JSON."""
    if isinstance(value, list | tuple):
        return sorted(str(item) for item in value)
    if isinstance(value, bool):
        return value
    return "" if value is None else str(getattr(value, "pk", value))


def settled(values: dict) -> dict:
    """Plain values as a form's initial ones."""
    return {
        name: value if not isinstance(value, str) or value else None
        for name, value in values.items()
    }


def words(form: forms.Form, name: str, value) -> str:
    """A plain value as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    field = form.fields[name]
    if hasattr(field, "queryset"):
        row = field.queryset.filter(pk=value).first() if value else None
        return str(row or "")
    choices = dict(getattr(field, "choices", ()) or ())
    return str(choices.get(value, value) or "")
