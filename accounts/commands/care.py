"""Change the company's figures for care of key accounts, and take a change back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import CareSettings
from accounts.queries.care import FIELDS, flat, values_of
from accounts.rules import care as rule
from common.editing import check_seen
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Event, User

SHOWN = 4


def _changed(data: dict) -> str:
    names = [capfirst(str(CareSettings._meta.get_field(name).verbose_name))
             for name in data.get("changes", {})]  # fmt: skip
    shown = names[:SHOWN] + (["…"] if len(names) > SHOWN else [])
    return _("Care of key accounts: %(figures)s") % {"figures": "; ".join(shown)}


verbs.register({"care.changed": _changed, "care.restored": _changed})


@transaction.atomic
def set_care_settings(*, actor: User, seen: Mapping | None, **values) -> Event | None:
    """Save the figures; None when none differs. common.editing.Conflict when those `seen` (of
    `flat`, as `editing.opened` gives them) are no longer what stands."""
    row = _locked(actor)
    check_seen(seen, flat(row))
    return _save(row, values, actor=actor, verb="care.changed")


@transaction.atomic
def undo_care_settings(*, actor: User, event_id: int) -> Event | None:
    """Put back what one change changed, unless somebody has changed it again since."""
    row = _locked(actor)
    event = Event.objects.get(pk=event_id, verb="care.changed")
    changes = event.data["changes"]
    if any(getattr(row, name) != new for name, (_old, new) in changes.items()):
        raise RuleBroken(_("These figures have been changed again since; nothing was put back."))
    before = {name: old for name, (old, _new) in changes.items()}
    return _save(row, before, actor=actor, verb="care.restored")


def _locked(actor: User) -> CareSettings:
    if not actor.is_director:
        raise RuleBroken(_("Only directors change these figures."))
    CareSettings.objects.get_or_create(pk=1)
    return CareSettings.objects.select_for_update().get(pk=1)


def _save(row: CareSettings, values: Mapping, *, actor: User, verb: str) -> Event | None:
    now = values_of(row)
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"not figures of care: {sorted(unknown)}")
    if rule.wrong(now | dict(values)):
        raise RuleBroken(_("Some figures cannot be; look at the limits beside them."))
    changes = {name: [now[name], value] for name, value in values.items() if now[name] != value}
    if not changes:
        return None
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.save(update_fields=list(changes))
    return record(actor=actor, verb=verb, target=row, changes=changes)
