"""Create and edit an account; edit keeps what it showed, so that two savers meet (G03)."""

from django import forms
from django.template import loader
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import AccountStatus
from accounts.models import Account, CareSettings, Segment, Tag, Territory
from accounts.rules.card import DIRECTOR_FIELDS, FIELDS
from common.i18n import currencies
from common.ids import row_id
from common.places import countries
from people.choices import Grade, Role
from people.models import User


class TagsField(forms.CharField):
    """Tag names between commas."""

    def to_python(self, value) -> list[str]:
        text = super().to_python(value) or ""
        return [name.strip() for name in text.split(",") if name.strip()]

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value


class AccountForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=200)
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label=_("Segment"), required=False, empty_label="—"
    )
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Territory"), required=False, empty_label="—"
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    website = forms.URLField(
        label=_("Web site"), max_length=200, required=False, assume_scheme="https"
    )
    status = forms.ChoiceField(label=_("Status"), required=False)
    tags = TagsField(label=_("Tags"), required=False, help_text=_("Between commas."))
    about = forms.CharField(
        label=_("About"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    parent = forms.ModelChoiceField(
        Account.objects.none(), label=_("Parent account"), required=False
    )
    rolls_up = forms.BooleanField(
        label=_("Its orders count with the parent's"), required=False, initial=True
    )
    grade_needed = forms.TypedChoiceField(
        label=_("Grade its manager needs as a key account"), required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip

    def __init__(self, *args, user: User, account: Account | None = None, **kwargs):
        self.account = account
        super().__init__(*args, initial=kwargs.pop("initial", None) or self.values(), **kwargs)
        self.fields["segment"].queryset = Segment.objects.all()
        self.fields["territory"].queryset = Territory.objects.all()
        self.fields["country"].choices = [("", "—"), *countries()]
        self.fields["currency"].choices = [("", "—"), *currencies()]
        self.fields["status"].choices = [
            (code, capfirst(AccountStatus(code).label)) for code in ("active", "prospect")
        ]
        self.fields["tags"].widget.attrs["list"] = "known-tags"
        if user.is_director:
            asked = Grade(CareSettings.current().key_grade).label
            usual = _("As all key accounts: %(grade)s") % {"grade": asked}
            self.fields["grade_needed"].choices = [("", usual), *Grade.choices]
            parents = Account.objects.visible_to(user).present().order_by("name")
            self.fields["parent"].queryset = parents.exclude(pk=account.pk) if account else parents
            self.fields["parent"].widget = forms.TextInput()
            self.fields["parent"].widget = ParentInput()
        else:
            for name in DIRECTOR_FIELDS:
                del self.fields[name]

    def values(self) -> dict:
        """What the account's fields hold now, as the form's fields hold it."""
        if self.account is None:
            return {"status": AccountStatus.ACTIVE, "rolls_up": True}
        found = {name: getattr(self.account, name) for name in FIELDS}
        found |= {
            name: getattr(self.account, f"{name}_id") for name in ("segment", "territory", "parent")
        }
        found["tags"] = [tag.name for tag in self.account.tags.all()]
        return found

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or AccountStatus.ACTIVE

    @property
    def known_tags(self) -> list[str]:
        return list(Tag.objects.values_list("name", flat=True)[:200])


class ParentInput(forms.TextInput):
    """A number of an account, chosen by name with the picker beside it."""

    template_name = "accounts/parent_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = Account.objects.filter(pk=row_id(str(value)))
        context["widget"]["account"] = chosen.first()
        return context

    def _render(self, template_name, context, renderer=None):
        """By the product's templates: Django's form renderer knows only its own."""
        return loader.render_to_string(template_name, context)


class CreateForm(AccountForm):
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Manager"), required=False, empty_label=_("Nobody yet")
    )
    field_order = ["name", "owner"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if user.is_director:
            self.fields["owner"].queryset = holders(Role.KAM, Role.DIRECTOR)
        else:
            del self.fields["owner"]


def holders(*roles: str):
    """Active people with one of these roles, by name."""
    rows = User.objects.filter(is_active=True, role_grants__role__in=roles)
    return rows.distinct().order_by("name", "pk")
