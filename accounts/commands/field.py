"""Change the company's figures for work in the field, and take a change back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commands.ties import enqueue_renewal
from accounts.models import FieldSettings
from accounts.queries.field import Figures, field_figures, words_of
from accounts.rules import field as rule
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Event, User

SHOWN = 4


def _changed(data: dict) -> str:
    said = [words_of((row[0], row[1], row[2]), row[3], row[4]) for row in data.get("changed", [])]
    if len(said) > SHOWN:
        said = [*said[:SHOWN], "…"]
    return "; ".join(said) or _("Figures for work in the field changed")


verbs.register({"field.changed": _changed, "field.restored": _changed})


class Conflict(RuleBroken):
    """Somebody changed the figures first; `figures` are those in force."""

    def __init__(self, figures: Figures):
        super().__init__(_("Somebody else has changed these figures since you opened the page."))
        self.figures = figures


@transaction.atomic
def set_field_figures(*, actor: User, figures: Figures, seen: Figures) -> Event | None:
    """Save all figures; None when none differs. Raises Conflict when `seen` is no longer true."""
    _only_directors(actor)
    row = _locked()
    now = field_figures()
    if set(figures) != set(now):
        raise TypeError("give every figure")
    if now != seen:
        raise Conflict(now)
    if not all(rule.is_figure(figure, value) for figure, value in figures.items()):
        raise RuleBroken(_("Days go from 1 to 3650, hours to 336, percent to 100."))
    return _save(row, now, figures, actor=actor, verb="field.changed")


@transaction.atomic
def undo_field_figures(*, actor: User, event_id: int) -> Event | None:
    """Put back what one change changed, unless somebody has changed it again since."""
    _only_directors(actor)
    row = _locked()
    event = Event.objects.get(pk=event_id, verb="field.changed")
    now = field_figures()
    changed = [((one[0], one[1], one[2]), one[3], one[4]) for one in event.data["changed"]]
    if any(now[figure] != new for figure, _old, new in changed):
        raise RuleBroken(_("These figures have been changed again since; nothing was put back."))
    before = now | {figure: old for figure, old, _new in changed}
    return _save(row, now, before, actor=actor, verb="field.restored")


def _only_directors(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only directors change these figures."))


def _locked() -> FieldSettings:
    FieldSettings.objects.get_or_create(pk=1)
    return FieldSettings.objects.select_for_update().get(pk=1)


def _save(
    row: FieldSettings, now: Figures, figures: Figures, *, actor: User, verb: str
) -> Event | None:
    changed = [
        [*figure, now[figure], value] for figure, value in figures.items() if now[figure] != value
    ]
    if not changed:
        return None
    values = rule.tables(figures)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    if any(figure[0] == "half_life_days" for figure in changed):
        enqueue_renewal()
    return record(actor=actor, verb=verb, target=row, changed=changed)
