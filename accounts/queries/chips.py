"""The filters of the account list in words: those in use, and those one may choose."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.choices import AccountStatus
from accounts.models import Account, Segment, Tag, Territory
from accounts.queries.list_state import FILTERS, ListState
from accounts.rules.cadence import Standing
from common.lists import Chip, Choices, choices
from common.places import countries, country_name
from people.models import Team, User


def chips(state: ListState) -> list[Chip]:
    found = []
    for name in FILTERS:
        value = getattr(state, name)
        if not value or name == "q":
            continue
        label, words = _words(name, value)
        found.append(Chip(label, words, "?" + state.without(name).query()))
    return found


def filter_labels() -> dict[str, str]:
    return {
        "tier": _("Tier"),
        "key": _("Key account"),
        "owner": _("Manager"),
        "team": _("Team"),
        "segment": _("Segment"),
        "country": _("Country"),
        "territory": _("Territory"),
        "tag": _("Tag"),
        "status": _("Status"),
        "silent": _("Silent for"),
        "health": _("Health"),
        "cadence": _("Contact"),
    }


def standing_words() -> dict[str, str]:
    """How the last talk stands against the rhythm agreed."""
    return {
        Standing.DUE: pgettext("contact", "due"),
        Standing.SOON: pgettext("contact", "soon due"),
        Standing.FINE: pgettext("contact", "fine"),
        Standing.NONE: pgettext("contact", "no rhythm"),
    }


def health_words() -> dict[str, str]:
    """Bounds one filters health by."""
    return {
        "under_40": _("below 40"),
        "under_70": _("below 70"),
        "from_70": _("70 and more"),
        "unknown": _("not known yet"),
    }


def _words(name: str, value) -> tuple[str, str]:
    """A filter's label and its values in words."""
    label = filter_labels()[name]
    if name == "silent":
        return label, ngettext("%(n)s day or more", "%(n)s days or more", value) % {"n": value}
    if name == "health":
        return label, health_words()[value]
    if name == "cadence":
        return label, standing_words()[value]
    if name == "key":
        return label, _("yes") if value == "yes" else _("no")
    if name == "tier":
        return label, ", ".join(value)
    if name == "country":
        return label, ", ".join(country_name(code) for code in value)
    if name == "status":
        return label, ", ".join(str(AccountStatus(code).label) for code in value)
    if name == "owner":
        return label, ", ".join(_owner_names(value))
    rows = {"team": Team, "segment": Segment, "territory": Territory, "tag": Tag}[name]
    return label, ", ".join(row.name for row in rows.objects.filter(pk__in=value))


def _owner_names(values: tuple[str, ...]) -> list[str]:
    ids = [int(value) for value in values if value.isdigit()]
    names = [str(user) for user in User.objects.filter(pk__in=ids)] if ids else []
    named = {"me": _("me"), "none": _("nobody")}
    return [*(named[value] for value in values if value in named), *names]


def filter_choices(user: User, state: ListState) -> list[Choices]:
    """What can be filtered by; read when the menu opens, not with every page."""
    answering = User.objects.filter(assignments__role="owner").distinct()
    pairs = {
        "tier": [(letter, letter) for letter in ("A", "B", "C", "N")],
        "key": [("yes", _("yes")), ("no", _("no"))],
        "owner": [("me", _("me")), ("none", _("nobody"))] + _named(answering),
        "team": _named(Team.objects.all()),
        "segment": _named(Segment.objects.all()),
        "country": countries_in_use(user),
        "territory": _named(Territory.objects.all()),
        "tag": _named(tags_in_use(user)[:200]),
        "status": [(code, AccountStatus(code).label) for code in ("active", "prospect", "closed")],
        "health": list(health_words().items()),
        "cadence": list(standing_words().items()),
    }
    names = filter_labels()
    return [
        choices(name, names[name], options, getattr(state, name))
        for name, options in pairs.items()
        if options
    ]


def _named(rows) -> list[tuple]:
    return [(row.pk, str(row)) for row in rows]


def countries_in_use(user: User) -> list[tuple[str, str]]:
    rows = Account.objects.visible_to(user).exclude(country="").order_by()
    used = set(rows.values_list("country", flat=True).distinct())
    return [(code, name) for code, name in countries() if code in used]


def tags_in_use(user: User) -> QuerySet[Tag]:
    """Tags of the accounts the reader may open."""
    return Tag.objects.filter(accounts__in=Account.objects.visible_to(user)).distinct()
