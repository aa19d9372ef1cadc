"""Plans: a draft is made and changed, adopted it holds, and every step can be taken back."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from kpi.choices import PlanState
from kpi.models import PlanLine, PlanVersion
from kpi.rules import plan as rule
from people import commands as people
from people import verbs
from people.models import User

FIRST_YEAR, LAST_YEAR = 2000, 2100
BATCH = 500
UNDO = dt.timedelta(days=1)


verbs.register(
    {
        "salesplan.drafted": gettext_lazy("A draft of the plan of %(year)s was made"),
        "salesplan.adopted": gettext_lazy("The plan of %(year)s was adopted"),
        "salesplan.withdrawn": gettext_lazy("The adoption of the plan of %(year)s was taken back"),
        "salesplan.discarded": gettext_lazy("A draft of the plan of %(year)s was discarded"),
        "salesplan.restored": gettext_lazy("A discarded draft of the plan of %(year)s came back"),
    }
)
REPLACING = {
    "past": gettext_lazy("A plan takes over today or later. What was in force stays as it was."),
    "early": gettext_lazy(
        "The plan in force began on that day or later. Choose a day after its beginning."
    ),
}


@transaction.atomic
def create_draft(
    *, actor: User, year: int, note: str = "", lines: Iterable[PlanLine] = (), how: str = "empty"
) -> PlanVersion:
    """A draft with the given lines, whose version is set here; `how` it came about is recorded."""
    only_the_director(actor)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(_("A plan is of one year, like 2027. No draft was made."))
    numbers = _of_year(year)
    if PlanVersion.objects.drafts().filter(year=year).exists():
        raise RuleBroken(
            _("There is a draft of %(year)s already. Adopt it or discard it first.")
            % {"year": year}
        )
    version = PlanVersion.objects.create(
        year=year, number=max(numbers, default=0) + 1, note=note[:300], made_by=actor
    )
    lines = list(lines)
    for line in lines:
        line.pk, line.version = None, version
    PlanLine.objects.bulk_create(lines, batch_size=BATCH)
    people.record(
        actor=actor, verb="salesplan.drafted", target=version, year=str(year),
        number=version.number, how=how, lines=len(lines),
    )  # fmt: skip
    return version


def copy_version(*, actor: User, version: PlanVersion, note: str = "") -> PlanVersion:
    """A draft of the same year that begins with the figures of another version."""
    lines = version.lines.all()
    return create_draft(
        actor=actor, year=version.year, note=note, lines=lines, how=f"copy {version.number}"
    )


@transaction.atomic
def adopt_plan(
    *, actor: User, version: PlanVersion, start: dt.date, today: dt.date, note: str = ""
) -> PlanVersion:
    """The draft holds from `start`; the first plan of a year holds from the year's first day."""
    only_the_director(actor)
    version = locked(version, PlanState.DRAFT)
    if not version.lines.exists():
        raise RuleBroken(_("The plan is empty. Fill in a figure, then adopt it."))
    former = PlanVersion.objects.adopted().filter(year=version.year, valid_to=None).first()
    code = rule.may_replace(former and former.valid_from, start, today)
    if code:
        raise RuleBroken(REPLACING[code])
    if former:
        former.valid_to = start
        former.save(update_fields=["valid_to"])
    version.state, version.adopted_at = PlanState.ADOPTED, timezone.now()
    version.valid_from = start if former else dt.date(version.year, 1, 1)
    version.note = note.strip()[:300] or version.note
    version.save(update_fields=["state", "adopted_at", "valid_from", "note"])
    people.record(
        actor=actor, verb="salesplan.adopted", target=version, year=str(version.year),
        number=version.number, start=version.valid_from.isoformat(), note=version.note,
    )  # fmt: skip
    return version


@transaction.atomic
def withdraw_adoption(*, actor: User, version: PlanVersion) -> PlanVersion:
    """Undo within a day: a draft again, and the one before it holds as if nothing had been."""
    only_the_director(actor)
    version = locked(version, PlanState.ADOPTED)
    if version.valid_to is not None:
        raise RuleBroken(_("Another version has replaced this one. Withdraw that one first."))
    if version.adopted_at is None or version.adopted_at < timezone.now() - UNDO:
        raise RuleBroken(_("A plan adopted more than a day ago stays. Adopt another version."))
    _no_other_draft(version)
    start = version.valid_from
    version.state, version.valid_from, version.adopted_at = PlanState.DRAFT, None, None
    version.save(update_fields=["state", "valid_from", "adopted_at"])
    PlanVersion.objects.adopted().filter(year=version.year, valid_to=start).update(valid_to=None)
    _note(actor, "salesplan.withdrawn", version)
    return version


@transaction.atomic
def discard_draft(*, actor: User, version: PlanVersion) -> PlanVersion:
    """The draft is put away; its figures stay, so that it can come back."""
    only_the_director(actor)
    version = locked(version, PlanState.DRAFT)
    return _become(actor, version, PlanState.DISCARDED, "salesplan.discarded")


@transaction.atomic
def restore_draft(*, actor: User, version: PlanVersion) -> PlanVersion:
    """Undo of discarding."""
    only_the_director(actor)
    version = locked(version, PlanState.DISCARDED)
    _no_other_draft(version)
    return _become(actor, version, PlanState.DRAFT, "salesplan.restored")


def _become(actor: User, version: PlanVersion, state: str, verb: str) -> PlanVersion:
    version.state = state
    version.save(update_fields=["state"])
    _note(actor, verb, version)
    return version


def _note(actor: User, verb: str, version: PlanVersion) -> None:
    people.record(
        actor=actor, verb=verb, target=version, year=str(version.year), number=version.number
    )


def _no_other_draft(version: PlanVersion) -> None:
    if PlanVersion.objects.drafts().filter(year=version.year).exists():
        raise RuleBroken(_("There is another draft of this year meanwhile. Nothing was changed."))


def locked(version: PlanVersion, state: str) -> PlanVersion:
    _of_year(version.year)
    found = PlanVersion.objects.filter(pk=version.pk, state=state).first()
    if found is None:
        words = PlanState(PlanVersion.objects.get(pk=version.pk).state).label
        raise RuleBroken(
            _("This version has moved on: it is %(state)s. Reload the page.") % {"state": words}
        )
    return found


def _of_year(year: int) -> list[int]:
    """Numbers of the year's versions; whoever changes one of them waits for the other."""
    rows = PlanVersion.objects.select_for_update(no_key=True).filter(year=year)
    return list(rows.order_by("pk").values_list("number", flat=True))


def only_the_director(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only a sales director makes plans."))
