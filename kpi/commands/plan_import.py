"""A plan from a file: every row is good and a draft is made of it, or nothing is."""

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.commands.contact_known import Accounts
from common import imports
from common.money import from_units, to_units
from common.reading import detect
from common.reading.errors import REASONS, FileUnusable, Reject, Rejected
from common.reading.guess import folded
from common.reading.rows import open_rows
from kpi.choices import PlanMeasure
from kpi.commands.plan import create_draft, only_the_director
from kpi.models import PlanLine, PlanVersion
from kpi.queries.plans.beginning import COIN, season_until
from kpi.rules import plan as rule
from kpi.rules import plan_rows as rows
from people.choices import Role
from people.models import User

MOST_ROWS, MOST_BYTES = 20_000, 5 * 1024 * 1024
UNIT = 10_000
FIELDS = {
    rows.MANAGER: gettext_lazy("Manager"),
    rows.EMAIL: gettext_lazy("E-mail"),
    rows.ACCOUNT: gettext_lazy("Account"),
    rows.MEASURE: gettext_lazy("Measure"),
    rows.PERIOD: gettext_lazy("Month"),
    rows.VALUE: gettext_lazy("Value"),
}
WORDS = {
    "no_such_manager": gettext_lazy(
        "Nobody who sells has this name or address. Write the e-mail they sign in with."
    ),
    "several_managers": gettext_lazy("Several people have this name. Write the e-mail instead."),
    "unknown_measure": gettext_lazy(
        "This is no measure of a plan. Write sales, active, new or width."
    ),
    "not_a_period": gettext_lazy("This is no month or year. Write it like 2027-03 or 2027."),
    "other_year": gettext_lazy("Most rows plan another year. Bring one file for each year."),
    "account_measure": gettext_lazy(
        "Only sales are planned account by account. Empty the account, or plan sales."
    ),
    "twice": gettext_lazy("This is planned by a row above already. Leave one of them out."),
    "value_negative": gettext_lazy("A plan is not below zero. Write zero or leave the row out."),
    "value_large": gettext_lazy("The value is above one trillion. Check the decimal mark."),
    "value_decimals": gettext_lazy(
        "Customers are whole numbers, width has two decimals at most, sales four. Round it."
    ),
}


@dataclass
class Reading:
    """What a file says: lines of a draft, or why rows were set aside."""

    year: int = 0
    rows: int = 0
    lines: list[PlanLine] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def reason(code: str) -> str:
    """What is wrong and what to do, in words for a person."""
    return str(WORDS.get(code) or REASONS[code])


def import_plan(
    *, actor: User, chunks: Iterable[bytes], filename: str
) -> tuple[PlanVersion | None, Reading]:
    """A draft of everything in the file; no draft where a row was set aside.

    FileUnusable where it is no table, RuleBroken where there is a draft of the year already.
    """
    only_the_director(actor)
    folder = imports.new_folder()
    try:
        path, size, _digest = imports.keep(chunks, folder)
        if size > MOST_BYTES:
            raise FileUnusable("too_large", _("The file is above 5 MB. A plan is smaller."))
        found = read_plan(path, actor=actor)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if found.rejects:
        return None, found
    name = filename[:200]
    version = create_draft(
        actor=actor, year=found.year, lines=found.lines, how="file",
        note=_("From the file %(name)s") % {"name": name},
    )  # fmt: skip
    return version, found


def read_plan(path: Path, *, actor: User) -> Reading:
    read, rejects = _rows(path)
    found = Reading(rows=len(read) + len(rejects), rejects=rejects)
    if not read:
        return found
    found.year = Counter(row.year for row in read).most_common(1)[0][0]
    people, accounts = _People(), Accounts(actor)
    planned: set[tuple] = set()
    season = season_until(found.year) if any(row.month is None for row in read) else rule.EVEN
    for row in read:
        try:
            found.lines += _lines(row, found.year, people, accounts, planned, season)
        except Rejected as rejected:
            value = str(getattr(row, rejected.field, ""))[:200]
            found.rejects.append(Reject(row.row, rejected.field, rejected.code, value))
    found.rejects.sort(key=lambda one: one.row)
    return found


def _rows(path: Path) -> tuple[list[rows.PlanRow], list[Reject]]:
    layout = detect.detect(path)
    columns = rows.columns_of(layout.columns)
    if not (
        {rows.PERIOD, rows.VALUE} <= columns.keys() and {rows.MANAGER, rows.EMAIL} & set(columns)
    ):
        raise FileUnusable(
            "unmapped",
            _("The first row must name the columns: manager or e-mail, measure, month and value."),
        )
    reader = rows.RowReader(columns, measures=measure_words(), decimal=layout.decimal)
    read, rejects = [], []
    with open_rows(detect.readable(path, layout), layout) as lines:
        for number, cells in lines:
            if len(read) + len(rejects) >= MOST_ROWS:
                raise FileUnusable(
                    "too_many", _("The file has more than 20,000 rows. Split it by year.")
                )
            try:
                read.append(reader.read(number, cells))
            except Rejected as rejected:
                value = reader.value(rejected.field, cells)[:200]
                rejects.append(Reject(number, str(rejected.field), rejected.code, value))
    return read, rejects


def measure_words() -> dict[str, str]:
    """Codes and their names in every language."""
    found = {one.value: one.value for one in PlanMeasure}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {folded(str(one.label)): one.value for one in PlanMeasure}
    return found


class _People:
    """Those who sell, by e-mail and by name."""

    def __init__(self):
        sellers = User.objects.active().filter(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
        self.by_email: dict[str, int] = {}
        self.by_name: dict[str, set[int]] = {}
        for pk, email, name in sellers.values_list("pk", "email", "name"):
            self.by_email[email.casefold()] = pk
            self.by_name.setdefault(folded(name), set()).add(pk)

    def find(self, row: rows.PlanRow) -> int:
        for text in (row.email, row.manager):
            if text.casefold() in self.by_email:
                return self.by_email[text.casefold()]
        found = set() if row.email else self.by_name.get(folded(row.manager), set())
        if len(found) != 1:
            code = "several_managers" if found else "no_such_manager"
            raise Rejected(code, rows.EMAIL if row.email else rows.MANAGER)
        return next(iter(found))


def _lines(
    row: rows.PlanRow, year: int, people: _People, accounts: Accounts, planned: set[tuple],
    season: rule.Season,
) -> list[PlanLine]:  # fmt: skip
    if row.year != year:
        raise Rejected("other_year", rows.PERIOD)
    user = people.find(row)
    account = accounts.find(row.account) if row.account else None
    months = [row.month] if row.month else list(range(1, rule.MONTHS + 1))
    keys = {(user, account and account.pk, row.measure, month) for month in months}
    if keys & planned:
        raise Rejected("twice", rows.PERIOD)
    planned |= keys
    values = [row.value] if row.month else _phased(row, season)
    return [
        PlanLine(user_id=user, account=account, measure=row.measure, month=month, value=value)
        for month, value in zip(months, values, strict=True)
    ]


def _phased(row: rows.PlanRow, season: rule.Season) -> list:
    """A year's sum by the season; of customers and width every month is asked for the same."""
    if row.measure not in rule.SUMMED:
        return [row.value] * rule.MONTHS
    step = COIN if row.measure == PlanMeasure.SALES else UNIT
    return [from_units(part) for part in rule.phase(to_units(row.value), season, step=step)]
