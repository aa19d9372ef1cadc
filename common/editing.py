"""A form that somebody else may save first: what it showed travels along, sealed."""

from collections.abc import Callable

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.conflict import differing, three_way
from common.errors import RuleBroken
from common.ids import row_id

SALT = "edit"


class Conflict(RuleBroken):
    """Somebody saved the row first."""


def sealed(values: dict) -> str:
    """What a form showed, signed, to be sent along and compared when it is saved."""
    return signing.dumps({name: plain(value) for name, value in values.items()}, salt=SALT)


def opened(text: str) -> dict:
    """The values of `sealed`; empty when the text was tampered with."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}


def check_seen(seen: dict | None, now: dict) -> None:
    """Raises Conflict when the row does not hold any more what the form showed.

    `seen` is what `opened` gave, None where no form was; `now` the row's values by the same names.
    """
    if seen is not None and seen != {name: plain(value) for name, value in now.items()}:
        raise Conflict(_("Somebody else has saved this since you opened it."))


def plain(value):
    """A form value as JSON."""
    if isinstance(value, list | tuple):
        return sorted(str(item) for item in value)
    if isinstance(value, bool):
        return value
    return "" if value is None else str(getattr(value, "pk", value))


def travelling(request: HttpRequest, *, version: int, values: dict) -> dict:
    """`version` and `seen` of the page: as they were sent, else of what stands now."""
    if request.method != "POST":
        return {"version": version, "seen": sealed(values)}
    sent = request.POST
    return {"version": row_id(sent.get("version")) or 0, "seen": sent.get("seen", "")}


def both_versions(sent: forms.Form, make: Callable[..., forms.Form], *, seen: str) -> dict:
    """Somebody saved before this form: `rows` shows field by field what stood there, what the
    other made of it, what this person wants; `form` holds what can be settled by itself.

    `make(initial=...)` gives the form of what stands now, which has `values()`.
    """
    current = make()
    stands = current.values()
    theirs = {name: plain(stands.get(name)) for name in sent.fields}
    mine = {name: plain(sent.cleaned_data[name]) for name in sent.fields}
    meetings = three_way(sent.fields, before=opened(seen), theirs=theirs, mine=mine)
    rows = [
        {
            "name": one.name, "label": sent.fields[one.name].label, "is_both": one.is_both,
            "lang": sent.fields[one.name].widget.attrs.get("lang", ""),
            "before": words(current, one.name, one.before),
            "theirs": words(current, one.name, one.theirs),
            "mine": words(current, one.name, one.mine),
        }
        for one in differing(meetings)
    ]  # fmt: skip
    settled = {
        one.name: (sent.cleaned_data if one.proposal == one.mine else stands).get(one.name)
        for one in meetings
    }
    return {"form": make(initial=settled), "rows": rows, "seen": sealed(stands)}


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
