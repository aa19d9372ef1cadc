"""Change the company's figures for hiring."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.models import HiringSettings
from people import verbs
from people.commands import record
from people.models import User

verbs.register({"hiringsettings.changed": gettext_lazy("Figures for hiring changed")})


class Conflict(RuleBroken):
    """Somebody changed them first; `settings` are those in force."""

    def __init__(self, settings: HiringSettings):
        super().__init__(_("Somebody else has changed these figures since you opened the page."))
        self.settings = settings


def plain(values: Mapping) -> dict:
    """As JSON; 2 and 2.00 are the same."""
    return {
        name: value if isinstance(value, list) else f"{float(value):g}"
        for name, value in values.items()
    }


@transaction.atomic
def set_hiring_settings(*, actor: User, seen: Mapping, **values) -> HiringSettings:
    """Save the figures; Conflict when those `seen` (plain) are no longer what stands."""
    if not actor.hires:
        raise RuleBroken(_("Only directors and recruiters change these figures."))
    HiringSettings.objects.get_or_create(pk=1)
    row = HiringSettings.objects.select_for_update().get(pk=1)
    before = {name: getattr(row, name) for name in values}
    if plain(before) == plain(values):
        return row
    if any(plain(before)[name] != seen.get(name) for name in values):
        raise Conflict(row)
    changes = {
        name: [plain(before)[name], plain(values)[name]]
        for name in values
        if before[name] != values[name]
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    record(actor=actor, verb="hiringsettings.changed", target=row, changes=changes)
    return row
