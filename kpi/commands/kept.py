"""Keep what the next night would otherwise read all facts for again: the sums over the periods of
every day that is read, which those of later days are slid from."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import DirtyAccount
from common import large
from kpi.models import CorrectedAccount, KeptSums
from kpi.queries.periods.kept import (
    FAR,
    VERSION,
    Kept,
    Passed,
    correct,
    kept_row,
    kept_sums,
    slid,
    wholes,
)


@dataclass(frozen=True)
class Corrections:
    """Accounts whose past changed since sums were kept of it, and the first day that changed.
    `noted` is the last note of one (CorrectedAccount) that is among them."""

    changed: Collection[tuple[int, dt.date]]
    noted: int

    @property
    def since(self) -> dt.date:
        return min((since for _account, since in self.changed), default=dt.date.max)

    def up_to(self, day: dt.date) -> set[int]:
        return {account for account, since in self.changed if since <= day}


def corrections() -> Corrections:
    """Those that wait for their night, too."""
    noted = list(CorrectedAccount.objects.values_list("pk", "account_id", "since"))
    waiting = DirtyAccount.objects.values_list("account_id", "since")
    changed = [*((account, since) for _pk, account, since in noted), *waiting]
    return Corrections(changed, max((pk for pk, *_ in noted), default=0))


def keep_sums(days: Collection[dt.date], past: Corrections) -> Iterator[Kept]:
    """Make the sums of these days right, and keep them and no others; gives each that was not.

    Safe to be killed anywhere: what was noted as corrected is forgotten last, and is summed again
    until then.
    """
    nearest = _nearest(days)
    for one in wholes([day for day in days if day not in nearest]):
        yield _put(one)
    stale = {day: past.up_to(kept) for day, kept in nearest.items()}
    wrong = [day for day in nearest if stale[day]]
    anew = {one.day: one for one in wholes(wrong, set().union(*stale.values()))}
    passed = Passed([(kept, day) for day, kept in nearest.items() if kept != day])
    for day, kept in nearest.items():
        if day != kept:
            yield _put(slid(kept_sums(kept), day, passed, stale[day], anew.get(day)))
        elif stale[day]:
            yield _corrected(day, stale[day], anew[day])
    with transaction.atomic():
        KeptSums.objects.exclude(day__in=days).delete()
        CorrectedAccount.objects.filter(pk__lte=past.noted).delete()


def _nearest(days: Collection[dt.date]) -> Mapping[dt.date, dt.date]:
    """The kept day that leads to each of these, where there is one."""
    known = sorted(KeptSums.objects.filter(version=VERSION).values_list("day", flat=True))
    found = {day: [one for one in known if day - FAR <= one <= day] for day in days}
    return {day: near[-1] for day, near in found.items() if near}


def _put(one: Kept) -> Kept:
    row = {"day": one.day, "version": VERSION, "packed": one.packed(), "patch": b""}
    with transaction.atomic():
        KeptSums.objects.filter(day=one.day).delete()
        large.insert_row(KeptSums._meta.db_table, row)
    return one


def _corrected(day: dt.date, accounts: Collection[int], anew: Kept) -> Kept:
    row = kept_row(day)
    found = correct(row, accounts, anew)
    row.save(update_fields=["patch"] if row.patch else ["patch", "packed"])
    return found
