"""Changes to accounts, by noun; take the noun's module: `from accounts.commands import merge`."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import AssignmentRole
from common import formats
from people import verbs


def _assigned(data: dict) -> str:
    words = {"name": data["name"], "day": _day(data["start"]), "until": _day(data.get("to"))}
    words["function"] = data.get("function", "")
    sentences = {
        AssignmentRole.OWNER: _("%(name)s answers for the account from %(day)s"),
        AssignmentRole.DEPUTY: _("%(name)s stands in from %(day)s"),
        AssignmentRole.ASSISTANT: _("%(name)s assists from %(day)s"),
        AssignmentRole.CONTROL: _("%(name)s keeps it under control from %(day)s"),
        AssignmentRole.TEAM: _("%(name)s helps (%(function)s) from %(day)s"),
    }
    until = {
        AssignmentRole.OWNER: _("%(name)s answers for the account from %(day)s until %(until)s"),
        AssignmentRole.DEPUTY: _("%(name)s stands in from %(day)s until %(until)s"),
        AssignmentRole.ASSISTANT: _("%(name)s assists from %(day)s until %(until)s"),
        AssignmentRole.CONTROL: _("%(name)s keeps it under control from %(day)s until %(until)s"),
        AssignmentRole.TEAM: _("%(name)s helps (%(function)s) from %(day)s until %(until)s"),
    }
    return (until if data.get("to") else sentences)[data["role"]] % words


def _ended(data: dict) -> str:
    words = {"name": data["name"], "day": _day(data["day"])}
    return _("The assignment of %(name)s ends on %(day)s") % words


def _day(text: str | None) -> str:
    return formats.day(dt.date.fromisoformat(text)) if text else ""


def _several(data: dict) -> str:
    number = data.get("accounts", 0)
    words = ngettext("%(number)s account was assigned", "%(number)s accounts were assigned", number)
    return words % {"number": formats.number(number)}


verbs.register(
    {
        "account.created": gettext_lazy("Account created"),
        "account.edited": gettext_lazy("Account changed"),
        "account.closed": gettext_lazy("Account closed"),
        "account.reopened": gettext_lazy("Account opened again"),
        "account.tagged": gettext_lazy("Tags changed"),
        "account.logo_set": gettext_lazy("Logo set"),
        "account.logo_removed": gettext_lazy("Logo removed"),
        "account.number_added": gettext_lazy("Number %(value)s of “%(source)s” added"),
        "account.number_removed": gettext_lazy("Number %(value)s of “%(source)s” removed"),
        "account.assigned": _assigned,
        "account.assignment_ended": _ended,
        "account.assignment_undone": gettext_lazy("Assignment taken back"),
        "account.merged": gettext_lazy("“%(name)s” was merged into this account"),
        "account.absorbed": gettext_lazy("Merged into another account"),
        "account.merge_undone": gettext_lazy("Merge undone"),
        "user.bulk_assigned": _several,
        "user.bulk_undone": gettext_lazy("Assignment of several accounts taken back"),
        "import.received": gettext_lazy("A file was brought"),
        "import.discarded": gettext_lazy("A file was thrown away"),
        "ledger.imported": gettext_lazy("Lines were imported into the ledger"),
        "ledger.undone": gettext_lazy("The import was undone"),
        "rate.saved": gettext_lazy("A rate was entered"),
        "rate.removed": gettext_lazy("A rate was removed"),
        "reference.saved": gettext_lazy("“%(name)s” saved"),
        "reference.removed": gettext_lazy("“%(name)s” removed"),
    }
)
verbs.register_for_directors("accounts.account", "parent")
