"""Every state, step and person against a model of thirty lines, in any order (trust.md A17)."""

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Assignment
from common.errors import RuleBroken
from hiring.commands import probation as plans
from hiring.commands import probation_decision as decisions
from hiring.commands.probation_night import start_due
from hiring.commands.probation_steps import step
from hiring.models import Probation
from people.models import Employment, company_day, company_midnight
from tests.cast import make_cast
from tests.trials import DAY, make_probation

WHO = st.sampled_from(["dora", "lena", "karl", "kim", "rita", "anna", "sam"])
DIRECTORS, LEADS = {"dora"}, {"dora", "lena"}
# (state, step) → who may, and where it leads
ROAD = {
    ("draft", "offer"): (DIRECTORS, "offered"),
    ("offered", "revise"): ({"dora", "rita"}, "draft"),
    ("offered", "send_back"): ({"karl"}, "draft"),
    ("offered", "accept"): ({"karl"}, "offered"),
    ("running", "extend"): (LEADS, "running"),
    ("running", "pass"): (LEADS, "passed"),
    ("running", "fail"): (LEADS, "failed"),
    **{(state, "cancel"): (DIRECTORS, "cancelled") for state in ("draft", "offered", "running")},
}


class Walk(RuleBasedStateMachine):
    """The commands beside the road above; whatever is not on it must change nothing."""

    cast, accepted, state, now = None, False, "draft", None

    @initialize()
    def begin(self):
        self.point = transaction.atomic()
        self.point.__enter__()
        self.cast = make_cast()
        self.row = make_probation(self.cast)
        self.state, self.accepted, self.extended = "draft", False, 0

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def try_step(self, name: str, who: str, call) -> None:
        allowed, leads = ROAD.get((self.state, name), (set(), ""))
        try:
            with transaction.atomic():
                call(actor=getattr(self.cast, who), probation_id=self.row.pk)
        except (RuleBroken, Probation.DoesNotExist):
            assert who not in allowed, (self.state, name, who)
            return
        assert who in allowed, (self.state, name, who)
        self.state = leads
        if name in ("revise", "send_back"):
            self.accepted = False
        self.accepted |= name == "accept"
        self.extended += name == "extend"

    @rule(who=WHO)
    def offer(self, who):
        self.try_step("offer", who, plans.offer_probation)

    @rule(who=WHO)
    def revise(self, who):
        self.try_step("revise", who, plans.revise_probation)

    @rule(who=WHO)
    def send_back(self, who):
        self.try_step("send_back", who, lambda **how: plans.send_back_probation(words="No", **how))

    @rule(who=WHO)
    def accept(self, who):
        version = Probation.objects.get(pk=self.row.pk).version
        self.try_step("accept", who, lambda **how: plans.accept_probation(version=version, **how))

    @rule(who=WHO)
    def extend(self, who):
        to = Probation.objects.get(pk=self.row.pk).ends_on + DAY
        self.try_step(
            "extend", who,
            lambda **how: decisions.extend_probation(to=to, reasons="More", **how),
        )  # fmt: skip

    @rule(who=WHO)
    def passes(self, who):
        self.try_step("pass", who, lambda **how: decisions.pass_probation(reasons="Yes", **how))

    @rule(who=WHO)
    def fail(self, who):
        self.try_step(
            "fail", who,
            lambda **how: decisions.fail_probation(
                reasons="No", leaves_on=company_day() + 4 * DAY, **how
            ),
        )  # fmt: skip

    @rule(who=WHO)
    def cancel(self, who):
        self.try_step("cancel", who, lambda **how: plans.cancel_probation(reasons="Off", **how))

    @rule()
    def night_before(self):
        start_due(self.row.starts_on - DAY)

    @invariant()
    def stands_as_the_model_says(self):
        if self.cast is None:
            return
        row = Probation.objects.get(pk=self.row.pk)
        assert row.state == self.state
        assert bool(row.accepted_at) == (self.accepted and row.offered_at is not None)
        assert len(row.extensions) == self.extended
        assert row.decided_by_id != self.cast.karl.pk
        on = Employment.objects.on(company_day()).get(user=self.cast.karl)
        assert on.on_probation == (self.state != "passed")


class RunningWalk(Walk):
    """The same, from the first day on: accounts are where the state says."""

    @initialize()
    def begin(self):
        super().begin()
        self.row.starts_on = company_day()
        Probation.objects.filter(pk=self.row.pk).update(starts_on=company_day())
        self.row = plans.offer_probation(actor=self.cast.dora, probation_id=self.row.pk)
        self.row = plans.accept_probation(
            actor=self.cast.karl, probation_id=self.row.pk, version=self.row.version
        )
        assert start_due(company_day()) == 1
        self.state, self.accepted = "running", True

    @invariant()
    def accounts_are_where_the_state_says(self):
        if self.cast is None:
            return
        owners = Assignment.objects.owners().filter(account__name__in=("Alder", "Birch"))
        now = set(owners.on(company_day()).values_list("user__name", flat=True))
        later = set(owners.on(company_day() + 30 * DAY).values_list("user__name", flat=True))
        assert now == ({"Kim"} if self.state == "cancelled" else {"Karl"})
        assert later == ({"Kim"} if self.state in ("cancelled", "failed") else {"Karl"})


@pytest.mark.parametrize("machine", [Walk, RunningWalk])
def test_no_walk_leaves_the_road(db, machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_step_of_a_row_that_moved_meanwhile_is_refused(db):
    row = make_probation(make_cast(), "offered")
    Probation.objects.filter(pk=row.pk).update(version=row.version + 1)
    with pytest.raises(RuleBroken, match="meanwhile"):
        step(row, "accept", actor=row.user, verb="probation.accepted")


def test_the_night_counts_by_the_companys_day(db):
    row = make_probation(make_cast(), "accepted")
    with time_machine.travel(company_midnight(row.starts_on), tick=False):
        assert start_due(company_day()) == 1
