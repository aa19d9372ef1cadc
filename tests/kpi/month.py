"""A month of forty customers, day by day, by the doors people use: files come and are taken back,
customers change hands and are merged, somebody talks to them, plans and answers are given."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field

from accounts.commands import ledger_undo, merge, touchpoint
from accounts.commands.assignment import assign_account
from accounts.models import Account, Contact, ExternalId, Merge
from common.errors import RuleBroken
from common.models import Import
from kpi.commands import answers, health_said
from kpi.commands import plan as plans
from kpi.models import Alert, PlanVersion
from tests.accounts.books import bring
from tests.cast import Cast, make_cast
from tests.field import make_contact
from tests.gate import employ
from tests.kpi.books import make_policy
from tests.kpi.plans import FLAT, make_plan

BEGIN, NIGHTS = dt.date(2026, 3, 12), 30  # a quarter ends on the way
CUSTOMERS, YEARS = 40, 3
DAY = dt.timedelta(days=1)
LINES = ("Boxes", "Film", "Tape")


@dataclass
class Month:
    """`open` holds the live documents as their rows; `since` the imports of this month."""

    cast: Cast
    dice: random.Random
    accounts: list[Account] = field(default_factory=list)
    open: dict[str, list] = field(default_factory=dict)
    since: list[Import] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    number: int = 0

    def did(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def invoice(self, customer: int, day: dt.date, amount: int) -> str:
        self.number += 1
        document = f"I{self.number}"
        line = LINES[self.number % len(LINES)]
        self.open[document] = [f"C{customer:02}", day, amount, document, line]
        return document

    def bring(self, documents: list[str], **options) -> Import | None:
        if not documents:
            return None
        return bring(*(row(self.open[one]) for one in documents), **options)

    def choose(self, most: int, *, since: dt.date) -> list[str]:
        recent = [one for one, kept in self.open.items() if kept[1] >= since]
        return self.dice.sample(recent, min(most, len(recent)))


def row(kept: list) -> str:
    customer, day, amount, document, line = kept
    return f"{customer},{day},{amount}.00,{document},1,P{line},{line},EUR,{amount // 2}"


def every(customer: int) -> int:
    """Days between its orders; each fourth has gone quiet before the month begins."""
    return 9 + customer % 7 * 5


def found_company() -> Month:
    """Three years of a ledger, everybody's customers, a talk or two."""
    cast = make_cast()
    make_policy()
    month = Month(cast, random.Random(30))
    for customer in range(CUSTOMERS):
        quiet = 20 + customer * 6 if customer % 4 == 3 else month.dice.randrange(every(customer))
        day = BEGIN - quiet * DAY
        while day > BEGIN - (YEARS * 365 - customer * 11) * DAY:
            month.invoice(customer, day, 40 + 11 * customer + 900 * (customer % 9 == 0))
            day -= (every(customer) + month.dice.randrange(4)) * DAY
    month.bring(list(month.open))
    ids = dict(ExternalId.objects.values_list("value", "account_id"))
    owners = (cast.karl, cast.kim, cast.lena)
    for user in owners:
        employ(user, 3)
    for customer in range(CUSTOMERS):
        account = Account.objects.get(pk=ids[f"C{customer:02}"])
        give(month, account, owners[customer % 3], BEGIN)
        make_contact(account, f"Person {customer}")
        month.accounts.append(account)
    plan = make_plan(2026, sales=dict.fromkeys(owners, FLAT))
    plans.adopt_plan(actor=cast.dora, version=plan, start=BEGIN, today=BEGIN)
    return month


def give(month: Month, account: Account, user, day: dt.date) -> None:
    assign_account(actor=month.cast.dora, account_id=account.pk, user=user, role="owner", start=day)


def live(month: Month, day: dt.date) -> None:
    """What happens on one day, before its night."""
    number = (day - BEGIN).days
    orders(month, day)
    corrections(month, day)
    if number % 3 == 1:
        take_back(month)
    talks(month, day, number)
    if number % 4 == 2:
        reassign(month, day)
    if number in (6, 13, 20):
        join(month, number)
    if number == 24:
        part(month)
    if number == 16:
        plan_anew(month, day)
    if number % 7 == 5:
        answer(month, day)
    if number in (8, 19):
        judge(month)


def orders(month: Month, day: dt.date) -> None:
    """Of the day, and some that come late by up to two months."""
    fresh = [
        month.invoice(customer, day, 60 + 9 * customer)
        for customer in range(CUSTOMERS)
        if customer % 4 != 3 and (day.toordinal() + customer) % every(customer) == 0
    ]
    late = [
        month.invoice(month.dice.randrange(CUSTOMERS), day - month.dice.randrange(1, 60) * DAY, 70)
        for _ in range(month.dice.randrange(3))
    ]
    month.did("late") if late else None
    if batch := month.bring(fresh + late):
        month.since.append(batch)


def corrections(month: Month, day: dt.date) -> None:
    """Another amount, another customer, a credit note, a document without its line."""
    changed = month.choose(2, since=day - 400 * DAY)
    for document in changed:
        kept = month.open[document]
        if month.dice.random() < 0.3:
            kept[0] = f"C{month.dice.randrange(CUSTOMERS):02}"
        kept[2] = max(1, kept[2] + month.dice.randrange(-50, 90))
        month.did("corrected")
    credited = month.choose(1, since=day - 90 * DAY)
    notes = []
    for document in credited:
        customer, _day, amount, *_rest = month.open[document]
        notes.append(month.invoice(int(customer[1:]), day, -(amount // 2) - 1))
        month.did("credited")
    if batch := month.bring(changed + notes):
        month.since.append(batch)


def take_back(month: Month) -> None:
    """An import of this month, where nothing newer stands in the way."""
    batch = month.dice.choice(month.since)
    try:
        ledger_undo.undo_import(import_id=batch.pk)
    except RuleBroken:
        return
    month.since.remove(batch)
    month.did("undone")


def talks(month: Month, day: dt.date, number: int) -> None:
    for account in month.accounts[number % 5 :: 9]:
        account.refresh_from_db()
        if account.owner is None or account.status != "active":
            continue
        person = Contact.objects.filter(positions__account=account).earliest("pk")
        touchpoint.log_touchpoint(
            actor=account.owner, key=uuid.UUID(int=month.dice.getrandbits(128)),
            account_id=account.pk, channel="call", contact_ids=[person.pk],
            at=dt.datetime.combine(day, dt.time(7), dt.UTC),
            promise={"text": "Samples"} if number % 2 else None,
        )  # fmt: skip
        month.did("talked")


def reassign(month: Month, day: dt.date) -> None:
    account = month.dice.choice(month.accounts)
    account.refresh_from_db()
    others = [user for user in (month.cast.karl, month.cast.kim) if user != account.owner]
    if account.status == "active":
        give(month, account, others[0], day)
        month.did("reassigned")


def join(month: Month, number: int) -> None:
    survivor, absorbed = month.accounts[number], month.accounts[number + 4]
    merge.merge_accounts(
        actor=month.cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk
    )  # fmt: skip
    month.did("merged")


def part(month: Month) -> None:
    merge.undo_merge(actor=month.cast.dora, merge_id=Merge.objects.earliest("pk").pk)
    month.did("parted")


def plan_anew(month: Month, day: dt.date) -> None:
    first = PlanVersion.objects.get(year=day.year)
    draft = plans.copy_version(actor=month.cast.dora, version=first)
    draft.lines.filter(user=month.cast.karl).update(value=130)
    plans.adopt_plan(actor=month.cast.dora, version=draft, start=day, today=day)
    month.did("planned")


def answer(month: Month, day: dt.date) -> None:
    """One customer's warning is called wrong, another is lost, a third is in a known pause."""
    dearest = Alert.objects.open().order_by("-stake", "pk")
    rows = list({alert.account_id: alert for alert in dearest}.values())[:3]
    director = month.cast.dora
    for place, alert in enumerate(rows):
        last = alert.answers.valid().first()
        seen = last.pk if last else 0
        if place == 0:
            answers.call_wrong(
                actor=director, alert_id=alert.pk, day=day, reason="season", seen=seen
            )
        elif place == 1:
            answers.call_lost(actor=director, alert_id=alert.pk, day=day, reason="price", seen=seen)
        else:
            answers.know_pause(
                actor=director, alert_id=alert.pk, day=day, until=day + 9 * DAY, reason="Works",
                seen=seen,
            )  # fmt: skip
        month.did("answered")


def judge(month: Month) -> None:
    for account in month.accounts[::5]:
        account.refresh_from_db()
        if account.owner is not None:
            health_said.judge_account(actor=account.owner, account_id=account.pk, value=50, note="")
            month.did("judged")
