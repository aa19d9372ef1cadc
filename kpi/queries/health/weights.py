"""Weights of health before they are adopted: what ten real accounts would score by them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account
from common import formats
from common.why import Why
from kpi.models import Health, HealthRecord, HealthWeights
from kpi.queries.health.page import points
from kpi.queries.health.record import first_day
from kpi.queries.health.sheet import sheet
from kpi.queries.health.stored import stored
from kpi.queries.health.words import part_name
from kpi.queries.reporting import reporting_day
from kpi.rules.health import VERSION, score
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.record import FLAGGED, Record
from kpi.rules.health.score import PARTS, TENTHS, Part

SHOWN = 10


@dataclass(frozen=True)
class Trial:
    """One account by the weights in force and by those tried; tenths, None where unknown."""

    account: Account
    before: int | None
    after: int | None
    confidence: int

    @property
    def change(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def words(self) -> dict[str, str]:
        change = self.change
        return {
            "before": _shown(self.before),
            "after": _shown(self.after),
            "change": "" if not change else formats.number(change // TENTHS, signed=True),
        }


@dataclass(frozen=True)
class RecordLine:
    """What one look back of the record says, counts first."""

    lead: int
    sentence: str
    flagged: str
    why: Why


def _shown(value: int | None) -> str:
    return _("not known") if value is None else points(value)


def weights_now() -> HealthWeights:
    return HealthWeights.on(reporting_day())


def named(weights: Sequence[int]) -> list[tuple[Part, str, int]]:
    return [(part, part_name(part), weight) for part, weight in zip(PARTS, weights, strict=True)]


def versions() -> list[tuple[HealthWeights, list[tuple[Part, str, int]]]]:
    """All that were adopted, the newest first."""
    rows = HealthWeights.objects.select_related("by")
    return [(row, named(row.weights)) for row in rows]


def trials(weights: Sequence[int]) -> list[Trial]:
    """The ten largest accounts with a number, for directors; the same queries for any weights."""
    rows = Health.objects.exclude(score=None).filter(account__score__counts_with=None)
    ids = list(rows.order_by("-account__score__revenue", "pk").values_list("pk", flat=True)[:SHOWN])
    if not ids:
        return []
    found = sheet(reporting_day(), ids)
    earlier = stored(found.book).earlier(found.book.number)
    before = score.scores(found.values, weights_now().weights, found.capped, earlier)
    after = score.scores(found.values, list(weights), found.capped, earlier)
    accounts = Account.objects.in_bulk(ids)
    place = {int(pk): at for at, pk in enumerate(found.book.ids)}
    return [
        Trial(
            account=accounts[pk],
            before=_known(before.score[place[pk]]),
            after=_known(after.score[place[pk]]),
            confidence=int(after.confidence[place[pk]]),
        )
        for pk in ids
        if pk in place
    ]


def _known(value) -> int | None:
    return None if value == UNKNOWN else int(value)


def record_lines() -> tuple[HealthRecord | None, list[RecordLine]]:
    """The newest record in sentences; one query."""
    row = HealthRecord.objects.first()
    if row is None:
        return None, []
    found = [Record(**figures) for figures in row.leads.values()]
    return row, [_line(one) for one in sorted(found, key=lambda one: -one.lead)]


def history_begins() -> str:
    """Why there is no record yet."""
    day = first_day()
    if day is None:
        return _("The history of scores begins with the next night.")
    words = _(
        "The history of scores begins on %(day)s. After the first quarter that lies 60 days behind"
        " it, scores are held against what happened."
    )
    return words % {"day": formats.day(day)}


def _line(one: Record) -> RecordLine:
    n = formats.number
    gone = ngettext(
        "Of %(n)s account with a score %(lead)s days before, %(lost)s ordered nothing since and"
        " %(dropped)s at least 30 %% less than a year ago.",
        "Of %(n)s accounts with a score %(lead)s days before, %(lost)s ordered nothing since and"
        " %(dropped)s at least 30 %% less than a year ago.",
        one.n,
    ) % {"n": n(one.n), "lead": one.lead, "lost": n(one.lost), "dropped": n(one.dropped)}
    flagged = _(
        "%(flagged)s had been below %(cut)s: %(hits)s of them were right. %(found)s of %(gone)s"
        " losses had been seen."
    ) % {
        "flagged": n(one.flagged), "cut": FLAGGED // TENTHS, "hits": n(one.hits),
        "found": n(one.hits), "gone": n(one.gone),
    }  # fmt: skip
    return RecordLine(one.lead, gone, flagged, _why(one))


def _why(one: Record) -> Why:
    inputs = [("n", formats.number(one.n))]
    for label, share in ((_("Precision"), one.precision), (_("Recall"), one.recall)):
        inputs.append((label, formats.percent(share, 0) if share is not None else "—"))
    if one.auc is not None and one.auc_low is not None:
        both = {"auc": formats.number(round(one.auc, 2), 2),
                "low": formats.number(round(one.auc_low, 2), 2)}  # fmt: skip
        inputs.append(("AUC", _("%(auc)s, surely above %(low)s") % both))
    sentence = _(
        "AUC is the chance that a lost account had the lower score: 0.5 is a coin. Colours come"
        " only from a record that is surely better than that, with at least ten lost accounts."
    )
    return Why(sentence=sentence, inputs=tuple(inputs), rule=VERSION)
