"""What people decided over the rules: pins with their ends, criteria with their marks and ages."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from accounts.choices import AccountStatus
from accounts.models import Account, Criterion, CriterionMark, Pin
from accounts.queries.tier import Answer, key_on, tier_on
from common.i18n import pick
from people.models import User

SOON = timedelta(days=30)
OLD = timedelta(days=365)
MOST = 200


@dataclass(frozen=True, slots=True)
class PinRow:
    pin: Pin
    is_soon: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest mark of an account by a criterion; `mark` is None where nobody gave one."""

    criterion: Criterion
    mark: CriterionMark | None
    words: str
    is_old: bool
    scale: list[str]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    account: Account
    points: int
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Standing:
    """An account's tier and key as answers, and what people decided about it."""

    account: Account
    tier: Answer
    key: Answer
    pins: list[Pin]
    ended: list[Pin]
    marks: list[Mark]


def pins_in_force(user: User, day: date) -> list[PinRow]:
    """Those of accounts the reader may open, the ones that end first on top."""
    visible = Account.objects.visible_to(user)
    rows = Pin.objects.on(day).filter(account__in=visible).select_related("account", "by")
    ordered = rows.order_by(F("valid_to").asc(nulls_last=True), "pk")
    return [PinRow(pin, bool(pin.valid_to and pin.valid_to - day <= SOON)) for pin in ordered]


def visible_pin(user: User, pk: int) -> Pin | None:
    visible = Account.objects.visible_to(user)
    return Pin.objects.filter(account__in=visible, pk=pk).select_related("account").first()


def criteria_matrix(user: User, day: date) -> tuple[list[Criterion], list[MatrixRow]]:
    """Accounts that have marks, by points; at most MOST, which is far beyond what people mark."""
    criteria = list(Criterion.objects.filter(is_active=True))
    newest = _newest(CriterionMark.objects.filter(account__in=_open_to(user), day__lte=day))
    accounts = Account.objects.in_bulk({pk for pk, _criterion in newest})
    rows = []
    for account in accounts.values():
        marks = [_mark(c, newest.get((account.pk, c.pk)), day) for c in criteria]
        points = sum(m.mark.mark * m.criterion.weight for m in marks if m.mark)
        rows.append(MatrixRow(account, points, marks))
    rows.sort(key=lambda row: (-row.points, row.account.name))
    return criteria, rows[:MOST]


def account_standing(user: User, account: Account, day: date) -> Standing:
    """For the account's page; the caller has checked that the reader may open the account."""
    criteria = list(Criterion.objects.filter(is_active=True))
    newest = _newest(CriterionMark.objects.filter(account=account, day__lte=day))
    pins = list(account.pins.select_related("by"))
    return Standing(
        account=account,
        tier=tier_on(account, day, user),
        key=key_on(account, day),
        pins=[pin for pin in pins if pin.valid_from <= day and not _ended(pin, day)],
        ended=[pin for pin in pins if _ended(pin, day)],
        marks=[_mark(c, newest.get((account.pk, c.pk)), day) for c in criteria],
    )


def scale_words(criterion: Criterion) -> list[str]:
    """The scale's words in the reader's language, from 0 up."""
    return [pick(words) for words in criterion.scale]


def _open_to(user: User):
    return Account.objects.visible_to(user).exclude(status=AccountStatus.MERGED)


def _ended(pin: Pin, day: date) -> bool:
    return pin.valid_to is not None and pin.valid_to <= day


def _newest(marks) -> dict[tuple[int, int], CriterionMark]:
    ordered = marks.select_related("by").order_by("day", "pk")
    return {(mark.account_id, mark.criterion_id): mark for mark in ordered}


def _mark(criterion: Criterion, mark: CriterionMark | None, day: date) -> Mark:
    scale = scale_words(criterion)
    words = scale[mark.mark] if mark and mark.mark < len(scale) else ""
    return Mark(criterion, mark, words, bool(mark and day - mark.day > OLD), scale)
