"""Small histories at random: invoices, credits, late lines and corrections come in files; customers
and people change hands on any day, a customer may be merged into another or roll up to it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from accounts.commands.ledger_undo import undo_import
from accounts.models import Account, Assignment, DirtyAccount, ExternalId, Segment, Source
from common.models import Import
from people.models import Membership, Team
from tests.accounts.books import bring
from tests.cast import make_account, make_cast
from tests.field import make_touchpoint
from tests.kpi.books import make_policy
from tests.stories.clock import NOON, at

DAY = dt.date(2026, 3, 17)  # in the middle of a month: each window begins and ends within one
BEGUN = dt.date(2020, 1, 2)
CUSTOMERS, PEOPLE, LINES = 4, 3, ("Boxes", "Film", "Tape")
EDGES = (0, 1, 16, 17, 364, 365, 366, 381, 382, 729, 730, 731, 1095, 1096, 1461, 1826)

ago = st.one_of(st.sampled_from(EDGES), st.integers(0, 1200))
customer = st.integers(0, CUSTOMERS - 1)
cents = st.integers(-20_000, 90_000)
costs = st.sampled_from(("", "0.07", "31.10"))
# Invoices carry numbers of which few are drawn, so that credit notes find theirs.
line = st.tuples(customer, ago, cents, st.integers(0, 3), st.sampled_from(LINES), costs)
lines = st.lists(line, min_size=1, max_size=16)
spans = st.dictionaries(ago, st.integers(0, PEOPLE), max_size=3)


@dataclass(frozen=True)
class Drawn:
    """`held`: of each customer who took it how many days ago, 0 is nobody; `teams` likewise of each
    person. `talks`: whom somebody met when. `late`: lines that a night has not seen yet, `changed`:
    what earlier lines come to then. `undone`: lines of a file that is taken back. `kin`: what the
    last customer is to the first."""

    lines: list[tuple]
    held: list[dict[int, int]]
    teams: list[dict[int, int]]
    talks: list[tuple[int, int]]
    late: list[tuple]
    changed: list[int]
    undone: list[tuple]
    kin: str


def groups_of(size: int) -> st.SearchStrategy:
    return st.lists(spans, min_size=size, max_size=size)


histories = st.builds(
    Drawn, lines=lines, held=groups_of(CUSTOMERS), teams=groups_of(PEOPLE),
    talks=st.lists(st.tuples(customer, ago), max_size=3), late=st.lists(line, max_size=3),
    changed=st.lists(cents, max_size=3), undone=st.lists(line, max_size=2),
    kin=st.sampled_from(("none", "merged", "child")),
)  # fmt: skip


def day_of(ago: int) -> dt.date:
    return DAY - dt.timedelta(days=ago)


class Firm:
    """The company of a history, before its nights: customers known by their numbers, its ledger
    begun long ago by somebody else."""

    def __init__(self):
        self.cast = make_cast()
        self.people = [self.cast.karl, self.cast.kim, self.cast.lena]
        make_policy()
        source = Source.objects.create(name="erp")
        segments = [Segment.objects.create(code="x"), Segment.objects.create(code="y"), None, None]
        self.customers = []
        for number in range(CUSTOMERS):
            account = make_account(f"Customer {number}", segment=segments[number])
            ExternalId.objects.create(account=account, source=source, value=f"C{number}")
            self.customers.append(account)
        bring(*(f"X,{BEGUN},1.00,X{one},1,P{one},{one},EUR," for one in LINES))

    def live(self, history: Drawn) -> None:
        """All that was before the first night."""
        self.hand_round(history)
        self.relate(history.kin)
        self.bring(rows(history.lines))
        for customer, days in history.talks:
            self.talk(customer, days)

    def hand_round(self, history: Drawn) -> None:
        for account, held in zip(self.customers, history.held, strict=True):
            for taken, first, until in stretches(held):
                Assignment.objects.create(
                    account=account, user=self.people[taken - 1], role="owner", valid_from=first,
                    valid_to=until,
                )  # fmt: skip
        teams = list(Team.objects.order_by("pk"))
        Membership.objects.all().delete()
        for user, joined in zip(self.people, history.teams, strict=True):
            for number, first, until in stretches(joined):
                team = teams[number % len(teams)]
                Membership.objects.create(user=user, team=team, valid_from=first, valid_to=until)

    def relate(self, kin: str) -> None:
        first, *_others, last = self.customers
        linked = {"merged": {"merged_into": first}, "child": {"parent": first, "rolls_up": True}}
        if kin in linked:
            Account.objects.filter(pk=last.pk).update(**linked[kin])
            DirtyAccount.objects.touch([first.pk, last.pk])

    def talk(self, customer: int, days: int) -> None:
        make_touchpoint(
            self.customers[customer], state="done", direction="both", author=self.cast.karl,
            at=dt.datetime.combine(day_of(days), NOON, dt.UTC),
        )  # fmt: skip

    def be_late(self, history: Drawn) -> None:
        """What comes after a night."""
        if found := [*corrected(history), *added(history)]:
            self.bring(found)

    def bring(self, found: list[str]) -> Import:
        with at(DAY, NOON):
            return bring(*found)

    def bring_in_vain(self, history: Drawn, meanwhile: Callable[[], None]) -> None:
        """A file comes and is taken back."""
        if found := [row(f"U{number}", one) for number, one in enumerate(history.undone)]:
            batch = self.bring(found)
            meanwhile()
            undo_import(import_id=batch.pk)


def stretches(taken: dict[int, int]) -> list[tuple[int, dt.date, dt.date | None]]:
    """Who, the first day, the first day of the next; nobody (0) is left out."""
    starts = sorted(taken, reverse=True)
    ends = [*starts, None][1:]
    return [
        (taken[start], day_of(start), None if end is None else day_of(end))
        for start, end in zip(starts, ends, strict=True)
        if taken[start]
    ]


def rows(found: list[tuple]) -> list[str]:
    return [row(number, one) for number, one in enumerate(found)]


def corrected(history: Drawn) -> list[str]:
    """Other amounts of the first lines."""
    changed = zip(history.lines, history.changed, strict=False)
    return rows([(*one[:2], cents, *one[3:]) for one, cents in changed])


def added(history: Drawn) -> list[str]:
    return [row(f"L{number}", one) for number, one in enumerate(history.late)]


def row(number: int | str, one: tuple) -> str:
    customer, ago, cents, document, line, cost = one
    amount = f"{cents / 100:.2f}"
    return (
        f"C{customer},{day_of(ago)},{amount},D{customer}-{document},{number},P{line},{line},EUR,"
        f"{cost}"
    )
