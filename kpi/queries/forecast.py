"""Does our history predict losses? What trying the forecast on the past found, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AccountScore, Scoring
from common import charts, formats
from common.models import Job
from common.why import Why
from kpi.models import Backtest
from kpi.queries.backtest import against_what_happened
from kpi.rules import chance as rules
from kpi.rules.chance import Figures, Trial

JOB_KEY = "backtest"
WORDS = {
    rules.BG_NBD: gettext_lazy("Pace of orders and last order (BG/NBD)"),
    rules.LOGISTIC: gettext_lazy("Silence, number of orders and age"),
    rules.RECENCY: gettext_lazy("Days since the last order alone"),
    rules.OWN_RHYTHM: gettext_lazy("Alarm of the customer’s own rhythm"),
}
FIGURES = ("auc", "brier", "brier_skill", "precision", "recall", "false_alarm_rate", "n")


@dataclass(frozen=True, slots=True)
class Row:
    """One model in one quarter; `is_told`: its chances stand on the pages."""

    words: str
    figures: Figures
    is_told: bool
    is_alarm: bool

    @property
    def kept(self) -> int:
        return self.figures.n - self.figures.lost

    @property
    def wrong(self) -> int:
        return self.figures.alarms - self.figures.right


@dataclass(frozen=True, slots=True)
class Quarter:
    day: dt.date
    until: dt.date
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Forecast:
    """`chart` is None while no chances are shown; `told`: accounts that have a chance now; `job`
    runs or waits."""

    kept: Backtest
    verdict: str
    quarters: tuple[Quarter, ...]
    chart: dict | None
    finding: str
    told: int
    job: Job | None

    @property
    def is_shown(self) -> bool:
        return bool(self.kept.shown)

    @property
    def why(self) -> Why:
        return Why(
            sentence=_(
                "Every forecast knew only what was known on its day. Each tenth holds customers"
                " with three orders and more that had ordered within a year, of all quarters"
                " below; what was told is the average chance of the tenth, what happened is the"
                " share that ordered."
            ),
            inputs=(
                (_("Tried as of"), formats.day(self.kept.as_of)),
                (_("Account-dates of past quarters"), formats.number(self.kept.report["dates"])),
                (_("of them without an order"), formats.number(self.kept.report["lost"])),
            ),
            rule=self.kept.rule_version,
        )


def forecast() -> Forecast | None:
    """The last quarter tried before the scores' day: figures of the company, for directors."""
    as_of = Scoring.current().as_of
    tried = Backtest.objects.filter(as_of__lt=as_of) if as_of else Backtest.objects
    kept = tried.first()
    if kept is None:
        return None
    trials = [_trial(one) for one in kept.report["trials"]]
    bins = kept.report["deciles"].get(kept.shown, [])
    return Forecast(
        kept=kept,
        verdict=verdict(kept.reason, trials, kept.report["dates"], kept.report["lost"]),
        quarters=tuple(_quarter(one, kept) for one in reversed(trials)),
        chart=calibration(bins) if bins else None,
        finding=_finding(bins),
        told=AccountScore.objects.exclude(p_order=None).count(),
        job=waiting_job(),
    )


def waiting_job() -> Job | None:
    """The trial that somebody asked for and that has not ended."""
    found = Job.objects.filter(key=JOB_KEY).first()
    return None if found is None or found.is_finished else found


def _trial(kept: dict[str, Any]) -> Trial:
    groups = (
        {name: Figures(**figures) for name, figures in kept[group].items()}
        for group in ("everybody", "told")
    )
    return Trial(dt.date.fromisoformat(kept["day"]).toordinal(), *groups)


def _quarter(trial: Trial, kept: Backtest) -> Quarter:
    figures = {**trial.told, rules.OWN_RHYTHM: trial.everybody[rules.OWN_RHYTHM]}
    day = dt.date.fromordinal(trial.day)
    rows = (
        Row(str(WORDS[name]), figures[name], name == kept.shown, name == rules.OWN_RHYTHM)
        for name in rules.MODELS
        if name in figures
    )
    return Quarter(day, day + dt.timedelta(days=kept.horizon), tuple(rows))


def verdict(reason: str, trials: list[Trial], dates: int, lost: int) -> str:
    """Whether chances are told, and why not, in a sentence or two."""
    if reason == rules.SHORT:
        return ngettext(
            "Too early to tell: a forecast is tried on two past quarters whose outcome is known,"
            " and the ledger holds %(number)s. Until then no chances are shown.",
            "Too early to tell: a forecast is tried on two past quarters whose outcome is known,"
            " and the ledger holds %(number)s. Until then no chances are shown.",
            len(trials),
        ) % {"number": formats.number(len(trials))}
    if reason == rules.FEW:
        return _(
            "Too few customers to judge a forecast by: past quarters hold %(dates)s account-dates"
            " with %(lost)s that did not order; %(least_dates)s with %(least_lost)s are needed. No"
            " chances are shown."
        ) % {
            "dates": formats.number(dates),
            "lost": formats.number(lost),
            "least_dates": formats.number(rules.LEAST_DATES),
            "least_lost": formats.number(rules.LEAST_LOST),
        }
    if reason == rules.NO_SIGNAL:
        return _(
            "No signal: your order history does not predict lost accounts better than the average."
            " No chances are shown; the alarm of each customer’s own rhythm stays."
        )
    return _(
        "Your order history predicts who orders, better than the average in both of the last two"
        " quarters. Chances are shown for customers with three orders and more."
    )


def calibration(bins: list[list]) -> dict:
    """Columns of what happened with a line of what was told, a tenth each."""
    return {
        **charts.number_format(is_share=True, decimals=0),
        "columns": [
            {
                "letter": formats.number(number),
                "name": ngettext(
                    "%(tenth)s · %(count)s customer", "%(tenth)s · %(count)s customers", count
                )
                % {"tenth": formats.number(number), "count": formats.number(count)},
                "value": happened,
                "before": told,
                "tone": "",
            }
            for number, (count, told, happened) in enumerate(bins, 1)
        ],
        "words": {
            "when": _("Tenth, least likely first"),
            "now": _("Ordered"),
            "before": _("Forecast"),
            "points": _("Arrow keys move from tenth to tenth"),
            "unknown": _("not known"),
            "empty": _("Nothing to draw yet"),
        },
    }


def _finding(bins: list[list]) -> str:
    if not bins:
        return ""
    _count, told, happened = bins[0]
    return _("Of those least likely to order, %(told)s were forecast to and %(happened)s did") % {
        "told": formats.percent(told),
        "happened": formats.percent(happened),
    }


def tested(as_of: dt.date, horizon: int) -> dict:
    """The models of a day against what then happened, as plain JSON; None is not known."""
    report, trial = against_what_happened(as_of, horizon)
    found = trial.everybody if trial else {}
    return {
        "models": {
            name: {figure: getattr(found.get(name, Figures()), figure) for figure in FIGURES}
            for name in rules.MODELS
        },
        "shown": report.gate.shown,
        "verdict": verdict(report.gate.reason, list(report.trials), report.dates, report.lost),
    }
