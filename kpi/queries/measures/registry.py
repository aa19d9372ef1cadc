"""Every measure as data: the question it answers, how it is made, and what it does not say.

A changed formula gets a new version here; readings keep the version they were made by, and
`earlier` tells what it was. docs/measures.md lists the same, and a test holds the two together.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.dates import year_before
from kpi.choices import Better, Scope, Unit

PEOPLE = (Scope.COMPANY, Scope.TEAM, Scope.MANAGER)
SPLITS = (*PEOPLE, Scope.SEGMENT, Scope.TIER)
Words = str | Promise
ON_THE_DAY = _("On the day")
YEAR_TO_DATE = _("Year to date")


@dataclass(frozen=True, slots=True)
class Definition:
    """`counts` names numerator and denominator, `columns` those of the rows behind where they are
    others; `splits` are the groups it is read for; without
    `version` nothing records it yet, and `missing` says what it waits for.

    `needs_base`: it compares two years and is not told while the ledger holds less. `interval`:
    of a share of accounts, so that small numbers say how little they know. `in_words`: a judgement
    that is read and never drawn, compared or put in order.
    """

    code: str
    name: Words
    question: Words
    formula: Words
    unit: Unit
    better: Better
    version: str = ""
    counts: tuple[Words, Words] = ("", "")
    columns: tuple[Words, Words] = ("", "")
    period: Words = _("Trailing twelve months")
    caveat: Words = ""
    splits: tuple[Scope, ...] = SPLITS
    needs_base: bool = False
    has_interval: bool = False
    in_words: bool = False
    missing: Words = ""
    earlier: tuple[tuple[str, Words], ...] = ()

    def first_day(self, day: dt.date) -> dt.date:
        """Of the period that ends on `day`."""
        if self.period is ON_THE_DAY:
            return day
        if self.period is YEAR_TO_DATE:
            return day.replace(month=1, day=1)
        return year_before(day) + dt.timedelta(days=1)

    @property
    def is_recorded(self) -> bool:
        return bool(self.version)


BASE = _("The year before the trailing one is the base.")
ORDERS = _("Order business: who ordered in the base year and not since counts as lost.")

DEFINITIONS = (
    Definition(
        "revenue", _("Net revenue"), _("How much do customers buy?"),
        _("Invoices less credit notes and returns, by invoice date, in the company’s currency."),
        Unit.MONEY, Better.UP, "revenue-1", (_("net revenue"), ""),
        caveat=_("Counted for who owned the account on the invoice date. A team is that of the"
                 " owner on the last day."),
        splits=(*SPLITS, Scope.LINE),
    ),
    Definition(
        "growth", _("Growth of revenue"), _("Do customers buy more than a year ago?"),
        _("Net revenue less that of the year before, over that of the year before."),
        Unit.SHARE, Better.UP, "growth-1", (_("more or less than before"), _("revenue before")),
        caveat=_("New customers count too. Price increases are in it."), needs_base=True,
    ),
    Definition(
        "margin", _("Margin"), _("What is left of a sale when the goods are paid?"),
        _("Revenue less cost over revenue, of the lines whose cost is recorded."),
        Unit.SHARE, Better.UP, "margin-1", (_("margin"), _("revenue with a recorded cost")),
        caveat=_("Revenue without a recorded cost is left out and named beside it, not guessed."),
    ),
    Definition(
        "retention", _("Customers kept"), _("Who of last year’s customers still buys?"),
        _("Accounts that bought in the base year and in the trailing one, over those of the base"
          " year."),
        Unit.SHARE, Better.UP, "retention-1", (_("accounts kept"), _("accounts of the base year")),
        caveat=_("New and returning customers are not in it. With few accounts read the range, not"
                 " the rate."),
        needs_base=True, has_interval=True,
    ),
    Definition(
        "churn", _("Customers lost"), _("Who stopped buying?"),
        _("Accounts of the base year without a purchase in the trailing one, over those of the base"
          " year."),
        Unit.SHARE, Better.DOWN, "retention-1",
        (_("accounts lost"), _("accounts of the base year")),
        caveat=ORDERS, needs_base=True, has_interval=True,
    ),
    Definition(
        "contract-churn", _("Contracts lost"), _("Which contracts were not renewed?"),
        _("Contracts that ended without a successor over those in force at the start."),
        Unit.SHARE, Better.DOWN, missing=_("Contracts with their terms are not recorded yet."),
    ),
    Definition(
        "nrr", _("Revenue of last year’s customers"),
        _("Do the customers of last year buy more or less in all?"),
        _("Revenue of the base year’s accounts in the trailing year over their revenue in the base"
          " year (net revenue retention)."),
        Unit.SHARE, Better.UP, "retention-1", (_("their revenue now"), _("their revenue before")),
        caveat=_("New and returning customers are not in it. Price increases are."),
        needs_base=True,
    ),
    Definition(
        "grr", _("Revenue held"), _("How much of last year’s revenue was not lost?"),
        _("Of each account of the base year at most what it bought then, over what they bought then"
          " (gross revenue retention)."),
        Unit.SHARE, Better.UP, "retention-1", (_("revenue held"), _("their revenue before")),
        caveat=_("Misleads in order business, where every ordinary dip counts as a loss. Read"
                 " customers kept and lost revenue first."),
        needs_base=True,
    ),
    Definition(
        "lost-revenue", _("Revenue of lost customers"),
        _("How much money left with those who stopped buying?"),
        _("Revenue in the base year of the accounts that bought nothing in the trailing one."),
        Unit.MONEY, Better.DOWN, "retention-1", (_("revenue lost"), _("revenue of the base year")),
        caveat=ORDERS, needs_base=True,
    ),
    Definition(
        "new-revenue", _("New business"), _("How much comes from new and returning customers?"),
        _("Trailing year’s revenue of accounts that bought nothing in the base year."),
        Unit.MONEY, Better.UP, "retention-1", (_("new and returning revenue"), ""),
        caveat=BASE, needs_base=True,
    ),
    Definition(
        "services", _("Additional services"),
        _("What did customers begin to buy that they had not bought before?"),
        _("Pairs of account and service line with revenue in the trailing year, not bought in the"
          " 24 months before."),
        Unit.COUNT, Better.UP, "upsell-1", (_("additional services"), ""),
        caveat=_("Only of accounts of the base year; what a new customer buys is new business."),
        splits=(*SPLITS, Scope.LINE), needs_base=True,
    ),
    Definition(
        "cross-sell", _("Cross-sell"), _("How many customers began to buy something more?"),
        _("Accounts of the base year with an additional service over all accounts of the base"
          " year."),
        Unit.SHARE, Better.UP, "upsell-1",
        (_("accounts with an additional service"), _("accounts of the base year")),
        caveat=_("More services do not make a customer healthier by themselves."),
        needs_base=True, has_interval=True,
    ),
    Definition(
        "upsell", _("Growth in lines already bought"),
        _("How much more do customers buy of what they know?"),
        _("Growth of the accounts that grew, less the revenue of additional services."),
        Unit.MONEY, Better.UP, "upsell-1", (_("growth in known lines"), ""),
        caveat=_("List prices that rose are in it. Below zero where a new line replaced an old"
                 " one."),
        needs_base=True,
    ),
    Definition(
        "touchpoints", _("Contacts with customers"), _("How often do we speak with customers?"),
        _("Meetings, calls and letters in which both sides spoke, counted for who owned the account"
          " on that day."),
        Unit.COUNT, Better.NEITHER, "touchpoints-1", (_("contacts"), ""),
        caveat=_("Shown, never a quota: the weightiest matters are settled in few meetings."),
    ),
    Definition(
        "coverage", _("Rhythm kept"), _("Whom did we meet as often as agreed?"),
        _("Accounts whose last contact in which both sides spoke lies within their rhythm, over"
          " accounts that have one."),
        Unit.SHARE, Better.UP, "coverage-1",
        (_("accounts met in time"), _("accounts with a rhythm")),
        period=ON_THE_DAY,
        caveat=_("Kept since the first night that read it; earlier days are not known."),
        splits=PEOPLE, has_interval=True,
    ),
    Definition(
        "concentration", _("Equal customers"), _("On how many customers does the revenue rest?"),
        _("One over the sum of squared shares of revenue: as concentrated as so many customers of"
          " equal size."),
        Unit.COUNT, Better.UP, "concentration-1", (_("customers with revenue"), ""),
        caveat=_("Of accounts by their owner on the last day."), splits=(*PEOPLE, Scope.SEGMENT),
    ),
    Definition(
        "key-share", _("Share of key accounts"), _("How much of the revenue is with key accounts?"),
        _("Net revenue of the accounts that were key on the last day over all net revenue."),
        Unit.SHARE, Better.NEITHER, "key-share-1", (_("revenue of key accounts"), _("net revenue")),
        caveat=_("Of accounts by their owner on the last day."), splits=(*PEOPLE, Scope.SEGMENT),
    ),
    Definition(
        "plan-sales", _("Sales plan"), _("Does the revenue follow the plan?"),
        _("Revenue of the year to date over the plan to date, phased by the seasons."),
        Unit.SHARE, Better.UP, "plan-1", (_("revenue to date"), _("plan to date")),
        period=YEAR_TO_DATE, splits=(Scope.COMPANY, Scope.MANAGER),
        missing=_("There is no plan in force for this year."),
    ),
    Definition(
        "plan-active", _("Plan of active customers"), _("Do as many customers buy as planned?"),
        _("Accounts with an order, month by month, over those planned to date."),
        Unit.SHARE, Better.UP, "plan-1", (_("active customers"), _("planned")),
        columns=(_("months with an order"), _("planned")),
        period=YEAR_TO_DATE, splits=(Scope.COMPANY, Scope.MANAGER),
        missing=_("There is no plan in force for this year."),
    ),
    Definition(
        "plan-new", _("Plan of new customers"), _("Do as many new customers come as planned?"),
        _("Accounts with their first order in the year over those planned to date."),
        Unit.SHARE, Better.UP, "plan-1", (_("new customers"), _("planned")),
        period=YEAR_TO_DATE, splits=(Scope.COMPANY, Scope.MANAGER),
        missing=_("There is no plan in force for this year."),
    ),
    Definition(
        "plan-width", _("Plan of assortment width"),
        _("Do customers take as many service lines as planned?"),
        _("Service lines per active account over those planned."),
        Unit.SHARE, Better.UP, "plan-1", (_("service lines per account"), _("planned")),
        columns=(_("service lines, month by month"), _("planned")),
        period=YEAR_TO_DATE, splits=(Scope.COMPANY, Scope.MANAGER),
        missing=_("There is no plan in force for this year."),
    ),
    Definition(
        "assessment", _("Director’s assessment"), _("What does the director think of the work?"),
        _("The newest assessment of a manager in twelve months, as a word. Of a team and of the"
          " company: how many were judged as agreed or better."),
        Unit.COUNT, Better.NEITHER, "assessment-1",
        (_("judged as agreed or better"), _("managers assessed")),
        caveat=_("No average is made of it and nobody is ranked by it. Directors are left out."),
        splits=PEOPLE, in_words=True, missing=_("There is no assessment to show yet."),
    ),
    Definition(
        "settlement", _("Settlement discipline"), _("Do customers pay in time?"),
        _("Receivables past due over all receivables, by days past due."),
        Unit.SHARE, Better.DOWN, missing=_("Due dates and payments are not recorded yet."),
    ),
    Definition(
        "complaints", _("Complaints"), _("How often do customers complain with reason?"),
        _("Justified complaints of customers, and of our own departments beside them."),
        Unit.COUNT, Better.DOWN, missing=_("Complaints are not recorded yet."),
    ),
    Definition(
        "paperwork", _("Paperwork"), _("Are reports and documents right and in time?"),
        _("Documents that were complete on their day over those due."),
        Unit.SHARE, Better.UP, missing=_("Documents with a day they are due are not recorded yet."),
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in DEFINITIONS}
RECORDED = tuple(one for one in DEFINITIONS if one.is_recorded)
