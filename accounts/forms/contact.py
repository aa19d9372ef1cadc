"""A person at a customer: one form for who they are, what they are there, how they are reached."""

import re
import uuid
from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.template import loader
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import PositionKind, ReachKind
from accounts.forms.account import TagsField
from accounts.forms.assignment import DateInput
from accounts.models import Account, Contact, ContactRole, Division, Position
from common.fields import LinesField
from common.ids import row_id

LABELLED = re.compile(r"^(?P<value>.*\S)\s*\((?P<label>[^()]{1,40})\)$")
MOST_LANGUAGES = 10
REACHES = {
    "phones": ReachKind.PHONE,
    "emails": ReachKind.EMAIL,
    "messengers": ReachKind.MESSENGER,
    "profiles": ReachKind.PROFILE,
    "addresses": ReachKind.ADDRESS,
}


class ContactForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=160,
        required=False,
        help_text=_("Empty when nobody knows it yet: the place stays open on the map."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    other_name = forms.CharField(label=_("Name in another script"), max_length=160, required=False)
    honorific = forms.CharField(
        label=_("How they are addressed"),
        max_length=40,
        required=False,
        help_text=_("As one says it: Herr Dr. Rautenberg."),
    )
    languages = TagsField(
        label=_("Languages"), max_length=200, required=False, help_text=_("Between commas.")
    )
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    role = forms.ModelChoiceField(
        ContactRole.objects.none(), label=_("Role"), required=False, empty_label="—"
    )
    kind = forms.ChoiceField(label=_("What ties them to the customer"), required=False)
    organisation = forms.CharField(
        label=_("Own organisation"),
        max_length=160,
        required=False,
        help_text=_("Of a consultant or opinion leader."),
    )
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Division"), required=False, empty_label="—"
    )
    phones = LinesField(
        label=_("Phones"), help_text=_("One a line; what it is for in brackets: (mobile).")
    )
    emails = LinesField(label=_("E-mail addresses"))
    messengers = LinesField(label=_("Messengers"))
    profiles = LinesField(label=_("Web pages"), help_text=_("They begin with https://."))
    addresses = LinesField(label=_("Postal addresses"))

    def __init__(
        self,
        *args,
        account: Account,
        contact: Contact | None = None,
        position: Position | None = None,
        **kwargs,
    ):
        self.contact, self.position = contact, position
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.values() | initial, **kwargs)
        self.fields["role"].queryset = ContactRole.objects.all()
        self.fields["division"].queryset = account.divisions.all()
        self.fields["kind"].choices = [
            (code, capfirst(name)) for code, name in PositionKind.choices
        ]

    def values(self) -> dict:
        """What stands in the fields now."""
        if self.contact is None:
            return {"kind": PositionKind.STAFF}
        found = {
            name: getattr(self.contact, name)
            for name in ("name", "other_name", "honorific", "languages")
        }
        found |= {name: getattr(self.position, name) for name in ("title", "kind", "organisation")}
        found |= {"role": self.position.role_id, "division": self.position.division_id}
        return found | lines_of(self.contact)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or PositionKind.STAFF

    def clean_languages(self) -> list[str]:
        return [name[:40] for name in self.cleaned_data["languages"][:MOST_LANGUAGES]]

    def clean(self) -> dict:
        data = super().clean()
        if not (data.get("name") or data.get("title") or data.get("role")):
            raise forms.ValidationError(
                _("Give a name, or say which place it is: a title or a role.")
            )
        return data

    def fields_of_person(self) -> dict:
        """What the commands take: plain fields and the list of reaches."""
        data = dict(self.cleaned_data)
        reaches = [
            (kind, *reach) for name, kind in REACHES.items() for reach in parted(data.pop(name))
        ]
        return {**data, "reaches": reaches}


def parted(lines: str) -> list[tuple[str, str]]:
    """(value, what for) of each line.

    >>> parted("+49 40 300330 (desk)")
    [('+49 40 300330', 'desk')]
    """
    found = []
    for line in lines.splitlines():
        match = LABELLED.match(line)
        found.append((match["value"], match["label"].strip()) if match else (line, ""))
    return found


def lines_of(contact: Contact) -> dict[str, str]:
    """A person's numbers and addresses as the fields hold them."""
    rows = list(contact.reaches.all())
    return {
        name: "\n".join(
            f"{row.value} ({row.label})" if row.label else row.value
            for row in rows
            if row.kind == kind
        )
        for name, kind in REACHES.items()
    }


class CreateContactForm(ContactForm):
    valid_from = forms.DateField(label=_("There since"), widget=DateInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class QuickContactForm(forms.Form):
    """A name, and after a comma the title."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=300)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def parts(self) -> dict:
        name, _comma, title = self.cleaned_data["name"].partition(",")
        return {"name": name.strip()[:160], "title": title.strip()[:160]}


class LeaveForm(forms.Form):
    day = forms.DateField(label=_("First day without this place"), widget=DateInput, required=False)


class TargetInput(forms.TextInput):
    """A customer of one's own, chosen by name; the first few stand there at once."""

    template_name = "accounts/target_input.html"
    accounts: Sequence[Account] = ()

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"accounts": self.accounts}

    def _render(self, template_name, context, renderer=None):
        """By the product's templates: Django's form renderer knows only its own."""
        return loader.render_to_string(template_name, context)


class MoveForm(forms.Form):
    account = forms.ModelChoiceField(
        Account.objects.none(), label=_("Customer they go to"), widget=TargetInput
    )
    day = forms.DateField(label=_("From"), widget=DateInput, required=False)
    title = forms.CharField(label=_("Title there"), max_length=160, required=False)

    def __init__(self, *args, accounts: QuerySet[Account], first: Sequence[Account], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts
        chosen = self.data.get("account")
        named = accounts.filter(pk=row_id(chosen)) if chosen else ()
        self.fields["account"].widget.accounts = list(named) or first


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Private note"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DivisionForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    buys = forms.BooleanField(label=_("Buys for itself"), required=False)
    parent = forms.ModelChoiceField(
        Division.objects.none(), label=_("Belongs to"), required=False, empty_label="—"
    )

    def __init__(self, *args, account: Account, division: Division | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = account.divisions.all()
        self.fields["parent"].queryset = rows.exclude(pk=division.pk) if division else rows


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Find"), max_length=100, required=False)
    role = forms.ModelChoiceField(
        ContactRole.objects.none(), label=_("Role"), required=False, empty_label=_("All roles")
    )
    division = forms.ModelChoiceField(
        Division.objects.none(),
        label=_("Division"),
        required=False,
        empty_label=_("All divisions"),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everybody now")),
            ("staff", _("Who works there")),
            ("external", _("Who influences from outside")),
            ("holes", _("Open places")),
            ("former", _("Who has left")),
        ],
    )

    def __init__(self, *args, account: Account, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = ContactRole.objects.all()
        self.fields["division"].queryset = account.divisions.all()
        if not account.divisions.exists():
            del self.fields["division"]
