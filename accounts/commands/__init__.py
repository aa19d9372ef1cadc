"""Changes to accounts, by noun; take the noun's module: `from accounts.commands import merge`."""

from django.utils.translation import gettext_lazy as _

from people import verbs

verbs.register(
    {
        "account.created": _("created the account"),
        "account.edited": _("changed the account"),
        "account.closed": _("closed the account"),
        "account.reopened": _("reopened the account"),
        "account.tagged": _("changed the tags"),
        "account.logo_set": _("set the logo"),
        "account.logo_removed": _("removed the logo"),
        "account.number_added": _("added a number"),
        "account.number_removed": _("removed a number"),
        "account.assigned": _("assigned somebody"),
        "account.assignment_ended": _("ended an assignment"),
        "account.assignment_undone": _("took an assignment back"),
        "account.merged": _("merged another account into this one"),
        "account.absorbed": _("merged this account into another"),
        "account.merge_undone": _("undid a merge"),
        "user.bulk_assigned": _("assigned several accounts"),
        "user.bulk_undone": _("took back the assignment of several accounts"),
        "import.received": _("brought a file"),
        "import.discarded": _("threw a file away"),
        "ledger.imported": _("imported lines into the ledger"),
        "ledger.undone": _("undid an import"),
        "rate.saved": _("entered a rate"),
        "rate.removed": _("removed a rate"),
        "reference.saved": _("saved a list entry"),
        "reference.removed": _("removed a list entry"),
    }
)
