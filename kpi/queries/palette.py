"""What the palette finds: accounts, people, talks, tasks and actions, one slip forgiven."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries.found import ICONS, Found, found, titles
from accounts.queries.search import find, is_meant
from hiring.queries.found import candidates_found
from people.models import User

MOST = 5


@dataclass(frozen=True)
class Group:
    title: str
    icon: str
    rows: tuple[Found, ...]


def palette(user: User, text: str) -> list[Group]:
    """Groups in the order they are shown; none for an empty text."""
    if not text.strip():
        return []
    names = titles()
    groups = [
        Group(names[hits.kind], ICONS[hits.kind], tuple(found(hits, text)))
        for hits in find(user, text, MOST, in_brief=True)
    ]
    people = tuple(candidates_found(user, text, MOST))
    groups.append(Group(_("Candidates"), "person-plus", people))
    does = tuple(item for item in actions(user) if is_meant(text, item.name))
    groups.append(Group(_("Actions"), "command", does))
    return [group for group in groups if group.rows]


def actions(user: User) -> list[Found]:
    """What this person can do from anywhere."""
    found = []
    if user.is_director or user.is_kam:
        found += [
            Found(reverse("accounts:account_create"), _("New account")),
            Found(reverse("kpi:simulator_page"), _("Departure simulator")),
            Found(reverse("kpi:capacity_page"), _("Capacity")),
        ]
    if user.is_director or user.is_kam or user.is_assistant:
        found.append(Found(reverse("accounts:contact_begin"), _("New person")))
        listed = reverse("accounts:account_list")
        found.append(Found(f"{listed}?view=key", _("Key accounts")))
        found.append(Found(f"{listed}?view=silent", _("Silent longest")))
        found.append(Found(reverse("kpi:by_manager_page"), _("Money by manager")))
    if user.is_director:
        listed = reverse("accounts:account_list")
        found.append(Found(f"{listed}?view=unowned", _("Accounts without an owner")))
        found.append(Found(reverse("accounts:account_duplicates"), _("Possible duplicates")))
    if user.sells:
        found += [
            Found(reverse("accounts:handover_list"), _("Handovers")),
            Found(reverse("hiring:probation_list"), _("Probations")),
            Found(reverse("accounts:contact_duplicates"), _("People who may be one")),
            Found(reverse("ledger:contacts_new"), _("Import people")),
        ]
        found.append(Found(reverse("ledger:import_list"), _("Imports")))
        found.append(
            Found(reverse("accounts:people_export", args=["csv"]), _("Export people as CSV"))
        )
    if user.is_director:
        found.append(Found(reverse("accounts:contact_roles"), _("Roles at customers")))
    if user.is_director or user.is_administrator:
        lists = reverse("accounts:reference_list", args=["segments"])
        found.append(Found(lists, _("Segments, territories, tags")))
    if user.hires:
        found.append(Found(reverse("hiring:candidate_list"), _("Candidates")))
        found.append(Found(reverse("hiring:off_limits_page"), _("Off limits")))
    if user.is_recruiter:
        found.append(Found(reverse("hiring:candidate_create"), _("New candidate")))
        found.append(Found(reverse("hiring:candidates_import"), _("Import candidates")))
    found.append(Found(reverse("people:profile_page"), _("My profile")))
    return found
