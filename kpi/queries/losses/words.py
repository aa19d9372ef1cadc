"""The losses in words, as a chart and as a file."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import charts, formats
from kpi.queries.losses.page import LossPage

MOST = 0.8


def chart(page: LossPage, currency: str) -> dict:
    """Lost customers as a Pareto chart: the largest first, and the running share."""
    data = charts.pareto(
        [
            {
                "name": loss.account.name, "value": loss.base, "share": loss.share,
                "running": loss.running, "tier": loss.tier,
                "url": f"/accounts/{loss.account.pk}/",
            }
            for loss in page.losses
        ],
        cuts=_most(page),
        currency=currency,
    )  # fmt: skip
    data["words"] |= {
        "axis": _("lost customers"),
        "value": _("Revenue of the base year"),
        "columns": _("Lost customers in order; arrow keys move"),
        "empty": _("Nobody was lost"),
    }
    return data


def _most(page: LossPage) -> list[dict]:
    """Where the first four fifths of the loss end."""
    few = 1 + sum(loss.running < MOST for loss in page.losses)
    words = ngettext("%(count)s customer, %(share)s", "%(count)s customers, %(share)s", few)
    share = formats.percent(MOST)
    title = words % {"count": formats.number(few), "share": share}
    return [{"key": share, "share": MOST, "title": title, "note": _("of the lost revenue")}]


def finding(page: LossPage, currency: str) -> str:
    figures = page.figures
    if figures.churn is None:
        return _("There is no base year to compare with")
    if not figures.lost:
        return _("Nobody who bought in the year before was lost")
    return ngettext(
        "%(lost)s of %(base)s customers was lost, with %(amount)s a year",
        "%(lost)s of %(base)s customers were lost, with %(amount)s a year",
        figures.lost,
    ) % {
        "lost": formats.number(figures.lost),
        "base": formats.number(figures.judged),
        "amount": formats.money_short(page.churned, currency),
    }


def sentence(page: LossPage) -> str:
    """Who makes half of the lost revenue or more: where a second look pays."""
    if not page.losses:
        return ""
    half = 1 + sum(loss.running < 0.5 for loss in page.losses)
    return ngettext(
        "One customer makes up %(share)s of the lost revenue.",
        "%(count)s customers make up %(share)s of the lost revenue.",
        half,
    ) % {
        "count": formats.number(half),
        "share": formats.percent(page.losses[half - 1].running),
    }


def header(currency: str) -> list[str]:
    return [
        _("Customer"),
        _("Manager"),
        _("Tier a year ago"),
        _("Revenue of the base year, %(currency)s") % {"currency": currency},
        _("Share of the loss"),
        _("Last order"),
        _("Reason"),
        _("Changed hands within 90 days"),
    ]


def file_rows(page: LossPage) -> Iterator[list]:
    for loss in page.losses:
        yield [
            loss.account.name,
            loss.owner.name if loss.owner else "",
            "" if loss.tier == "N" else loss.tier,
            loss.base,
            round(loss.share, 6),
            loss.last_order,
            loss.reason,
            loss.hands,
        ]
