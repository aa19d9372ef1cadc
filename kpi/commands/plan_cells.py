"""Figures of a draft, many at once, without losing what somebody else wrote meanwhile."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import RuleBroken
from kpi.choices import PlanState
from kpi.commands.plan import BATCH, locked, only_the_director
from kpi.models import PlanLine, PlanVersion
from kpi.queries.plans.cells import Key, planned_cells
from kpi.rules import plan as rule
from people import commands as people
from people import verbs
from people.models import User


def _changed(data: dict) -> str:
    count = data.get("cells", 0)
    return ngettext(
        "%(count)d figure of the plan changed", "%(count)d figures of the plan changed", count
    ) % {"count": count}


verbs.register({"salesplan.changed": _changed})


class PlanConflict(RuleBroken):
    """Somebody saved other figures first: `theirs` by cell, as they stand now."""

    def __init__(self, theirs: Mapping[Key, Decimal | None]):
        super().__init__(
            _("Somebody else has changed these figures since you opened the page. Choose which"
              " stay. Nothing was saved.")
        )  # fmt: skip
        self.theirs = theirs


@transaction.atomic
def set_cells(
    *,
    actor: User,
    version: PlanVersion,
    seen: Mapping[Key, Decimal | None],
    wanted: Mapping[Key, Decimal | None],
) -> int:
    """Write monthly figures of managers, all or none; gives how many changed.

    A figure is the manager's whole month, accounts included; None takes it away. PlanConflict when
    a cell holds neither what the page showed (`seen`) nor what is wanted.
    """
    only_the_director(actor)
    version = locked(version, PlanState.DRAFT)
    _check(wanted)
    stands = planned_cells(version, {user for user, _measure, _month in wanted})
    theirs = {key: stands.get(key) for key in wanted}
    apart = {
        key: now for key, now in theirs.items() if now not in (seen.get(key), wanted[key])
    }  # fmt: skip
    if apart:
        raise PlanConflict(apart)
    changed = {key: value for key, value in wanted.items() if value != theirs[key]}
    _write(version, changed)
    if changed:
        people.record(
            actor=actor, verb="salesplan.changed", target=version, cells=len(changed),
            changes={_name(key): [_text(theirs[key]), _text(changed[key])] for key in changed},
        )  # fmt: skip
    return len(changed)


def _check(wanted: Mapping[Key, Decimal | None]) -> None:
    users = {user for user, _measure, _month in wanted}
    if User.objects.filter(pk__in=users).count() < len(users):
        raise RuleBroken(_("One of these people is not known any more. Reload the page."))
    for (_user, measure, month), value in wanted.items():
        if measure not in rule.DECIMALS or not 1 <= month <= rule.MONTHS:
            raise RuleBroken(_("There is no such cell in a plan. Reload the page."))
        code = "" if value is None else rule.refusal(measure, value)
        if code:
            raise RuleBroken(REFUSALS[code])


REFUSALS = {
    "negative": gettext_lazy("A plan is not below zero. Nothing was saved."),
    "large": gettext_lazy("A plan is at most one trillion. Nothing was saved."),
    "decimals": gettext_lazy(
        "Customers are planned in whole numbers, width with two decimals at most, sales with four."
        " Nothing was saved."
    ),
}


def _write(version: PlanVersion, changed: Mapping[Key, Decimal | None]) -> None:
    """The lines of accounts stay; the manager's own line takes what is left of the month."""
    rows = version.lines.filter(user__in={user for user, _measure, _month in changed})
    by_account: dict[Key, Decimal] = {}
    rest: dict[Key, PlanLine] = {}
    for line in rows:
        key = (line.user_id, line.measure, line.month)
        if line.account_id is None:
            rest[key] = line
        else:
            by_account[key] = by_account.get(key, Decimal()) + line.value
    made, kept, gone = [], [], []
    for key, value in changed.items():
        left = (value or Decimal()) - by_account.get(key, Decimal())
        if left < 0:
            raise RuleBroken(
                _("More is planned account by account in this month. Change those figures in a"
                  " file and bring it. Nothing was saved.")
            )  # fmt: skip
        line = rest.get(key)
        if value is None or (key in by_account and left == 0):
            gone += [line.pk] if line else []
        elif line:
            line.value = left
            kept.append(line)
        else:
            user, measure, month = key
            made.append(
                PlanLine(version=version, user_id=user, measure=measure, month=month, value=left)
            )
    PlanLine.objects.filter(pk__in=gone).delete()
    PlanLine.objects.bulk_update(kept, ["value"], batch_size=BATCH)
    PlanLine.objects.bulk_create(made, batch_size=BATCH)


def _name(key: Key) -> str:
    return ":".join(map(str, key))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
