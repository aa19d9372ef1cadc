"""The acts of a year: somebody is hired, proves themselves, receives three key accounts one by one;
one is away, two leave, one customer outgrows its manager, a vacancy follows."""

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.commands import absence as absences
from accounts.commands import control, cover, departure, handover
from accounts.commands.assignment import assign_account
from accounts.commands.gate import override_gate
from accounts.commands.handover_plan import plan_handovers
from accounts.models import (
    Account,
    AccountScore,
    Assignment,
    Control,
    Handover,
    HandoverPlan,
)
from common.errors import RuleBroken
from hiring.commands import probation as trials
from hiring.commands.need import ask_vacancy
from hiring.commands.offer_answer import answer_offer
from hiring.commands.probation_decision import attach_plan, extend_probation, pass_probation
from hiring.models import Probation, ProbationAccount, ProbationDay, Vacancy
from hiring.queries.probation_picker import picking
from kpi.queries.capacity.outlook import outlook
from kpi.queries.capacity.people import manager_rows
from kpi.rules.forecast import VERSION
from people.commands import accept_invitation
from people.commands.absence import plan_absence
from people.commands.departure import note_departure
from people.commands.team import join_team
from people.models import Absence, Invitation, Team, User, company_day, company_midnight
from tests.cast import PASSWORD
from tests.handovers import Road, accept, meet, to_state
from tests.hiring.offering import make_offer
from tests.recruiting import make_profile
from tests.stories.company import DAY, Company

BEGIN = dt.date(2026, 1, 12)
WEEK = 7 * DAY


class Year:
    """What is done, and what later acts need of earlier ones; on which days: ACTS."""

    def __init__(self, company: Company):
        self.company, self.we = company, company.we
        self.riser = company.small[0]  # Boris has it, whose grade is too low for a key account
        self.first, self.second = company.keys[0], company.keys[1]  # Lena's and Karl's
        self.let_through = company.keys[2]  # Kim's
        self.jo: User | None = None  # the newcomer
        self.left: set[int] = set()  # key accounts of who left from one day to the next

    def hire(self) -> None:
        offer = make_offer(self.we, "sent", maker=self.we.rita, starts_on=company_day() + 14 * DAY)
        answer_offer(candidate=offer.candidacy.candidate, offer_id=offer.pk, accepts=True)
        self.jo = accept_invitation(
            token=Invitation.objects.get().token, name="Jo Nowak", password=PASSWORD, language="en"
        )
        self.we.jo = self.jo
        join_team(
            actor=self.we.dora, user=self.jo, team=Team.objects.get(name="North"), day=company_day()
        )
        self.refused(lambda: self.give(self.first, self.jo))

    def plan_trial(self) -> None:
        start = company_day() + DAY
        row = trials.draft_probation(
            actor=self.we.dora, user=self.jo, starts_on=start, ends_on=start + 27 * DAY,
            country="RU", grade=2, criteria="Turnover, first talks, manners.", mentor=self.we.kim,
            lead=self.we.lena,
        )  # fmt: skip
        chosen = [one.account.pk for one in picking(row, self.we.dora).choices]
        assert len(chosen) >= 5
        assert not set(chosen) & {account.pk for account in self.company.keys}
        row = trials.choose_accounts(
            actor=self.we.dora, probation_id=row.pk, version=row.version, account_ids=chosen[:5]
        )
        row = trials.offer_probation(actor=self.we.dora, probation_id=row.pk)
        trials.accept_probation(actor=self.jo, probation_id=row.pk, version=row.version)

    def let_jo_through(self) -> None:
        assert self.trial.state == "running"
        assert self.owned_by(self.jo) == self.given
        self.refused(lambda: self.give(self.let_through, self.jo))
        override_gate(
            actor=self.we.dora, account_id=self.let_through.pk, user=self.jo,
            until=company_midnight(company_day() + 3 * DAY), reason="Kim is at a fair",
        )  # fmt: skip
        self.give(self.let_through, self.jo)
        grown = self.trial.accounts.filter(matched_to=None).earliest("account")
        self.company.surge(grown.account)  # this one becomes key while on trial

    def see_it_taken(self) -> None:
        assert self.owner(self.let_through) == self.we.dora, "the override has ended"
        grown = ProbationAccount.objects.exclude(left_at=None).get(matched_to=None)
        assert self.owner(grown.account) == self.we.dora
        kept = set(Control.objects.filter(ended_at=None).values_list("account", flat=True))
        assert kept == {grown.account_id, self.let_through.pk}
        self.company.surge(grown.account, net=60, every=14)
        extend_probation(
            actor=self.we.lena, probation_id=self.trial.pk, to=self.trial.ends_on + 2 * WEEK,
            reasons="One account was taken away.",
        )  # fmt: skip

    def pass_trial(self) -> None:
        assert ProbationDay.objects.filter(goal__probation=self.trial).exists()
        self.refused(self.plan_accounts)
        pass_probation(actor=self.we.lena, probation_id=self.trial.pk, reasons="Convincing.")
        plan = self.plan_accounts()
        attach_plan(actor=self.we.dora, probation_id=self.trial.pk, plan=plan)

    def plan_accounts(self) -> HandoverPlan:
        """One of Lena's, one of Karl's, and the one a director keeps since the override ended."""
        ids = [self.first.pk, self.second.pk, self.let_through.pk]
        return plan_handovers(
            actor=self.we.dora, to_user=self.jo, account_ids=ids, starts_on=company_day(),
            spacing_days=14,
        )  # fmt: skip

    def sign(self) -> None:
        """The one under way, from the first word to the signature; the next is not begun yet."""
        row = Handover.objects.get(state="planned", to_user=self.jo)
        self.hand_over(row)
        running = Handover.objects.filter(plan=row.plan, state="planned")
        assert not running.exists()

    def hand_over(self, row: Handover) -> None:
        """By whoever has it now; refused until the last line is acknowledged."""
        giver = row.from_user if row.from_user and row.from_user.is_active else self.we.dora
        boss = self.company.boss(row.account)
        road = Road(self.we, row.account, giver, row.to_user, boss, None, None, row)
        for _meeting in range(row.joint_meetings - 1):  # the maker adds one
            meet(road)
        to_state(road, "joint")
        name = str(row.to_user)
        self.refused(
            lambda: handover.accept_handover(actor=row.to_user, handover_id=row.pk, signature=name)
        )
        accept(road, signature=name)
        assert self.owner(row.account) == row.to_user

    def plan_holiday(self) -> None:
        start = company_day() + 10 * DAY
        away = plan_absence(
            actor=self.we.lena, user=self.we.lena, start=start, to=start + 3 * WEEK, kind="holiday"
        )
        asked = cover.propose_cover(actor=self.we.lena, absence_id=away.pk)
        assert {row.account_id for row in asked} >= self.owned_by(self.we.lena) & self.keys
        cover.agree_covers(actor=self.we.dora, absence_id=away.pk)

    def prolong_holiday(self) -> None:
        """A week longer, and somebody else stands in for one of them from now on."""
        away = Absence.objects.get(user=self.we.lena)
        assert away.valid_from < company_day() < away.valid_to
        one = away.covers.filter(state="agreed", account__in=self.keys).earliest("account")
        other = next(
            user for user in (self.we.karl, self.we.kim, self.jo) if user != one.substitute
        )
        cover.propose_cover(
            actor=self.we.lena, absence_id=away.pk, chosen={one.account_id: other.pk}
        )
        cover.agree_covers(actor=other, absence_id=away.pk)
        absences.change_absence(
            actor=self.we.lena, absence_id=away.pk, start=away.valid_from, to=away.valid_to + WEEK,
            kind="holiday",
        )  # fmt: skip
        for row in away.covers.filter(state="agreed").exclude(assignment=None):
            assert row.assignment.valid_to == away.valid_to + WEEK

    def come_back(self) -> None:
        away = Absence.objects.get(user=self.we.lena)
        assert not away.covers.filter(state__in=("proposed", "agreed")).exists()
        assert cover.read_back(actor=self.we.lena, absence_id=away.pk)

    def kim_resigns(self) -> None:
        """Half of hers is being handed over, something is on its way to her, and she stands in."""
        we = self.we
        note_departure(
            actor=we.dora, user=we.kim, last_day=company_day() + 30 * DAY, kind="resigned"
        )
        self.begin(self.company.keys[5], self.jo)
        self.begin(self.company.keys[3], we.kim)
        start = company_day() + 25 * DAY
        away = plan_absence(
            actor=we.boris, user=we.boris, start=start, to=start + 2 * WEEK, kind="holiday"
        )
        chosen = dict.fromkeys(self.owned_by(we.boris), we.kim.pk)
        cover.propose_cover(actor=we.boris, absence_id=away.pk, chosen=chosen)
        cover.agree_covers(actor=we.kim, absence_id=away.pk)

    def karl_goes(self) -> None:
        """From one day to the next, with an account on its way to him."""
        self.begin(self.company.keys[6], self.we.karl)
        had = self.owned_by(self.we.karl)
        departure.leave_suddenly(actor=self.we.dora, user=self.we.karl)
        self.left = {pk for pk in had if pk in self.keys}
        assert self.left
        assert self.left <= self.owned_by(self.we.dora)
        assert not self.owned_by(self.we.karl)

    def look_after_kim(self) -> None:
        """Gone since midnight: what was on its way to her is not; what came from her still is."""
        assert not User.objects.get(pk=self.we.kim.pk).is_active
        assert not self.owned_by(self.we.kim)
        states = {
            row.account_id: row.state for row in Handover.objects.order_by("pk")
            if row.account in self.company.keys
        }  # fmt: skip
        assert states[self.company.keys[3].pk] == states[self.company.keys[6].pk] == "cancelled"
        self.hand_over(Handover.objects.get(account=self.company.keys[5]))
        self.company.surge(self.riser)

    def settle_controls(self) -> None:
        """Boris's customer has grown out of his grade; what Karl left goes to others or stays."""
        assert self.owner(self.riser) == self.we.dora
        self.company.surge(self.riser, net=60, every=14)
        given, *kept = sorted(self.left)
        account = Account.objects.get(pk=given)
        self.begin(account, self.we.lena)
        self.hand_over(Handover.objects.get(account=account, state="planned"))
        assert not Control.objects.filter(account=account, ended_at=None).exists()
        for row in Control.objects.filter(account__in=kept, ended_at=None):
            control.end_control(actor=self.we.dora, control_id=row.pk, outcome="Stays with me.")

    def ask_for_somebody(self) -> None:
        found = outlook(self.we.dora, manager_rows(self.we.dora, company_day()), company_day())
        one = found.ahead[-1]
        answer = one.answers[-1]
        assert answer.hires, "two of five have left"
        ask_vacancy(
            actor=self.we.dora, profile_id=make_profile().pk, title="Key account manager",
            hires=answer.hires, invited=answer.invited, missing=one.gap.middle, months=one.months,
            certainty=answer.certainty, reckoning=found.reckoning(one), rule_version=VERSION,
        )  # fmt: skip

    def look_back(self) -> None:
        """At the end of the year."""
        done = Handover.objects.filter(to_user=self.jo, plan__isnull=False)
        assert set(done.values_list("state", flat=True)) == {"closed"}
        assert done.count() == 3
        assert all(row.result for row in done)
        assert not HandoverPlan.objects.filter(closed_at=None).exists()
        assert {self.first.pk, self.second.pk, self.let_through.pk} <= self.owned_by(self.jo)
        assert Vacancy.objects.filter(state="draft").count() == 1

    @property
    def keys(self) -> set[int]:
        return set(AccountScore.objects.filter(is_key=True).values_list("account", flat=True))

    @property
    def trial(self) -> Probation:
        return Probation.objects.get(user=self.jo)

    @property
    def given(self) -> set[int]:
        rows = self.trial.accounts.filter(matched_to=None, left_at=None)
        return set(rows.values_list("account", flat=True))

    def owned_by(self, user: User) -> set[int]:
        rows = Assignment.objects.owners().today().filter(user=user)
        return set(rows.values_list("account", flat=True))

    def owner(self, account: Account) -> User:
        return account.assignments.owners().today().get().user

    def begin(self, account: Account, user: User) -> Handover:
        return handover.plan_handover(
            actor=self.we.dora, account_id=account.pk, to_user=user, cause="load",
            planned_for=company_day() + 3 * WEEK,
        )  # fmt: skip

    def give(self, account: Account, user: User) -> None:
        assign_account(
            actor=self.we.dora, account_id=account.pk, user=user, role="owner", start=company_day()
        )

    def refused(self, act: Callable) -> None:
        with pytest.raises(RuleBroken):
            act()


ACTS: dict[int, Callable[[Year], None]] = {
    1: Year.hire,
    15: Year.plan_trial,
    30: Year.let_jo_through,
    34: Year.see_it_taken,
    58: Year.pass_trial,
    72: Year.sign,
    88: Year.sign,
    104: Year.sign,
    120: Year.plan_holiday,
    140: Year.prolong_holiday,
    165: Year.come_back,
    180: Year.kim_resigns,
    196: Year.karl_goes,
    211: Year.look_after_kim,
    225: Year.settle_controls,
    255: Year.ask_for_somebody,
    364: Year.look_back,
}
