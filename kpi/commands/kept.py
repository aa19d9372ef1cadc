"""Keep what the next night would otherwise read all facts for again.

The sums over the periods of every day that is read, which those of later days are slid from, and
the sums of every month of the ledger, which tell whether a past day was corrected.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from django.db import transaction

from accounts.models import DirtyAccount
from kpi.models import CorrectedAccount, KeptSums, LedgerMonth
from kpi.queries.measures.digest import ledger_months
from kpi.queries.periods.kept import FAR, VERSION, Kept, kept_sums, slid, wholes

Changed = Collection[tuple[int, dt.date]]  # account, and the first of its days that changed


def keep_sums(days: Collection[dt.date]) -> None:
    """Make the sums of these days right, and keep them and no others. Safe to be killed anywhere:
    what was noted as corrected is forgotten last, and is summed again until then."""
    noted = list(CorrectedAccount.objects.values_list("pk", "account_id", "since"))
    changed = [(account, since) for _pk, account, since in noted]
    changed += DirtyAccount.objects.values_list("account_id", "since")
    for one in _made(days, changed):
        KeptSums.objects.update_or_create(
            day=one.day, defaults={"version": VERSION, "packed": one.packed()}
        )
    since = _changed_since(changed)
    months = ledger_months(since)
    with transaction.atomic():
        KeptSums.objects.exclude(day__in=days).delete()
        LedgerMonth.objects.filter(month__gte=since or dt.date.min).delete()
        LedgerMonth.objects.bulk_create(months)
        CorrectedAccount.objects.filter(pk__lte=max((pk for pk, *_ in noted), default=0)).delete()


def _changed_since(changed: Changed) -> dt.date | None:
    """The first month that may have changed; None where nothing is kept."""
    newest = LedgerMonth.objects.last()
    if newest is None:
        return None
    return min([newest.month, *(since for _account, since in changed)]).replace(day=1)


def _made(days: Collection[dt.date], changed: Changed) -> Iterator[Kept]:
    """The sums that are not kept yet as they are now."""
    nearest = _nearest(days)
    yield from wholes([day for day in days if day not in nearest])
    stale = {
        day: {account for account, since in changed if since <= kept}
        for day, kept in nearest.items()
    }
    wrong = [day for day in nearest if stale[day]]
    anew = {one.day: one for one in wholes(wrong, set().union(*stale.values()))}
    for day, kept in nearest.items():
        if day != kept or stale[day]:
            yield slid(kept_sums(kept), day, stale[day], anew.get(day))


def _nearest(days: Collection[dt.date]) -> Mapping[dt.date, dt.date]:
    """The kept day that leads to each of these, where there is one."""
    known = sorted(KeptSums.objects.filter(version=VERSION).values_list("day", flat=True))
    found = {day: [one for one in known if day - FAR <= one <= day] for day in days}
    return {day: near[-1] for day, near in found.items() if near}
