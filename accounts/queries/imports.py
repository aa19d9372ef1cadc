"""What the import pages show: the list, the steps, the figures, the first rows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import ContactField, LedgerField
from accounts.models import Account, LedgerLine, Rate, Source
from common.choices import ImportState
from common.imports import MAPPABLE
from common.models import Import
from common.reading.errors import REASONS
from people.models import User

LEDGER, CONTACTS = "ledger", "contacts"
DONE = (ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE)
TONES = {
    ImportState.APPLIED: "pos",
    ImportState.FAILED: "dan",
    ImportState.RUNNING: "inf",
    ImportState.CHECKING: "inf",
    ImportState.UNDOING: "inf",
    ImportState.CHECKED: "cau",
    ImportState.MAPPED: "cau",
    ImportState.UPLOADED: "cau",
}


class Brought(NamedTuple):
    """What an app above brings: names of its fields, who sees it, what undo would do."""

    fields: type[TextChoices]
    sees: Callable[[User], bool]
    undo_effect: Callable[[Import], "Undo"]


OTHERS: dict[str, Brought] = {}


def register(
    kind: str,
    fields: type[TextChoices],
    *,
    sees: Callable[[User], bool],
    undo_effect: Callable[[Import], "Undo"],
) -> None:
    OTHERS[kind] = Brought(fields, sees, undo_effect)


def import_list(user: User) -> QuerySet[Import]:
    """Newest first; managers see the files of people that they brought."""
    if user.is_director or user.is_administrator:
        visible = Import.objects.visible_to(user).filter(kind__in=(LEDGER, CONTACTS))
        seen = Q(pk__in=visible.values("pk"))
    else:
        seen = Q(kind=CONTACTS, created_by=user)
    seen |= Q(kind__in=[kind for kind, brought in OTHERS.items() if brought.sees(user)])
    rows = Import.objects.filter(seen)
    return rows.select_related("created_by", "job").order_by("-pk")


@dataclass(frozen=True)
class Step:
    label: str
    url: str
    state: str


def import_steps(batch: Import, current: str) -> list[Step]:
    """Drop, read, map, preview, run, report; those behind can be returned to until it has run."""
    pages = (
        ("new", _("Choose a file"), ""),
        ("read", _("Read"), "ledger:import_read"),
        ("map", _("Columns"), "ledger:import_map"),
        ("preview", _("Preview"), "ledger:import_preview"),
        ("run", _("Run"), ""),
        ("report", _("Report"), ""),
    )
    place = [name for name, _label, _url in pages].index(current)
    steps = []
    for number, (name, label, url) in enumerate(pages):
        state = "done" if number < place else "current" if number == place else ""
        if name == current and batch.state == ImportState.FAILED:
            state = "failed"
        way = reverse(url, args=[batch.pk]) if url and batch.state in MAPPABLE else ""
        steps.append(Step(label, way, state))
    return steps


@dataclass(frozen=True)
class Reason:
    sentence: str
    field: str
    count: int


def reject_reasons(batch: Import) -> list[Reason]:
    """Why rows were set aside, the commonest first."""
    known = {LEDGER: LedgerField, CONTACTS: ContactField}
    fields = known.get(batch.kind) or OTHERS[batch.kind].fields
    labels = dict(fields.choices)
    reasons = [
        Reason(str(REASONS.get(code, code)), str(labels.get(field, "")), count)
        for code, fields in batch.counts.get("reasons", {}).items()
        for field, count in fields.items()
    ]
    return sorted(reasons, key=lambda reason: -reason.count)


def first_lines(batch: Import) -> list[dict]:
    """The first lines of a checked file as they will be read, with days and sums as values."""
    if batch.kind != LEDGER:
        return batch.preview.get("rows", [])
    return [
        row
        | {
            "day": dt.date.fromisoformat(row["day"]),
            "amount": Decimal(row["amount"]),
            "cost": None if row["cost"] is None else Decimal(row["cost"]),
        }
        for row in batch.preview.get("rows", [])
    ]


@dataclass(frozen=True)
class Undo:
    """What undo would do, in counts."""

    lines: int = 0
    restored: int = 0
    accounts: int = 0
    people: int = 0
    filled: int = 0


def undo_effect(batch: Import) -> Undo:
    if batch.kind in OTHERS:
        return OTHERS[batch.kind].undo_effect(batch)
    if batch.kind == CONTACTS:
        return Undo(people=batch.contacts.count(), filled=batch.fills.count())
    return Undo(
        lines=LedgerLine.objects.filter(batch=batch).count(),
        restored=LedgerLine.objects.filter(superseded_by=batch).count(),
        accounts=Account.objects.filter(brought_by=batch).count(),
    )


def source_names() -> list[str]:
    return list(Source.objects.order_by("name").values_list("name", flat=True))


def tone(batch: Import) -> str:
    return TONES.get(batch.state, "")


@dataclass(frozen=True)
class Waiting:
    """Lines of one currency that no rate reaches."""

    currency: str
    lines: int


def waiting_lines() -> list[Waiting]:
    """Live lines kept without a worth, by currency."""
    found: dict[str, int] = {}
    currencies = LedgerLine.objects.unconverted().order_by("currency").values_list("currency")
    for (currency,) in currencies.distinct():
        rows = LedgerLine.objects.live().unconverted().filter(currency=currency)
        found[currency] = rows.count()
    return [Waiting(currency, lines) for currency, lines in found.items() if lines]


def rates(currency: str = "") -> QuerySet[Rate]:
    rows = Rate.objects.order_by("currency", "-day")
    return rows.filter(currency=currency) if currency else rows
