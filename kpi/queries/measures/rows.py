"""The accounts behind a figure as a table and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Account
from common.money import UNITS, from_units
from kpi.queries.measures.behind import Behind, Parts, behind
from kpi.queries.measures.choice import Choice
from kpi.queries.measures.registry import Definition
from kpi.queries.measures.words import MEANS, MONEY_COUNTS
from kpi.rules.retention import Status
from people.models import User

SHOWN = 20
CHUNK = 5_000
PLAN = 0  # in the place of an account's number


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`account` None: what the reader may no longer open, put together, or the plan: `label`."""

    account: Account | None
    status: str
    numerator: int | Decimal
    denominator: int | Decimal | None
    label: str = ""


@dataclass(frozen=True)
class Table:
    """`total` counts accounts; sums are of all of them, whether shown or not."""

    heads: tuple[str, str]
    is_money: tuple[bool, bool]
    rows: list[AccountRow]
    total: int
    sums: AccountRow
    hidden: int

    @property
    def more(self) -> int:
        return self.total - len([row for row in self.rows if row.account])


def account_table(
    reader: User, definition: Definition, choice: Choice, most: int | None = SHOWN
) -> Table | None:
    """The largest first; a constant number of queries. None where there is nothing to list."""
    if choice.day is None:
        return None
    subject = choice.subject
    found = behind(definition.code, subject.scope, subject.key, choice.day)
    if found is None:
        return None
    order = sorted(found.parts, key=lambda pk: (*_weight(definition, found.parts[pk]), pk))
    seen = set(
        Account.objects.visible_to(reader).values_list("pk", flat=True)
        if not reader.is_director
        else order
    )
    listed = [pk for pk in order if pk in seen]
    hidden = [pk for pk in order if pk not in seen]
    rows = list(_rows(definition, found, listed[:most]))
    if found.plan:  # which asks nothing of a single account
        rows = [replace(row, denominator=None) for row in rows]
    if hidden:
        words = _("Accounts you may no longer open")
        rows.append(_together(definition, found.parts, hidden, label=words))
    plan = [0, found.plan]
    if found.plan:
        rows.append(_row(definition, None, "", plan, label=_("The plan to date")))
    heads = _heads(definition)
    return Table(
        heads=(heads[0].capitalize(), heads[1].capitalize()),
        is_money=money_columns(definition),
        rows=rows,
        total=len(listed),
        sums=_together(definition, {**found.parts, PLAN: plan}, [*order, PLAN]),
        hidden=len(hidden),
    )


def _weight(definition: Definition, part: list[int]) -> tuple[int, ...]:
    """Who did not stay is what one looks for; else the largest first."""
    if definition.code in ("retention", "coverage"):
        return (part[0],)
    if definition.has_interval:
        return (-part[0],)
    return tuple(-abs(number) for number in part[::-1])


def _heads(definition: Definition) -> tuple[str, str]:
    first, second = definition.columns if definition.columns[0] else definition.counts
    return str(first), _("revenue") if definition.code == "concentration" else str(second)


def money_columns(definition: Definition) -> tuple[bool, bool]:
    is_money = definition.code in MONEY_COUNTS
    return is_money, is_money or definition.code == "concentration"


def _rows(definition: Definition, found: Behind, ids: list[int]) -> Iterator[AccountRow]:
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        accounts = Account.objects.filter(pk__in=part).select_related("owner")
        accounts = accounts.only("name", "owner__name").in_bulk()
        for pk in part:
            if pk in accounts:
                yield _row(
                    definition, accounts[pk], status_words(found.status.get(pk)), found.parts[pk]
                )


def _row(
    definition: Definition, account: Account | None, status: str, part: list[int], label: str = ""
) -> AccountRow:
    first, second = (
        from_units(number) if is_money else _number(definition, number)
        for number, is_money in zip(part, money_columns(definition), strict=True)
    )
    has_second = bool(_heads(definition)[1])
    return AccountRow(account, status, first, second if has_second else None, label)


def _number(definition: Definition, number: int) -> int | Decimal:
    """Planned numbers may be parts of one; whole ones are told without a fraction."""
    if definition.code not in MEANS:
        return number
    return from_units(number) if number % UNITS else number // UNITS


def _together(definition: Definition, parts: Parts, ids: list[int], label: str = "") -> AccountRow:
    sums = [sum(parts[pk][column] for pk in ids) for column in (0, 1)]
    return _row(definition, None, "", sums, label)


def status_words(status: Status | None) -> str:
    return {
        Status.KEPT: _("kept"), Status.LOST: _("lost"), Status.NEW: _("new"),
        Status.REACTIVATED: _("came back"),
    }.get(status, "")  # fmt: skip


def header(definition: Definition, currency: str) -> list[str]:
    names = _heads(definition)
    columns = [_("Number"), _("Customer"), _("Manager"), _("In the two years")]
    for name, is_money in zip(names, money_columns(definition), strict=True):
        if name:
            words = name.capitalize()
            columns.append(f"{words}, {currency}" if is_money else words)
    return columns


def file_rows(table: Table) -> Iterator[list]:
    """Every account with what it adds; the columns' sums make the figure."""
    for row in table.rows:
        start = (
            [row.account.pk, row.account.name, row.account.owner.name if row.account.owner else ""]
            if row.account
            else ["", row.label, ""]
        )
        numbers = [row.numerator]
        if table.sums.denominator is not None:
            numbers.append(row.denominator)
        yield [*start, row.status, *numbers]
