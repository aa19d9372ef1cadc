"""Severpack, small: five who sell, forty customers, two years of a ledger that goes on by itself.

Lena (leads), Karl and Kim may own key accounts, Boris has a lower grade; Dora and Doris direct.
Eight customers make nine tenths of the money: by the policy they are the key accounts.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from accounts.commands import promise, task, touchpoint
from accounts.models import (
    Account,
    AccountDay,
    Contact,
    DirtyAccount,
    LedgerLine,
    Policy,
    Product,
    Promise,
    Task,
)
from people.choices import Role
from people.models import Membership, Team, User, company_day, company_midnight
from tests.accounts.lines import Ledger
from tests.cast import LONG_AGO, make_account, make_company, make_user
from tests.field import make_contact, make_observation
from tests.gate import employ
from tests.stories.clock import ZONE

BIG, SMALL = 8, 32
GROSS = {"big": 1000, "small": 60}
EVERY = {"big": 7, "small": 14}
TALKS = 14  # days between two talks with the people of a large customer
DAY = dt.timedelta(days=1)


@dataclass
class Company:
    """Our people by name, the customers, what each buys, the day until which the ledger runs."""

    we: SimpleNamespace
    keys: list[Account]
    small: list[Account]
    written: dt.date
    ledger: Ledger
    film: Product
    buys: dict[int, int] = field(default_factory=dict)  # account → net of one order
    every: dict[int, int] = field(default_factory=dict)

    def write_ledger(self, until: dt.date) -> None:
        """Orders and a credit note now and then, each day known from that night on."""
        lines, days = [], {}
        since = self.written + DAY
        for place, account in enumerate((*self.keys, *self.small)):
            net, every = self.buys[account.pk], self.every[account.pk]
            for day in (since + n * DAY for n in range((until - since).days + 1)):
                number = day.toordinal() + place
                if number % every:
                    continue
                pair = [(day, f"D-{account.pk}-{number}", net, "invoiced")]
                if number % (9 * every) == 0:  # a part of the order before comes back
                    pair.append((day, f"D-{account.pk}-{number - every}", -net // 10, "credit"))
                for at, document, amount, status in pair:
                    lines.append(self._line(account, at, document, amount, status))
                    days[account.pk, at] = days.get((account.pk, at), 0) + amount
        LedgerLine.objects.bulk_create(lines, batch_size=500)
        rows = [AccountDay(account_id=pk, day=day, net=net, positive=max(net, 0), uncosted=net,
                           lines=1) for (pk, day), net in days.items()]  # fmt: skip
        AccountDay.objects.bulk_create(rows, batch_size=500)
        for pk in sorted({pk for pk, _day in days}):
            DirtyAccount.objects.update_or_create(
                account_id=pk, defaults={"since": since, "claimed": False}
            )
        self.written = until

    def _line(self, account, day, document, net, status) -> LedgerLine:
        amount = Decimal(net)
        return LedgerLine(
            account=account, day=day, amount=amount, net=amount, currency="EUR", product=self.film,
            service_line=self.ledger.films, source=self.ledger.source, document=document,
            line="1", batch=self.ledger.batch, digest=0, status=status,
        )  # fmt: skip

    def work(self, day: dt.date) -> None:
        """Whoever owns a large customer talks to them every fortnight and promises something."""
        for place, account in enumerate(self.keys):
            if (day.toordinal() + place) % TALKS:
                continue
            owner = User.objects.get(pk=Account.objects.get(pk=account.pk).owner_id)
            self._settle(account, owner)
            touchpoint.log_touchpoint(
                actor=owner, key=uuid.uuid4(), account_id=account.pk, channel="call",
                at=timezone.now(), contact_ids=[self.boss(account).pk],
                next_step={"title": f"After {day}", "due": day + TALKS * DAY},
                promise={"text": f"A sample by {day + TALKS * DAY}"},
            )  # fmt: skip

    @staticmethod
    def _settle(account: Account, owner: User) -> None:
        """What was to be done by today is done."""
        for row in Task.objects.open().filter(account=account, owner=owner):
            task.complete_task(actor=owner, task_id=row.pk)
        for row in Promise.objects.open().filter(account=account, colleague=owner):
            promise.settle_promise(actor=owner, promise_id=row.pk, state="kept")

    def surge(self, account: Account, net: int = 13_000, every: int = 1) -> None:
        """From tomorrow an order of so much every so many days; a few of them make it key."""
        self.buys[account.pk], self.every[account.pk] = net, every

    @staticmethod
    def boss(account: Account) -> Contact:
        return Contact.objects.filter(positions__account=account).earliest("pk")


def found_company(day: dt.date) -> Company:
    """As of the morning of `day`; the first night is still to come."""
    make_company(time_zone=str(ZONE), set_up_at=company_midnight(day))
    we = SimpleNamespace(
        dora=make_user("Dora", Role.DIRECTOR), doris=make_user("Doris", Role.DIRECTOR),
        rita=make_user("Rita", Role.RECRUITER), lena=make_user("Lena", Role.KAM),
        karl=make_user("Karl", Role.KAM), kim=make_user("Kim", Role.KAM),
        boris=make_user("Boris", Role.KAM),
    )  # fmt: skip
    for user, grade in ((we.lena, 3), (we.karl, 2), (we.kim, 2), (we.boris, 1)):
        employ(user, grade)
    north = Team.objects.create(name="North", lead=we.lena)
    south = Team.objects.create(name="South", lead=we.dora)
    for user, team in ((we.lena, north), (we.karl, north), (we.boris, north), (we.kim, south)):
        Membership.objects.create(user=user, team=team, valid_from=LONG_AGO)
    Policy.objects.create(name="First", state="adopted", adopted_on=day - 365 * DAY, cut_a=88,
                          cut_b=96)  # fmt: skip
    holders = (we.lena, we.karl, we.kim)
    keys = [make_account(f"Key {n}", owner=holders[n % 3]) for n in range(BIG)]
    holders = (we.boris, we.karl, we.kim, we.lena)
    small = [make_account(f"Small {n}", owner=holders[n % 4]) for n in range(SMALL)]
    ledger = Ledger()
    film = Product.objects.create(code="PE-1", service_line=ledger.films, name="Film")
    company = Company(we, keys, small, day - 2 * 365 * DAY, ledger, film)
    for place, account in enumerate(keys):
        company.buys[account.pk] = GROSS["big"] + 10 * place
        company.every[account.pk] = EVERY["big"]
        boss = make_contact(account, f"Boss {place}")
        make_observation(boss, "power", "3", days_ago=100)
    for place, account in enumerate(small):
        company.buys[account.pk] = GROSS["small"] + place
        company.every[account.pk] = EVERY["small"]
    company.write_ledger(day - DAY)
    assert company_day() == day
    return company
