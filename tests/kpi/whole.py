"""A small book of which every part of the night writes something, and all that they write."""

import datetime as dt
from decimal import Decimal

from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    Contact,
    DirtyAccount,
    KeySpan,
    Position,
    Scoring,
    ShownHealth,
    Tie,
    TierSpan,
    Touchpoint,
)
from common.jobs import silent
from kpi import jobs
from kpi.models import (
    Alert,
    Backtest,
    CorrectedAccount,
    Health,
    HealthDay,
    HealthRecord,
    Judgement,
    KeptCourse,
    KeptSums,
    PortfolioDay,
    Reading,
    ReadingDay,
)
from kpi.queries.periods.kept import told
from people.models import User
from tests.cast import make_cast
from tests.kpi import facts
from tests.kpi.books import make_policy
from tests.kpi.facts import make_day
from tests.kpi.warned import days, make_buyer

FIRST, SECOND = dt.date(2026, 2, 27), dt.date(2026, 3, 1)
FACTS = (AccountDay, DirtyAccount)
KEPT = (KeptSums, KeptCourse, CorrectedAccount)  # made from the facts, for the next night
WRITTEN = (
    Scoring, AccountScore, TierSpan, KeySpan, PortfolioDay, Health, HealthDay, HealthRecord,
    ShownHealth, Alert, Reading, ReadingDay, Backtest, KeptSums, KeptCourse, CorrectedAccount,
)  # fmt: skip
LEARNT = {
    "intercept": 0.2, "weights": [-0.8, 0.6, 0.1], "means": [3, 2, 5], "spreads": [1, 1, 1]
}  # fmt: skip
ROWS = {
    Health: (
        "account", "as_of", "score", "mean", "confidence", "known", "ceiling", "cap", "was_mean",
    ),
    HealthDay: ("account", "day", "score", "confidence", "cap"),
    ShownHealth: ("account", "points", "confidence"),
    HealthRecord: ("day", "leads", "red", "amber"),
    Alert: (
        "account", "cause", "level", "since", "raised_on", "red_on", "seen_on", "cleared_on", "why",
        "stake", "data",
    ),
    Reading: ("day", "is_restated", "code", "scope", "key", "numerator", "denominator", "value"),
    ReadingDay: ("day", "digest", "closed"),
    Backtest: ("as_of", "shown", "reason", "learnt"),
    CorrectedAccount: ("account_id", "since"),
    KeptCourse: ("day", "version", "packed"),
}  # fmt: skip


def make_book() -> list[Account]:
    """Eight customers with a rhythm; the days of `before_first` are theirs."""
    cast = make_cast()
    make_policy()
    owners = (cast.karl, cast.kim)
    accounts = [make_buyer(f"Firm {n}", owner=owners[n % 2], orders=0) for n in range(8)]
    for account in accounts:
        _make_known(account, cast.karl)
    return accounts


def _make_known(account: Account, user: User) -> None:
    """Well enough that its health is a number: somebody of theirs, and how we see it."""
    contact = Contact.objects.create(name=f"Person of {account.name}")
    Position.objects.create(account=account, contact=contact, valid_from=FIRST - days(900))
    Tie.objects.create(
        account=account, contact=contact, energy=12, as_of=FIRST, half_life=45, touchpoints=1
    )
    at = dt.datetime.combine(FIRST, dt.time(10), tzinfo=dt.UTC)
    Touchpoint.objects.create(
        account=account, at=at, state="done", direction="both", channel="call", author=user
    )
    Judgement.objects.create(account=account, value=75, day=FIRST, by=user)


def before_first(accounts: list[Account]) -> None:
    """A ledger of three years; two have fallen silent, one was lost a year ago."""
    for model in (*WRITTEN, *FACTS, *KEPT):
        model.objects.all().delete()
    for number, account in enumerate(accounts):
        silent_for = {5: 80, 6: 45, 7: 500}.get(number, 5)
        for order in range(24):
            gap = order * (20 + number) + (order % 3)
            make_day(account, FIRST - days(silent_for + gap), Decimal(100 * 2**number))
    make_day(accounts[0], FIRST - days(1_200), Decimal(1))


def before_second(accounts: list[Account]) -> None:
    """A night was done; then a silent one ordered, another fell silent, an old day was corrected.

    A chance is told from now on, as after a quarter that allowed it.
    """
    before_first(accounts)
    night(FIRST)
    Backtest.objects.update(shown="logistic", reason="shown", learnt={"logistic": LEARNT})
    make_day(accounts[5], SECOND, Decimal(700))
    DirtyAccount.objects.create(account=accounts[5], since=SECOND)
    correct(accounts[1])


def correct(account: Account) -> None:
    row = AccountDay.objects.filter(account=account).order_by("day")[12]
    AccountDay.objects.filter(pk=row.pk).update(net=9_000, positive=9_000)
    DirtyAccount.objects.update_or_create(
        account=account, defaults={"since": row.day, "claimed": False}
    )


def night(day: dt.date) -> dict:
    return jobs.recompute(silent, as_of=day.isoformat())


def digest() -> dict:
    """Everything the whole night writes, in an order of its own."""
    found = {
        model.__name__: sorted(plain(row) for row in model.objects.values_list(*names))
        for model, names in ROWS.items()
    }
    found["KeptSums"] = sorted(summed(row) for row in KeptSums.objects.all())
    return {**facts.digest(), **found}


def summed(row: KeptSums) -> str:
    """Whether packed anew or patched: that depends on how far a night came that was killed."""
    kept = told(row)
    tables = [sorted(rows.tolist()) for rows in kept.tables().values()]
    return str((row.day, row.version, *tables))


def plain(row: tuple) -> str:
    """The same words of the same row on both engines: PostgreSQL gives bytes as a view of them."""
    return str(tuple(bytes(one) if isinstance(one, memoryview) else one for one in row))


def assert_same(clean: dict, when: str) -> None:
    """What was written is what `clean`, a digest, says; the first table that is not is named."""
    found = digest()
    for name, rows in clean.items():
        assert found[name] == rows, f"{name}, {when}"
