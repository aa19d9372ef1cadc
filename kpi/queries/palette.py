"""What the palette finds: accounts by any part of the name, with one typo forgiven; actions."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.queries.search import find_accounts, is_meant
from people.models import User

MOST = 8


@dataclass(frozen=True)
class Found:
    url: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    icon: str
    rows: tuple[Found, ...]


def palette(user: User, text: str) -> list[Group]:
    """Groups in the order they are shown; none for an empty text. At most two queries."""
    if not text.strip():
        return []
    found = tuple(_account(row) for row in find_accounts(user, text, MOST))
    does = tuple(item for item in actions(user) if is_meant(text, item.name))
    groups = [Group(_("Accounts"), "building", found), Group(_("Actions"), "command", does)]
    return [group for group in groups if group.rows]


def _account(account: Account) -> Found:
    notes = [account.segment.name if account.segment else "", str(account.owner or "")]
    return Found(
        url=reverse("accounts:account_page", args=[account.pk]),
        name=account.name,
        note=", ".join(note for note in notes if note),
    )


def actions(user: User) -> list[Found]:
    """What this person can do from anywhere."""
    found = []
    if user.is_director or user.is_kam:
        found.append(Found(reverse("accounts:account_create"), _("New account")))
    if user.is_director or user.is_kam or user.is_assistant:
        listed = reverse("accounts:account_list")
        found.append(Found(f"{listed}?view=key", _("Key accounts")))
        found.append(Found(f"{listed}?view=silent", _("Silent longest")))
    if user.is_director:
        listed = reverse("accounts:account_list")
        found.append(Found(f"{listed}?view=unowned", _("Accounts without an owner")))
        found.append(Found(reverse("accounts:account_duplicates"), _("Possible duplicates")))
    if user.is_director or user.is_administrator:
        lists = reverse("accounts:reference_list", args=["segments"])
        found.append(Found(lists, _("Segments, territories, tags")))
    found.append(Found(reverse("people:profile_page"), _("My profile")))
    return found
