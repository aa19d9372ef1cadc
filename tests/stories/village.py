"""Six who sell and eight accounts, for random days: what anybody might try, as steps of a machine.

A step that is refused changes nothing; whatever is not refused must leave the invariants standing.
"""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from accounts.commands import absence as absences
from accounts.commands import control, cover, departure, gate, handover, handover_items
from accounts.commands.assignment import assign_account
from accounts.commands.handover_plan import plan_handovers
from accounts.models import (
    Account,
    AccountScore,
    Control,
    Cover,
    GateOverride,
    Handover,
    HandoverQuestion,
    Promise,
    Task,
    Touchpoint,
)
from accounts.queries.handover_lines import lines_of
from common.errors import RuleBroken
from hiring.commands import probation as trials
from hiring.commands import probation_decision as decisions
from hiring.models import Probation
from people.commands.absence import plan_absence
from people.commands.departure import cancel_departure, note_departure
from people.commands.employment import set_employment
from people.models import Absence, Departure, User, company_day
from tests.care import make_key
from tests.cast import make_cast, make_company, make_user
from tests.gate import employ
from tests.stories.clock import ZONE
from tests.trials import make_buyer, plan

DAY = dt.timedelta(days=1)
ROAD = ("planned", "captured", "introduced", "joint")


class Village:
    """Each public method is one deed by somebody who may try it; `pick` chooses among what is."""

    def __init__(self):
        self.cast = make_cast()
        make_company(time_zone=str(ZONE), set_up_at=self.now())
        self.doris = make_user("Doris", "director")
        self.jo = make_user("Jo", "kam")
        for user, grade in ((self.cast.lena, 3), (self.cast.karl, 2), (self.cast.kim, 1)):
            employ(user, grade)
        employ(self.jo, None, on_probation=True)
        HandoverQuestion.objects.get_or_create(code="none", retired_at=self.now())
        owners = (self.cast.lena, self.cast.karl, self.cast.kim, self.jo)
        keys = owners[:2] + owners[:1]
        self.keys = [make_buyer(f"Key {n}", owner=user, years=1) for n, user in enumerate(keys)]
        for account in self.keys:
            make_key(account)
        self.small = [make_buyer(f"Small {n}", owner=owners[n % 4], years=1) for n in range(5)]
        self.people = [*owners, self.doris]
        self.accounts = [*self.keys, *self.small]

    @staticmethod
    def now() -> dt.datetime:
        return dt.datetime.now(ZONE)

    def do(self, deed: str, *given: int) -> bool:
        """Whether it was let; a refusal leaves everything as it was."""
        try:
            with transaction.atomic():
                getattr(self, deed)(*given)
        except (RuleBroken, ObjectDoesNotExist):
            return False
        return True

    def director(self) -> User:
        rows = User.objects.active().filter(role_grants__role="director")
        return rows.order_by("pk").first()

    def person(self, n: int) -> User:
        return User.objects.get(pk=self.people[n % len(self.people)].pk)

    def account(self, n: int) -> Account:
        return Account.objects.get(pk=self.accounts[n % len(self.accounts)].pk)

    @staticmethod
    def one(rows, n: int):
        found = list(rows.order_by("pk"))
        if not found:
            raise RuleBroken("nothing to do it with")
        return found[n % len(found)]

    # who answers

    def assign(self, a: int, p: int, days: int) -> None:
        start = company_day() + max(0, days - 5) * DAY
        assign_account(
            actor=self.director(), account_id=self.account(a).pk, user=self.person(p),
            role="owner", start=start, to=start + days * DAY if days % 3 == 0 and days else None,
        )  # fmt: skip

    def let_through(self, a: int, p: int, days: int) -> None:
        gate.override_gate(
            actor=self.director(), account_id=self.account(a).pk, user=self.person(p),
            until=self.now() + (days + 1) * DAY, reason="nobody else",
        )  # fmt: skip

    def let_no_longer(self, a: int, _p: int, _days: int) -> None:
        row = self.one(GateOverride.objects.at(self.now()), a)
        gate.end_override(actor=self.director(), override_id=row.pk)

    def control(self, a: int, p: int, days: int) -> None:
        directors = User.objects.active().filter(role_grants__role="director")
        control.take_control(
            actor=self.director(), account_id=self.account(a).pk,
            director=self.one(directors, p), reason="review",
        )  # fmt: skip

    def end_control(self, a: int, p: int, _days: int) -> None:
        row = self.one(Control.objects.filter(ended_at=None), a)
        end = control.undo_control if p % 2 else control.end_control
        given = {} if p % 2 else {"outcome": "stays"}
        end(actor=self.director(), control_id=row.pk, **given)

    def turn_key(self, a: int, _p: int, _days: int) -> None:
        rows = AccountScore.objects.filter(account=self.account(a))
        rows.update(is_key=not rows.get().is_key)

    def grade(self, _a: int, p: int, days: int) -> None:
        set_employment(
            actor=None, user=self.person(p), day=company_day(), grade=days % 3 + 1,
            on_probation=days % 4 == 3,
        )  # fmt: skip

    # handed over

    def hand_over(self, a: int, p: int, days: int) -> None:
        handover.plan_handover(
            actor=self.director(), account_id=self.account(a).pk, to_user=self.person(p),
            cause="load", planned_for=company_day(), joint_meetings=0,
            former_stays=days % 2 == 0,
        )  # fmt: skip
        if days > 5:
            self.sign(a, p, days)

    def plan(self, a: int, p: int, days: int) -> None:
        plan_handovers(
            actor=self.director(), to_user=self.person(p), starts_on=company_day(),
            account_ids=[self.account(a).pk, self.account(a + 1).pk], spacing_days=days + 1,
            joint_meetings=0,
        )  # fmt: skip

    def sign(self, a: int, _p: int, _days: int) -> None:
        rows = Handover.objects.filter(state__in=ROAD)
        row = rows.filter(account=self.account(a)).first() or self.one(rows, a)
        given = {"actor": self.director(), "handover_id": row.pk}
        handover.agree_handover(**given)
        handover_items.waive_whole(kind="person", reason="nobody known", **given)
        lines = lines_of(row)
        items = [
            *(handover_items.pass_promise(promise_id=line.row.pk, **given)
              for line in lines.promises if line.is_open),
            *(handover_items.pass_task(task_id=line.row.pk, **given)
              for line in lines.tasks if line.is_open),
        ]  # fmt: skip
        for item in items:
            handover_items.see_item(actor=row.to_user, handover_id=row.pk, item_id=item.pk)
        for state in ROAD[ROAD.index(row.state) + 1 :]:
            handover.move_on(state=state, **given)
        signature = {"handover_id": row.pk, "signature": str(row.to_user)}
        handover.accept_handover(actor=row.to_user, **signature)

    def take_back(self, a: int, _p: int, _days: int) -> None:
        row = self.one(Handover.objects.filter(state="watch"), a)
        handover.undo_handover(actor=self.director(), handover_id=row.pk)

    def call_off(self, a: int, _p: int, _days: int) -> None:
        row = self.one(Handover.objects.live().exclude(state="watch"), a)
        handover.cancel_handover(actor=self.director(), handover_id=row.pk, reason="no")

    # away

    def go_away(self, a: int, p: int, days: int) -> None:
        user, start = self.person(p), company_day() + (a % 4) * DAY
        row = plan_absence(
            actor=user, user=user, start=start, to=start + (days + 1) * DAY, kind="holiday"
        )
        cover.propose_cover(actor=user, absence_id=row.pk)
        if p % 3 and row.covers.exists():
            cover.agree_covers(actor=self.director(), absence_id=row.pk)

    def ask_another(self, a: int, p: int, _days: int) -> None:
        row = self.one(Absence.objects.live().filter(valid_to__gt=company_day()), a)
        owned = self.one(Account.objects.filter(owner=row.user), p)
        cover.propose_cover(
            actor=self.director(), absence_id=row.pk, chosen={owned.pk: self.person(p).pk}
        )

    def agree(self, a: int, _p: int, _days: int) -> None:
        row = self.one(Absence.objects.filter(covers__state="proposed").distinct(), a)
        cover.agree_covers(actor=self.director(), absence_id=row.pk)

    def decline(self, a: int, _p: int, _days: int) -> None:
        row = self.one(Cover.objects.filter(state__in=("proposed", "agreed")), a)
        cover.decline_cover(actor=row.substitute, cover_id=row.pk)

    def shift(self, a: int, _p: int, days: int) -> None:
        row = self.one(Absence.objects.live(), a)
        start = row.valid_from if row.valid_from <= company_day() else company_day() + DAY
        absences.change_absence(
            actor=row.user, absence_id=row.pk, start=start,
            to=max(start, company_day()) + (days + 1) * DAY, kind=row.kind,
        )  # fmt: skip

    def stay(self, a: int, p: int, _days: int) -> None:
        if p % 2:
            row = self.one(Absence.objects.exclude(cancelled_at=None), a)
            absences.restore_absence(actor=self.director(), absence_id=row.pk)
        else:
            row = self.one(Absence.objects.live(), a)
            absences.cancel_absence(actor=self.director(), absence_id=row.pk)

    # gone

    def resign(self, _a: int, p: int, days: int) -> None:
        kind = "moved" if days % 5 == 4 else "resigned"
        user = self.person(p)
        actor = self.director() if self.director() != user else self.doris
        note_departure(actor=actor, user=user, last_day=company_day() + days * DAY, kind=kind)

    def remain(self, a: int, _p: int, _days: int) -> None:
        row = self.one(Departure.objects.filter(cancelled_at=None), a)
        end = departure.undo_departure if row.closed_at else cancel_departure
        end(actor=self.director(), departure_id=row.pk)

    def vanish(self, _a: int, p: int, _days: int) -> None:
        departure.leave_suddenly(actor=self.director(), user=self.person(p))

    # on trial

    def try_out(self, a: int, p: int, days: int) -> None:
        """Of somebody who is put on probation for it, with two small accounts of others."""
        user, actor, given = self.person(p), self.director(), plan(starts_on=company_day() + DAY)
        set_employment(actor=None, user=user, day=company_day(), grade=None, on_probation=True)
        near = User.objects.active().filter(role_grants__role__in=("kam", "director"))
        near = near.exclude(pk=user.pk)
        row = trials.draft_probation(
            actor=actor, user=user, mentor=self.one(near, p), lead=self.one(near, a), **given
        )
        foreign = Account.objects.filter(score__is_key=False).exclude(owner=user)
        ids = {self.one(foreign, n).pk for n in (a, a + 1)}
        row = trials.choose_accounts(
            actor=actor, probation_id=row.pk, version=row.version, account_ids=ids
        )
        row = trials.offer_probation(actor=actor, probation_id=row.pk)
        if days % 4:
            trials.accept_probation(actor=user, probation_id=row.pk, version=row.version)

    def decide(self, _a: int, p: int, days: int) -> None:
        row = self.one(Probation.objects.filter(state__in=("offered", "running")), p)
        given = {"actor": self.director(), "probation_id": row.pk, "reasons": "so it is"}
        if days % 4 == 0:
            decisions.pass_probation(**given)
        elif days % 4 == 1:
            decisions.fail_probation(**given, leaves_on=company_day() + (days + 7) * DAY)
        elif days % 4 == 2:
            trials.cancel_probation(**given)
        else:
            decisions.extend_probation(**given, to=row.ends_on + 7 * DAY)

    # what there is to do

    def work(self, a: int, p: int, days: int) -> None:
        account = self.account(a)
        user = account.owner or self.director()
        Promise.objects.create(account=account, text="x", colleague=user, made_on=company_day())
        Task.objects.create(account=account, title="x", owner=user)
        planned = Touchpoint.objects.create(
            account=account, author=user, channel="call", state="planned",
            at=self.now() + (days + 1) * DAY,
        )  # fmt: skip
        planned.attendances.create(colleague=user)


def deeds() -> list[str]:
    helpers = {"do", "now", "director", "person", "account", "one"}
    return sorted(
        name for name, value in vars(Village).items()
        if isinstance(value, Callable) and not name.startswith("_") and name not in helpers
    )  # fmt: skip
