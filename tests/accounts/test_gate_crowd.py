"""Many at once hand over, assign, merge and lock: nobody sees a deadlock, no key account is lost.

On PostgreSQL locks meet; SQLite lets one wait for the other (tests/races.py).
"""

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.commands.assignment import (
    assign_account,
    assign_accounts,
    end_assignment,
    undo_assign_accounts,
)
from accounts.commands.control import end_control, take_control, undo_control
from accounts.commands.gate import end_override, keep_gate, sweep_overrides
from accounts.commands.merge import merge_accounts, undo_merge
from accounts.models import Account, Assignment, Control, GateOverride, Merge
from accounts.queries.gate import breaches
from common.errors import RuleBroken
from people.commands.employment import set_employment
from people.models import Event, User, company_day
from tests.cast import Cast, make_account, make_cast, make_user
from tests.gate import employ, let_through, make_key

REFUSED = (RuleBroken, ObjectDoesNotExist, IntegrityError)


class Crowd:
    """Random acts on the same few accounts and people."""

    def __init__(self, cast: Cast, seed: int):
        self.dice, self.dora = random.Random(seed), cast.dora
        self.people = list(User.objects.filter(role_grants__role="kam").order_by("pk"))
        self.accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True))
        self.outcomes: Counter[str] = Counter()

    @property
    def acts(self) -> list[Callable[[], object]]:
        return [
            self.assign, self.assign, self.assign_many, self.undo_many, self.end, self.merge,
            self.merge, self.part, self.control, self.end_control, self.grade, self.override,
            self.tick,
        ]  # fmt: skip

    def run(self, rounds: int) -> None:
        for _round in range(rounds):
            act = self.dice.choice(self.acts)
            try:
                act()
                self.outcomes["done"] += 1
            except REFUSED as error:
                self.outcomes[type(error).__name__] += 1
            except Exception as error:
                self.outcomes[f"WRONG {type(error).__name__}: {error}"] += 1
        connection.close()

    def one(self) -> int:
        return self.dice.choice(self.accounts)

    def person(self) -> User:
        return self.dice.choice(self.people)

    def assign(self) -> None:
        role = self.dice.choice(["owner", "owner", "deputy"])
        assign_account(
            actor=self.dora, account_id=self.one(), user=self.person(), role=role,
            start=company_day(),
        )  # fmt: skip

    def assign_many(self) -> None:
        ids = self.dice.sample(self.accounts, 5)
        assign_accounts(
            actor=self.dora, account_ids=ids, user=self.person(), role="owner", start=company_day()
        )

    def undo_many(self) -> None:
        events = Event.objects.filter(verb="user.bulk_assigned").values_list("pk", flat=True)
        undo_assign_accounts(actor=self.dora, event_id=self.dice.choice([*events, 0]))

    def end(self) -> None:
        row = Assignment.objects.today().filter(account=self.one()).first()
        end_assignment(actor=self.dora, assignment_id=row.pk if row else 0, day=company_day())

    def merge(self) -> None:
        survivor, absorbed = self.dice.sample(self.accounts, 2)
        merge_accounts(actor=self.dora, survivor_id=survivor, absorbed_id=absorbed)

    def part(self) -> None:
        rows = Merge.objects.filter(undone_at=None).values_list("pk", flat=True)
        undo_merge(actor=self.dora, merge_id=self.dice.choice([*rows, 0]))

    def control(self) -> None:
        take_control(actor=self.dora, account_id=self.one(), director=self.dora, reason="crowd")

    def end_control(self) -> None:
        rows = Control.objects.filter(ended_at=None).values_list("pk", flat=True)
        chosen = self.dice.choice([*rows, 0])
        if self.dice.random() < 0.5:
            end_control(actor=self.dora, control_id=chosen, outcome="kept")
        else:
            undo_control(actor=self.dora, control_id=chosen)

    def grade(self) -> None:
        set_employment(
            actor=self.dora, user=self.person(), day=company_day(),
            grade=self.dice.choice([1, 2, 3]), on_probation=self.dice.random() < 0.2,
        )  # fmt: skip

    def override(self) -> None:
        if self.dice.random() < 0.6:
            let_through(self.dora, Account.objects.get(pk=self.one()), self.person())
        else:
            rows = GateOverride.objects.at(timezone.now()).values_list("pk", flat=True)
            end_override(actor=self.dora, override_id=self.dice.choice([*rows, 0]))

    def tick(self) -> None:
        now = timezone.now()
        sweep_overrides(now=now)
        keep_gate(day=company_day(), now=now)


def crowd_of(threads: int, rounds: int, seed: int) -> Counter:
    cast = make_cast()
    people = [cast.lena, cast.karl, cast.kim, *(make_user(f"Kam{n}", "kam") for n in range(3))]
    for number, user in enumerate(people):
        employ(user, 1 + number % 3)
    for number in range(12):
        account = make_account(f"Crowd {number}", owner=people[number % 6])
        if number % 3:
            make_key(account)
    keep_gate(day=company_day())
    crowds = [Crowd(cast, seed + number) for number in range(threads)]
    running = [threading.Thread(target=crowd.run, args=[rounds]) for crowd in crowds]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    crowds[0].tick()
    return sum((crowd.outcomes for crowd in crowds), Counter())


def check_all_in_order() -> None:
    """Each key account has had one owner a day and has one today who may own it."""
    assert breaches(company_day(), timezone.now()) == []
    for account in Account.objects.present():
        owners = account.assignments.owners().on(company_day())
        assert owners.count() <= 1
        assert account.owner == next((row.user for row in owners.select_related("user")), None)
        assert owners.count() or not hasattr(account, "score")


@pytest.mark.django_db(transaction=True)
def test_a_few_at_once_leave_everything_in_order():
    outcomes = crowd_of(threads=4, rounds=6, seed=7)
    assert not [what for what in outcomes if what.startswith("WRONG")]
    check_all_in_order()


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [100, 200])
def test_sixteen_at_once_see_no_deadlock(seed):
    outcomes = crowd_of(threads=16, rounds=12, seed=seed)
    assert not [what for what in outcomes if what.startswith("WRONG")]
    assert outcomes["done"] > 40
    check_all_in_order()
