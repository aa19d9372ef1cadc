"""The first steps of an empty company, and how far it has come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Policy
from common.choices import ImportState
from common.models import Import
from kpi.queries.start import places
from kpi.queries.start.parts import Action
from people.models import Invitation, User


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    is_done: bool
    action: Action | None


def first_steps(user: User) -> list[Step]:
    """For those who set the company up; the first that is not done carries the primary button."""
    brought = Import.objects.visible_to(user).filter(state=ImportState.APPLIED).exists()
    invited = Invitation.objects.visible_to(user).exists() or User.objects.count() > 1
    adopted = Policy.objects.exclude(adopted_on=None).exists()
    rows = [
        (
            _("Bring the ledger"),
            _("A file of invoice lines, as your accounting exports it. It can be taken back."),
            brought,
            _("Import a file"),
            places.new_import(),
        ),
        (
            _("Invite your people"),
            _("Managers see their own accounts, you see all of them."),
            invited,
            _("Invite people"),
            places.people(),
        ),
        (
            _("Say who is key"),
            _("Try the rules on your own figures before you adopt them."),
            adopted,
            _("Open the laboratory"),
            places.laboratory(),
        ),
    ]
    first = next((index for index, row in enumerate(rows) if not row[2]), None)
    return [
        Step(title, text, done, None if done else Action(label, url, is_primary=index == first))
        for index, (title, text, done, label, url) in enumerate(rows)
    ]
